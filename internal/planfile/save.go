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

// SavedVersion is the version of the format of a saved plan. ddmon reads no other version, because a saved plan is used
// for days, not for years.
const SavedVersion = "4"

// MaxSize is the maximum size of a saved plan in bytes.
const MaxSize = 64 << 20

// saltSize is the minimum length of the salt in bytes.
const saltSize = 16

// SaveOptions are the parameters of Save.
type SaveOptions struct {
	Tool string // the version of ddmon
	// Datadog identifies the Datadog that the plan was made for, for example by the URL of its API.
	Datadog string
	// Salt is at least 16 random bytes, new for each file, so equal values have different hashes in different files.
	Salt []byte
	// Key is the secret key of the hashes, which is not in the file. KeyName says where it comes from, such as the name
	// of an environment variable. Without a key, short values can be found by brute force.
	Key     []byte
	KeyName string
	// Secrets are the strings in the values of the sensitive variables, by variable. Strings that contain one of four
	// bytes or more are kept out of the file everywhere, including live objects without a block.
	Secrets map[string][]string
}

// Save writes a plan for Load and Saved.Plan. The file is one line of JSON with a checksum, which detects accidents and
// manual edits but is not a signature. Save returns the errors of w, and an error if the salt is too short or the plan
// could not be restored.
func Save(w io.Writer, p *plan.Plan, o SaveOptions) error {
	if len(o.Salt) < saltSize {
		return fmt.Errorf("the salt has %d bytes, but must have at least %d", len(o.Salt), saltSize)
	}
	secrets := finderOf(o.Secrets)
	s := &Saved{Stack: p.Stack, Tool: o.Tool, Datadog: o.Datadog, salt: o.Salt, hashKey: deriveKey(o.Key, o.Salt)}
	ids := knownIDs(p.Changes)
	for i := range p.Changes {
		c, err := hashChange(&p.Changes[i], s.hashKey, secrets, ids)
		if err != nil {
			return fmt.Errorf("%s cannot be saved: %w", p.Changes[i].Address, err)
		}
		s.changes = append(s.changes, c)
	}
	if len(o.Key) > 0 && s.hasHashed() {
		s.keyName, s.keyCheck = o.KeyName, keyCheck(s.hashKey)
	}
	if err := s.valid(); err != nil {
		return err
	}
	raw, err := s.encode()
	if err != nil {
		return err
	}
	if len(raw) > MaxSize {
		return fmt.Errorf("the plan has %d bytes, but a saved plan can have at most %d: reduce it with --target",
			len(raw), MaxSize)
	}
	_, err = w.Write(raw)
	return err
}

// hashChange returns the change with its sensitive values replaced by hashes.
func hashChange(c *plan.Change, key []byte, secrets *object.Finder, ids map[object.Address]string) (savedChange, error) {
	out := savedChange{Change: *c, title: c.Title, configured: c.Configured()}
	out.Desired, out.LiveSensitive, out.concealed = nil, nil, c.LiveSensitive != nil
	if c.Action == plan.NoOp {
		out.Before, out.After = nil, nil
	}
	s := &hasher{key: key, address: c.Address, secrets: secrets, config: valueIndex{}, live: valueIndex{}, hidesKey: c.Desired.HidesKey}
	if k := kind.Named(c.Address.Kind); k != nil {
		s.isField = func(p object.Path) bool { known, _ := k.HasField(p); return known }
	}
	names, before := noNames, noNames
	if c.Desired != nil && len(c.Desired.Sensitive) > 0 {
		out.sensitive = visiblePaths(c.Desired)
		names, before = namesIn(c.Desired), namesBefore(c.Desired)
	}
	if c.LiveSensitive != nil {
		before = eitherNames(before, namesBefore(c.LiveSensitive))
	}
	if out.sensitive == nil && c.LiveSensitive == nil && !s.anySecret(c) {
		return out, nil
	}
	s.config = configIndex(key, c.Desired, ids)
	s.live.add(key, kind.Named(c.Address.Kind), c.Before)
	if c.Desired != nil && c.Desired.IsOpen() {
		s.live.entries(key, c.Before)
	}
	out.title = s.hash(c.Title, object.Path{titleKey(c)}, names)
	out.After, _ = s.hash(out.After, nil, eitherNames(names, namesKept(c))).(map[string]any)
	// Values of the live object are restored from there, not from the configuration.
	liveHasher := &hasher{key: key, address: c.Address, secrets: secrets, live: s.live, hidesKey: s.hidesKey, isField: s.isField}
	out.Before, _ = liveHasher.hash(out.Before, nil, before).(map[string]any)
	out.Edits, out.Notes = slices.Clone(collapseEdits(c)), visibleNotes(c.Desired, c.Notes)
	for i := range out.Edits {
		e := &out.Edits[i]
		if e.Op != plan.Move && !endsHidden(e.Path) {
			e.Before, e.After = liveHasher.hash(e.Before, e.Path, before), s.hash(e.After, e.Path, names)
		}
	}
	return out, errors.Join(s.err, liveHasher.err)
}

// finderOf returns a finder for the strings of sensitive variables, tagged with the names of the variables.
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

func noNames(object.Path) []string { return nil }

// namesIn returns the sensitive variables that a value of the desired body comes from. In an open object, a value that
// only the live object has can come from any of them.
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

// allNames returns the sensitive variables of an object, sorted.
func allNames(o *object.Object) []string {
	var all []string
	for _, names := range o.Sensitive {
		all = append(all, names...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// namesBefore is namesIn for the live body. List elements can have other indices there, so it returns all variables of
// the object. The URL of a live object contains its title.
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

// namesKept is namesBefore for what a body to write keeps of the live object because the configuration does not set it.
func namesKept(c *plan.Change) func(object.Path) []string {
	if c.LiveSensitive == nil || !c.Configured() {
		return noNames
	}
	before := namesBefore(c.LiveSensitive)
	return func(p object.Path) []string {
		if p.In(c.Desired.Body) != nil {
			return nil
		}
		return before(p)
	}
}

// eitherNames returns the variables of one object or, if it has none, those of another.
func eitherNames(a, b func(object.Path) []string) func(object.Path) []string {
	return func(p object.Path) []string {
		if names := a(p); len(names) > 0 {
			return names
		}
		return b(p)
	}
}

// anySecret reports whether a change contains a string of a sensitive variable.
func (s *hasher) anySecret(c *plan.Change) bool {
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
	return found // the values of the edits are in the bodies
}

// envelope is the content of the file.
type envelope struct {
	Version  string          `json:"ddmon_plan"`
	Checksum string          `json:"checksum"`
	Plan     json.RawMessage `json:"plan"`
}

// encode returns the file. The result is deterministic.
func (s *Saved) encode() ([]byte, error) {
	content, err := s.toJSON()
	if err != nil {
		return nil, err
	}
	raw, err := marshal(content)
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
