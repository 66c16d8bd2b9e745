package planfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// SavedVersion is the version of the format of a saved plan. Another one is not read: a saved plan lives for days,
// not for years.
const SavedVersion = "4"

// MaxSize is the size in bytes from which a file is taken for no plan.
const MaxSize = 64 << 20

// saltSize is how many bytes a salt has at least.
const saltSize = 16

// SaveOptions are what a saved plan needs besides the plan.
type SaveOptions struct {
	Tool string // ddmon's own version
	// Datadog names whom the plan was made with: the address of the API, or another word that tells one from another.
	Datadog string
	// Salt is at least 16 random bytes, new for each file: it keeps equal values from having equal hashes in two files.
	Salt []byte
	// Key is the secret that sensitive values are hashed with, which is not in the file; KeyName says where it comes
	// from, such as the name of an environment variable. Without a key, short values can be found by trying.
	Key     []byte
	KeyName string
	// Secrets are the texts that make up the values of the sensitive variables, by name. Strings in which one of four
	// bytes or more stands are kept out of the file wherever they are, also on live objects whose block is gone.
	Secrets map[string][]string
}

// Save writes a plan so that Load and Saved.Plan give it back. The file is one line of JSON and holds a checksum
// of itself, which tells of accidents and hasty edits and is no signature. Errors are those of w, a salt that is
// too short, and a plan that could not be given back.
func Save(w io.Writer, p *plan.Plan, o SaveOptions) error {
	if len(o.Salt) < saltSize {
		return fmt.Errorf("the salt has %d bytes, fewer than %d", len(o.Salt), saltSize)
	}
	secrets := finderOf(o.Secrets)
	s := &Saved{Stack: p.Stack, Tool: o.Tool, Datadog: o.Datadog, salt: o.Salt, hashes: hashKey(o.Key, o.Salt)}
	ids := knownIDs(p.Changes)
	for i := range p.Changes {
		c, err := sealChange(&p.Changes[i], s.hashes, secrets, ids)
		if err != nil {
			return fmt.Errorf("%s cannot be saved: %w", p.Changes[i].Address, err)
		}
		s.changes = append(s.changes, c)
	}
	if len(o.Key) > 0 && s.holdsSealed() {
		s.keyName, s.keyCheck = o.KeyName, keyCheck(s.hashes)
	}
	if err := s.valid(); err != nil {
		return err
	}
	raw, err := s.encode()
	if err != nil {
		return err
	}
	if len(raw) > MaxSize {
		return fmt.Errorf("the plan has %d bytes, more than the %d that a saved plan may have: make it smaller with --target",
			len(raw), MaxSize)
	}
	_, err = w.Write(raw)
	return err
}

// sealChange returns the change without its sensitive values.
func sealChange(c *plan.Change, key []byte, secrets *object.Finder, ids map[object.Address]string) (savedChange, error) {
	out := savedChange{Change: *c, title: c.Title, configured: c.Configured()}
	out.Desired, out.LiveSensitive, out.concealed = nil, nil, c.LiveSensitive != nil
	if c.Action == plan.NoOp {
		out.Before, out.After = nil, nil
	}
	s := &sealer{key: key, address: c.Address, secrets: secrets, own: vault{}, live: vault{}, hidesKey: c.Desired.HidesKey}
	if k := kind.Named(c.Address.Kind); k != nil {
		s.isField = func(p object.Path) bool { known, _ := k.HasField(p); return known }
	}
	names, before := nothing, nothing
	if c.Desired != nil && len(c.Desired.Sensitive) > 0 {
		out.sensitive = shownPlaces(c.Desired)
		names, before = namesIn(c.Desired), namesBefore(c.Desired)
	}
	if c.LiveSensitive != nil {
		before = eitherNames(before, namesBefore(c.LiveSensitive))
	}
	if out.sensitive == nil && c.LiveSensitive == nil && !s.anySecret(c) {
		return out, nil
	}
	s.own = ownVault(key, c.Desired, ids)
	s.live.add(key, kind.Named(c.Address.Kind), c.Before)
	if c.Desired != nil && c.Desired.IsOpen() {
		s.live.entries(key, c.Before)
	}
	out.title = s.seal(c.Title, object.Path{titleKey(c)}, names)
	out.After, _ = s.seal(out.After, nil, names).(map[string]any)
	// What was on the live object is to be found there, whatever the configuration says by then.
	was := &sealer{key: key, address: c.Address, secrets: secrets, live: s.live, hidesKey: s.hidesKey, isField: s.isField}
	out.Before, _ = was.seal(out.Before, nil, before).(map[string]any)
	out.Edits, out.Notes = slices.Clone(outermost(c)), openNotes(c.Desired, c.Notes)
	for i := range out.Edits {
		e := &out.Edits[i]
		if e.Op != plan.Move && !endsHidden(e.Path) {
			e.Before, e.After = was.seal(e.Before, e.Path, before), s.seal(e.After, e.Path, names)
		}
	}
	return out, errors.Join(s.err, was.err)
}

