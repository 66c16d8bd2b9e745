package planfile

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// planJSON is the content of a saved plan as JSON.
type planJSON struct {
	Tool    string `json:"ddmon_version"`
	Tables  string `json:"tables"` // kind.TablesVersion
	Datadog string `json:"datadog"`
	Stack   string `json:"stack"`
	Salt    string `json:"salt"` // hexadecimal
	// Key is the name of the hashes' key, KeyCheck identifies it. Both are empty without a key.
	Key      string       `json:"key,omitempty"`
	KeyCheck string       `json:"key_check,omitempty"`
	Changes  []changeJSON `json:"changes"`
}

// changeJSON is a savedChange. A missing body is null, which differs from an empty one.
type changeJSON struct {
	Address        addressJSON         `json:"address"`
	Action         plan.Action         `json:"action"`
	Title          any                 `json:"title"`
	ID             string              `json:"id,omitempty"`
	Before         any                 `json:"before"`
	After          any                 `json:"after"`
	Edits          []editJSON          `json:"edits,omitempty"`
	Notes          []noteJSON          `json:"notes,omitempty"`
	EditedOutside  bool                `json:"edited_outside,omitempty"`
	Caveats        []string            `json:"caveats,omitempty"`
	ModifiedAt     string              `json:"modified_at,omitempty"`
	Deposed        bool                `json:"deposed,omitempty"`
	Reason         string              `json:"reason,omitempty"`
	DependsOn      []addressJSON       `json:"depends_on,omitempty"`
	ReferredBy     []addressJSON       `json:"referred_by,omitempty"`
	Ignore         [][]any             `json:"ignore_changes,omitempty"`
	Written        []string            `json:"written,omitempty"`
	PreventDestroy bool                `json:"prevent_destroy,omitempty"`
	Configured     bool                `json:"configured,omitempty"`
	Concealed      bool                `json:"concealed,omitempty"`
	Sensitive      map[string][]string `json:"sensitive,omitempty"`
}

// addressJSON is an address in parts, because a shortened address cannot be parsed.
type addressJSON struct {
	Module string  `json:"module,omitempty"`
	Kind   string  `json:"kind"`
	Name   string  `json:"name"`
	Key    *string `json:"key,omitempty"`
}

type editJSON struct {
	Path   []any   `json:"path"`
	Op     plan.Op `json:"op"`
	Before any     `json:"before,omitempty"`
	After  any     `json:"after,omitempty"`
	IsSet  bool    `json:"set,omitempty"`
}

type noteJSON struct {
	Path []any  `json:"path"`
	Text string `json:"text"`
}

// The keys of JSON objects that encode other values. An object that itself has such a key is wrapped.
const (
	markPrefix    = "ddmon:"
	markText      = "ddmon:text"
	markRef       = "ddmon:id_of"
	markSensitive = "ddmon:sensitive"
	markObject    = "ddmon:object"
)

func (s *Saved) toJSON() (planJSON, error) {
	out := planJSON{
		Tool: s.Tool, Tables: kind.TablesVersion(), Datadog: s.Datadog, Stack: s.Stack, Salt: hex.EncodeToString(s.salt),
		Key: s.keyName, KeyCheck: s.keyCheck,
		Changes: make([]changeJSON, len(s.changes)),
	}
	var err error
	for i := range s.changes {
		if out.Changes[i], err = s.changes[i].toJSON(); err != nil {
			return out, fmt.Errorf("%s: %w", s.changes[i].Address, err)
		}
	}
	return out, nil
}

func (c *savedChange) toJSON() (changeJSON, error) {
	out := changeJSON{
		Address: encodeAddress(c.Address), Action: c.Action, ID: c.ID, EditedOutside: c.EditedOutside, Caveats: c.Caveats,
		ModifiedAt: c.ModifiedAt, Deposed: c.Deposed, Reason: c.Reason, Written: c.Written, PreventDestroy: c.PreventDestroy,
		Configured: c.configured, Concealed: c.concealed, Sensitive: c.sensitive,
	}
	var e encoder
	out.Title = e.value(c.title)
	if c.Before != nil {
		out.Before = e.value(c.Before)
	}
	if c.After != nil {
		out.After = e.value(c.After)
	}
	for _, edit := range c.Edits {
		w := editJSON{Path: encodePath(edit.Path), Op: edit.Op, IsSet: edit.IsSet, Before: edit.Before, After: edit.After}
		if edit.Op != plan.Move {
			w.Before, w.After = e.value(edit.Before), e.value(edit.After)
		}
		out.Edits = append(out.Edits, w)
	}
	for _, n := range c.Notes {
		out.Notes = append(out.Notes, noteJSON{encodePath(n.Path), n.Text})
	}
	for _, a := range c.DependsOn {
		out.DependsOn = append(out.DependsOn, encodeAddress(a))
	}
	for _, a := range c.ReferredBy {
		out.ReferredBy = append(out.ReferredBy, encodeAddress(a))
	}
	for _, p := range c.Ignore {
		out.Ignore = append(out.Ignore, encodePath(p))
	}
	return out, e.err
}

func encodeAddress(a object.Address) addressJSON {
	out := addressJSON{Module: string(a.Module), Kind: a.Kind, Name: a.Name}
	if a.Keyed {
		out.Key = &a.Key
	}
	return out
}

// encodePath encodes the path of the whole body as [], not as null.
func encodePath(p object.Path) []any { return append([]any{}, p...) }

// encoder converts values of bodies to JSON values.
type encoder struct{ err error }

func (e *encoder) value(v any) any {
	switch v := v.(type) {
	case nil, bool, json.Number, object.Text, object.Ref, hashedValue:
		return v
	case string:
		if !utf8.ValidString(v) && e.err == nil {
			e.err = fmt.Errorf("a string is not valid UTF-8")
		}
		return v
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = e.value(x)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		wrap := false
		for k, x := range v {
			wrap = wrap || strings.HasPrefix(k, markPrefix)
			out[k] = e.value(x)
		}
		if wrap {
			return map[string]any{markObject: out}
		}
		return out
	}
	if e.err == nil {
		e.err = fmt.Errorf("unsupported value of type %T", v)
	}
	return nil
}
