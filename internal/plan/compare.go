package plan

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// comparison walks a desired and a live body in parallel. It collects the edits and builds the body to write: the
// desired values, and unmanaged values of the live object.
type comparison struct {
	kind    *kind.Kind
	ignored map[string]bool // Path.String() of ignore_changes
	implied map[string]any  // what a missing value means, by Path.String()
	// sent says that the live object was last written with the unreadable values of the desired body; see unread.go.
	sent    bool
	edits   []Edit
	notes   []Note
	dropped []object.Path // unknown values that were sent and that Datadog does not return
}

// Compare returns the body to write, the edits from live to that body, and notes. Neither body includes a marker. live
// can be any body that Datadog returned. Defaults and read-only fields that the server added cause no edits.
func Compare(k *kind.Kind, desired, live map[string]any, ignore []object.Path) (after map[string]any, edits []Edit, notes []Note) {
	c := &comparison{kind: k}
	after = c.compare(desired, live, ignore)
	return after, c.edits, c.notes
}

// IsStored reports whether a live body is the result of sending a body. What Datadog does not return is not compared.
func IsStored(k *kind.Kind, sent, live map[string]any, ignore []object.Path) bool {
	c := &comparison{kind: k, sent: true}
	c.compare(sent, live, ignore)
	return len(c.edits) == 0
}

// compare compares two whole bodies.
func (c *comparison) compare(desired, live map[string]any, ignore []object.Path) map[string]any {
	if len(ignore) > 0 {
		c.ignored = make(map[string]bool, len(ignore))
		for _, p := range ignore {
			c.ignored[p.String()] = true
		}
	}
	desired, live = normalized(c.kind, desired), normalized(c.kind, live)
	c.setImplied(desired, live)
	return c.object(c.kind.Body, desired, live, nil)
}

// normalized is a body with scalars of the types that the tables have, whichever form was written or returned, and in one
// of several notations that mean the same to the server.
func normalized(k *kind.Kind, body map[string]any) map[string]any {
	body = k.Body.Convert(body).(map[string]any)
	if k.Normalize != nil {
		body = k.Normalize(body)
	}
	return body
}

// setImplied records what the server takes missing values for, on either side.
func (c *comparison) setImplied(bodies ...map[string]any) {
	if c.kind.Implied == nil {
		return
	}
	for _, body := range bodies {
		for _, implied := range c.kind.Implied(body) {
			if c.implied == nil {
				c.implied = make(map[string]any)
			}
			c.implied[implied.Path.String()] = implied.Value
		}
	}
}

// object compares two objects key by key. The rules, in order: ignored, read-only and volatile values keep the live
// value; missing values and defaults are equal; any other difference is an edit.
func (c *comparison) object(t *kind.Type, desired, live map[string]any, p object.Path) map[string]any {
	after := make(map[string]any, len(desired))
	// Resolve the variant of a union once for each side, not for each key.
	wantType, haveType := t.Resolve(desired), t.Resolve(live)
	for _, key := range unionKeys(desired, live) {
		want, wanted := desired[key]
		have, has := live[key]
		field := wantType.Field(key, desired)
		isOther := field == nil && haveType != wantType // the field can belong to the live side's variant of a union
		if isOther {
			field = haveType.Field(key, live)
		}
		at := p.With(key)
		switch {
		case len(c.ignored) > 0 && c.ignored[at.String()]:
			if has {
				after[key] = have
			}
		case field != nil && field.ReadOnly:
		case field != nil && field.Volatile && has:
			after[key] = have
		case wanted && has:
			after[key] = c.value(field, typeOf(field), want, have, at)
		case wanted:
			after[key] = want
			if c.sent && (field == nil || field.WriteOnly) {
				if field == nil && !c.isDefault(field, want, at) {
					c.dropped = append(c.dropped, at)
				}
			} else if o, ok := want.(map[string]any); ok && isKnownObject(field) {
				// Compare the members one by one: defaults in a new object are not edits.
				after[key] = c.object(field.Type, o, nil, at)
			} else if !c.isDefault(field, want, at) {
				c.edits = append(c.edits, Edit{Path: at, Op: Add, After: want})
			}
		case isOther && wantType != nil && field != nil && field.Unmanaged: // with the rest of that variant
		default:
			c.liveOnly(field, key, have, at, after)
		}
	}
	return after
}

