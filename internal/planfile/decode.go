package planfile

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// decode returns the plan in a file.
func (w *planJSON) decode() (*Saved, error) {
	salt, err := hex.DecodeString(w.Salt)
	if err != nil {
		return nil, fmt.Errorf("the salt is not hexadecimal")
	}
	s := &Saved{Stack: w.Stack, Tool: w.Tool, Datadog: w.Datadog, salt: salt, keyName: w.Key, keyCheck: w.KeyCheck}
	if w.Key == "" {
		s.hashKey = deriveKey(nil, salt)
	}
	for i := range w.Changes {
		var d decoder
		c := d.change(&w.Changes[i])
		if d.err != nil {
			return nil, fmt.Errorf("%s: %w", c.Address, d.err)
		}
		s.changes = append(s.changes, c)
	}
	return s, nil
}

// decoder converts JSON values to values of bodies. It keeps the first error.
type decoder struct{ err error }

func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf(format, args...)
	}
}

func (d *decoder) change(w *changeJSON) savedChange {
	c := savedChange{configured: w.Configured, concealed: w.Concealed, sensitive: w.Sensitive, title: d.value(w.Title)}
	c.Address, c.Action, c.ID = d.address(w.Address), w.Action, w.ID
	c.EditedOutside, c.ModifiedAt, c.Deposed, c.Caveats = w.EditedOutside, w.ModifiedAt, w.Deposed, w.Caveats
	c.Reason, c.Written, c.PreventDestroy = w.Reason, w.Written, w.PreventDestroy
	c.Title, _ = c.title.(string)
	c.Before, c.After = d.body(w.Before), d.body(w.After)
	for i := range w.Edits {
		c.Edits = append(c.Edits, d.edit(&w.Edits[i]))
	}
	for _, n := range w.Notes {
		c.Notes = append(c.Notes, plan.Note{Path: d.path(n.Path), Text: n.Text})
	}
	for _, a := range w.DependsOn {
		c.DependsOn = append(c.DependsOn, d.address(a))
	}
	for _, a := range w.ReferredBy {
		c.ReferredBy = append(c.ReferredBy, d.address(a))
	}
	for _, p := range w.Ignore {
		c.Ignore = append(c.Ignore, d.path(p))
	}
	return c
}

func (d *decoder) address(w addressJSON) object.Address {
	module, err := object.ParseModule(w.Module)
	if err != nil {
		d.fail("%w", err)
	}
	a := object.Address{Module: module, Kind: w.Kind, Name: w.Name, Keyed: w.Key != nil}
	if w.Key != nil {
		a.Key = *w.Key
	}
	return a
}

func (d *decoder) body(v any) map[string]any {
	if v == nil {
		return nil
	}
	body, ok := d.value(v).(map[string]any)
	if !ok {
		d.fail("a body must be an object")
	}
	return body
}

func (d *decoder) edit(w *editJSON) plan.Edit {
	e := plan.Edit{Path: d.path(w.Path), Op: w.Op, IsSet: w.IsSet}
	switch w.Op {
	case plan.Move:
		e.Before, e.After = d.index(w.Before), d.index(w.After)
	case plan.Add, plan.Remove, plan.Modify:
		e.Before, e.After = d.value(w.Before), d.value(w.After)
	default:
		d.fail("unknown edit operation %q", w.Op)
	}
	return e
}

func (d *decoder) path(steps []any) object.Path {
	p := make(object.Path, 0, len(steps))
	for _, step := range steps {
		if key, ok := step.(string); ok {
			p = append(p, key)
			continue
		}
		p = append(p, d.index(step))
	}
	return p
}

func (d *decoder) index(v any) int {
	n, ok := v.(json.Number)
	i, err := strconv.Atoi(string(n))
	if !ok || err != nil || i < 0 {
		d.fail("%v is not a valid list index", v)
	}
	return i
}

func (d *decoder) value(v any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = d.value(e)
		}
		return out
	case map[string]any:
		return d.object(v)
	}
	return v
}

// object decodes an object of a body, or another value that is encoded as an object.
func (d *decoder) object(v map[string]any) any {
	if inner, ok := v[markObject].(map[string]any); ok && len(v) == 1 {
		return d.members(inner)
	}
	if _, ok := v[markText]; ok {
		var text object.Text
		d.as(v, &text)
		return text
	}
	if _, ok := v[markRef]; ok {
		var ref object.Ref
		d.as(v, &ref)
		return ref
	}
	if _, ok := v[markSensitive]; ok {
		var s hashedValue
		d.as(v, &s)
		if raw, err := hex.DecodeString(s.Hash); err != nil || len(raw) != 32 || len(s.Names) == 0 {
			d.fail("invalid reference to a sensitive value")
		}
		return s
	}
	for k := range v {
		if strings.HasPrefix(k, markPrefix) {
			d.fail("unexpected key %q", k)
		}
	}
	return d.members(v)
}

func (d *decoder) members(v map[string]any) map[string]any {
	out := make(map[string]any, len(v))
	for k, e := range v {
		out[k] = d.value(e)
	}
	return out
}

func (d *decoder) as(v map[string]any, into any) {
	raw, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		d.fail("%w", err)
	}
}