// finderOf finds the texts of sensitive variables by the variables' names.
func finderOf(secrets map[string][]string) *object.Finder {
	f := &object.Finder{}
	for name, texts := range secrets {
		for _, text := range texts {
			f.Add(name, text)
		}
	}
	return f
}

func titleKey(c *plan.Change) string {
	if k := kind.Named(c.Address.Kind); k != nil {
		return k.Title
	}
	return "name"
}

func nothing(object.Path) []string { return nil }

// namesIn tells which sensitive variables a value of the desired body comes from. What only the live object has in an
// open object may come from any of them.
func namesIn(o *object.Object) func(object.Path) []string {
	all := allNames(o)
	return func(p object.Path) []string {
		for n := len(p); n > 0; n-- {
			if names, ok := o.Sensitive[p[:n].String()]; ok {
				return names
			}
		}
		if o.IsSensitive(p) {
			return all
		}
		return nil
	}
}

// allNames are the sensitive variables of an object, sorted.
func allNames(o *object.Object) []string {
	var all []string
	for _, names := range o.Sensitive {
		all = append(all, names...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// namesBefore does so for the live body, in which elements of lists may stand elsewhere: it names all variables of
// the object. The URL of a live object ends in its title.
func namesBefore(o *object.Object) func(object.Path) []string {
	all := allNames(o)
	titled := o.TitleIsSensitive()
	return func(p object.Path) []string {
		if o.MayBeSensitive(p) || titled && len(p) == 1 && p[0] == "url" {
			return all
		}
		return nil
	}
}

// eitherNames names the variables of one object or, where that has none, of another.
func eitherNames(a, b func(object.Path) []string) func(object.Path) []string {
	return func(p object.Path) []string {
		if names := a(p); len(names) > 0 {
			return names
		}
		return b(p)
	}
}

// anySecret reports whether a text of a sensitive variable stands anywhere in a change.
func (s *sealer) anySecret(c *plan.Change) bool {
	if s.secrets.Empty() {
		return false
	}
	found := false
	var walk func(v any, p object.Path)
	walk = func(v any, p object.Path) {
		found = found || len(s.named(v, p)) > 0
		switch v := v.(type) {
		case map[string]any:
			for key, e := range v {
				walk(e, p.With(key))
			}
		case []any:
			for i, e := range v {
				walk(e, p.With(i))
			}
		}
	}
	walk(c.Title, nil)
	walk(c.Before, nil)
	walk(c.After, nil)
	for _, e := range c.Edits {
		walk(e.Before, e.Path)
		walk(e.After, e.Path)
	}
	return found
}

// envelope is the file.
type envelope struct {
	Version  string          `json:"ddmon_plan"`
	Checksum string          `json:"checksum"`
	Plan     json.RawMessage `json:"plan"`
}

// encode writes the file. The same plan is always the same bytes.
func (s *Saved) encode() ([]byte, error) {
	wire, err := s.wire()
	if err != nil {
		return nil, err
	}
	raw, err := marshal(wire)
	if err != nil {
		return nil, err
	}
	raw = bytes.TrimSuffix(raw, []byte("\n"))
	return marshal(envelope{SavedVersion, checksum(raw), raw})
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

func checksum(raw []byte) string {
	sum := sha256.Sum256(raw)
	return "sha256:" + hex.EncodeToString(sum[:])
}