// liveOnly decides what happens to a value that only the live object has.
func (c *comparison) liveOnly(field *kind.Field, key string, have any, at object.Path, after map[string]any) {
	survives := len(at) == 1 && c.kind.UpdateMerges // a key that an update leaves out keeps its value
	inner, isObject := have.(map[string]any)
	switch {
	case field == nil:
		if !isEmpty(have) {
			c.notes = append(c.notes, Note{Path: at, Text: "ddmon does not know this field and keeps it unchanged"})
		}
		if !survives || !c.kind.RejectsUnknown {
			after[key] = have
		}
	case field.Derived:
	case field.Unmanaged || field.Volatile:
		if !isEmpty(have) && !survives {
			after[key] = have
		}
	case isObject && isKnownObject(field):
		before := len(c.edits)
		kept := c.object(field.Type, nil, inner, at)
		if edited := len(c.edits) > before; edited && survives || len(kept) > 0 && (edited || !survives) {
			after[key] = kept
		}
	case c.isDefault(field, have, at):
	default:
		c.edits = append(c.edits, Edit{Path: at, Op: Remove, Before: have})
		if survives {
			after[key] = emptyValue(field)
		}
	}
}

// isKnownObject reports whether the tables list the members of an object field.
func isKnownObject(field *kind.Field) bool {
	return field != nil && field.Type != nil && field.Type.Shape == kind.Object
}

// value compares two existing values and returns the one to write.
func (c *comparison) value(field *kind.Field, t *kind.Type, want, have any, at object.Path) any {
	switch want := want.(type) {
	case map[string]any:
		if have, ok := have.(map[string]any); ok {
			return c.object(t, want, have, at)
		}
	case []any:
		have, ok := have.([]any)
		switch {
		case !ok:
		case field != nil && field.Set:
			if !sameSet(toLower(field, want), toLower(field, have)) {
				c.edits = append(c.edits, Edit{Path: at, Op: Modify, Before: have, After: want, IsSet: true})
			}
			return want
		default:
			return c.list(elemOf(t.Resolve(want)), want, have, at)
		}
	}
	if !c.same(field, t, want, have, at) {
		c.edits = append(c.edits, Edit{Path: at, Op: Modify, Before: trimmed(field, have), After: trimmed(field, want)})
	}
	return want
}

// trimmed is a value as Datadog stores it: without the white space that it trims.
func trimmed(field *kind.Field, v any) any {
	if text, isString := v.(string); isString && field != nil && field.Trim {
		return strings.TrimSpace(text)
	}
	return v
}

// same reports whether two values mean the same to the server. They are not both objects or both lists.
func (c *comparison) same(field *kind.Field, t *kind.Type, want, have any, at object.Path) bool {
	if object.Equal(want, have) || c.isDefault(field, want, at) && c.isDefault(field, have, at) {
		return true
	}
	w, ok1 := want.(string)
	h, ok2 := have.(string)
	if !ok1 || !ok2 {
		return false
	}
	switch {
	case field == nil:
	case field.Trim && strings.TrimSpace(w) == strings.TrimSpace(h), field.Lower && strings.EqualFold(w, h),
		field.Instant && utc(w) == utc(h):
		return true
	}
	return t != nil && equivalent(t, w, h)
}

// isDefault reports whether a value is equivalent to a missing one.
func (c *comparison) isDefault(field *kind.Field, v any, at object.Path) bool {
	if implied, ok := c.implied[at.String()]; ok && object.Equal(implied, v) {
		return true
	}
	return isDefault(field, v)
}

