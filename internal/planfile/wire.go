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

// wirePlan is the content of a saved plan as JSON.
type wirePlan struct {
	Tool    string `json:"ddmon_version"`
	Tables  string `json:"tables"` // kind.TablesVersion
	Datadog string `json:"datadog"`
	Stack   string `json:"stack"`
	Salt    string `json:"salt"` // hexadecimal
	// Key names the key that values are hashed with, KeyCheck identifies it; both are empty without a key.
	Key      string       `json:"key,omitempty"`
	KeyCheck string       `json:"key_check,omitempty"`
	Changes  []wireChange `json:"changes"`
}

// wireChange is a savedChange. A body that is null is none, which is not the same as an empty one.
type wireChange struct {
	Address        wireAddress         `json:"address"`
	Action         plan.Action         `json:"action"`
	Title          any                 `json:"title"`
	ID             string              `json:"id,omitempty"`
	Before         any                 `json:"before"`
	After          any                 `json:"after"`
	Edits          []wireEdit          `json:"edits,omitempty"`
	Notes          []wireNote          `json:"notes,omitempty"`
	EditedOutside  bool                `json:"edited_outside,omitempty"`
	Caveats        []string            `json:"caveats,omitempty"`
	ModifiedAt     string              `json:"modified_at,omitempty"`
	Deposed        bool                `json:"deposed,omitempty"`
	DependsOn      []wireAddress       `json:"depends_on,omitempty"`
	ReferredBy     []wireAddress       `json:"referred_by,omitempty"`
	Ignore         [][]any             `json:"ignore_changes,omitempty"`
	Written        []string            `json:"written,omitempty"`
	PreventDestroy bool                `json:"prevent_destroy,omitempty"`
	Configured     bool                `json:"configured,omitempty"`
	Concealed      bool                `json:"concealed,omitempty"`
	Sensitive      map[string][]string `json:"sensitive,omitempty"`
}

// wireAddress is an address in parts: that of a live object whose marker was cut is none that could be parsed.
type wireAddress struct {
	Module string  `json:"module,omitempty"`
	Kind   string  `json:"kind"`
	Name   string  `json:"name"`
	Key    *string `json:"key,omitempty"`
}

type wireEdit struct {
	Path   []any   `json:"path"`
	Op     plan.Op `json:"op"`
	Before any     `json:"before,omitempty"`
	After  any     `json:"after,omitempty"`
	IsSet  bool    `json:"set,omitempty"`
}

type wireNote struct {
	Path []any  `json:"path"`
	Text string `json:"text"`
}

// The keys of objects in JSON that stand for something else. An object that has such a key itself is wrapped.
const (
	markPrefix    = "ddmon:"
	markText      = "ddmon:text"
	markRef       = "ddmon:id_of"
	markSensitive = "ddmon:sensitive"
	markObject    = "ddmon:object"
)

func (s *Saved) wire() (wirePlan, error) {
	out := wirePlan{
		Tool: s.Tool, Tables: kind.TablesVersion(), Datadog: s.Datadog, Stack: s.Stack, Salt: hex.EncodeToString(s.salt),
		Key: s.keyName, KeyCheck: s.keyCheck,
		Changes: make([]wireChange, len(s.changes)),
	}
	var err error
	for i := range s.changes {
		if out.Changes[i], err = s.changes[i].wire(); err != nil {
			return out, fmt.Errorf("%s: %w", s.changes[i].Address, err)
		}
	}
	return out, nil
}

func (c *savedChange) wire() (wireChange, error) {
	out := wireChange{
		Address: toAddress(c.Address), Action: c.Action, ID: c.ID, EditedOutside: c.EditedOutside, Caveats: c.Caveats,
		ModifiedAt: c.ModifiedAt, Deposed: c.Deposed, Written: c.Written, PreventDestroy: c.PreventDestroy,
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
		w := wireEdit{Path: toPath(edit.Path), Op: edit.Op, IsSet: edit.IsSet, Before: edit.Before, After: edit.After}
		if edit.Op != plan.Move {
			w.Before, w.After = e.value(edit.Before), e.value(edit.After)
		}
		out.Edits = append(out.Edits, w)
	}
	for _, n := range c.Notes {
		out.Notes = append(out.Notes, wireNote{toPath(n.Path), n.Text})
	}
	for _, a := range c.DependsOn {
		out.DependsOn = append(out.DependsOn, toAddress(a))
	}
	for _, a := range c.ReferredBy {
		out.ReferredBy = append(out.ReferredBy, toAddress(a))
	}
	for _, p := range c.Ignore {
		out.Ignore = append(out.Ignore, toPath(p))
	}
	return out, e.err
}

func toAddress(a object.Address) wireAddress {
	out := wireAddress{Module: string(a.Module), Kind: a.Kind, Name: a.Name}
	if a.Keyed {
		out.Key = &a.Key
	}
	return out
}

// toPath writes the path of the whole body as [], not as null.
func toPath(p object.Path) []any { return append([]any{}, p...) }

// encoder turns values of bodies into values for package json.
type encoder struct{ err error }

func (e *encoder) value(v any) any {
	switch v := v.(type) {
	case nil, bool, json.Number, object.Text, object.Ref, sealed:
		return v
	case string:
		if !utf8.ValidString(v) && e.err == nil {
			e.err = fmt.Errorf("a text in it is not valid UTF-8")
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
		e.err = fmt.Errorf("a value in it is of type %T, which no body holds", v)
	}
	return nil
}