// isDefault is comparison.isDefault without values that depend on the rest of the body.
func isDefault(field *kind.Field, v any) bool {
	if isEmpty(v) {
		return true
	}
	if field != nil && field.Default != nil {
		return isEqualDefault(field, v)
	}
	switch v := v.(type) {
	case bool:
		return !v
	case string:
		return v == ""
	case map[string]any:
		return onlyDefaults(typeOf(field), v)
	}
	return false
}

// isEqualDefault compares a value with the field's default, ignoring the order of sets.
func isEqualDefault(field *kind.Field, v any) bool {
	want, isList := field.Default.([]any)
	have, ok := v.([]any)
	if field.Set && isList && ok {
		return sameSet(want, have)
	}
	return object.Equal(field.Default, v)
}

// onlyDefaults reports whether an object contains only defaults, like {thresholds: {}}. An unknown type has no
// defaults.
func onlyDefaults(t *kind.Type, v map[string]any) bool {
	t = t.Resolve(v)
	if t == nil || t.Shape != kind.Object {
		return false
	}
	for key, e := range v {
		f := t.Field(key, v)
		if f == nil || !f.ReadOnly && !isDefault(f, e) {
			return false
		}
	}
	return true
}

// isEmpty reports whether a value is null or has no elements. Datadog treats such values as missing in every field.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// emptyValue returns the value that clears a top-level field. Leaving the field out would keep its value.
func emptyValue(field *kind.Field) any {
	if field.Default != nil && !field.Nullable {
		return field.Default
	}
	switch field.Type.Shape {
	case kind.List:
		return []any{}
	case kind.Object, kind.Map:
		return map[string]any{}
	case kind.String:
		return ""
	default:
		return nil
	}
}

func equivalent(t *kind.Type, a, b string) bool {
	for _, group := range t.Equivalent {
		foundA, foundB := false, false
		for _, v := range group {
			foundA = foundA || v == a
			foundB = foundB || v == b
		}
		if foundA && foundB {
			return true
		}
	}
	return false
}

func typeOf(field *kind.Field) *kind.Type {
	if field == nil {
		return nil
	}
	return field.Type
}

func elemOf(t *kind.Type) *kind.Type {
	if t == nil {
		return nil
	}
	return t.Elem
}

func unionKeys(a, b map[string]any) []string {
	keys := make(map[string]struct{}, len(a)+len(b))
	for k := range a {
		keys[k] = struct{}{}
	}
	for k := range b {
		keys[k] = struct{}{}
	}
	return object.SortedKeys(keys)
}

// sameSet compares two lists of scalars as sets, ignoring duplicates.
func sameSet(a, b []any) bool {
	members := func(l []any) map[any]struct{} {
		m := make(map[any]struct{}, len(l))
		for _, e := range l {
			m[setMember(e)] = struct{}{}
		}
		return m
	}
	ma, mb := members(a), members(b)
	if len(ma) != len(mb) {
		return false
	}
	for e := range ma {
		if _, ok := mb[e]; !ok {
			return false
		}
	}
	return true
}

// toLower converts the strings of a list to lower case if the server does so.
func toLower(field *kind.Field, list []any) []any {
	if !field.Lower {
		return list
	}
	out := slices.Clone(list)
	for i, e := range out {
		if s, ok := e.(string); ok {
			out[i] = strings.ToLower(s)
		}
	}
	return out
}

// utc converts a time to UTC. A string that is not a time is returned unchanged.
func utc(s string) string {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return s
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// setMember makes an element of a set comparable.
func setMember(e any) any {
	switch e := e.(type) {
	case json.Number:
		return json.Number(object.CanonicalNumber(e))
	case string, bool, nil, object.Ref:
		return e
	default:
		raw, err := json.Marshal(e)
		if err != nil {
			return err.Error()
		}
		return string(raw)
	}
}
