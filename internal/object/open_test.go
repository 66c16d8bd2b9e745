package object_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/object"
)

// fields is a Schema of the fields with these last keys.
type fields map[string]bool // whether the field is read-only

func (f fields) HasField(p object.Path) (known, readOnly bool) {
	key, _ := p[len(p)-1].(string)
	readOnly, known = f[key]
	return known, readOnly
}

func (f fields) TitleKey() string { return "title" }

func open(schema object.Schema) *object.Object {
	return &object.Object{
		Schema: schema,
		Body: map[string]any{
			"name": "n", "options": map[string]any{"plain": map[string]any{"a": "x"}, "secret": "s", "odd": "o"},
			"widgets": []any{map[string]any{"title": "t"}, map[string]any{"title": "u", "odd": "o"}},
		},
		Sensitive: map[string][]string{
			"options.*": {"v"}, "options.secret": {"v"}, "options.odd": {"v"}, "widgets[1].*": {"v"}, "widgets[1].odd": {"v"},
		},
	}
}

// TestOpen: in an open object, every key that the body does not set is sensitive, in the live object too.
func TestOpen(t *testing.T) {
	o := open(fields{"name": false, "options": false, "plain": false, "secret": false, "gone": false, "title": false, "created": true})
	for _, c := range []struct {
		path            object.Path
		is, maybe, hide bool
		shown           string
	}{
		{object.Path{"name"}, false, false, false, "name"},
		{object.Path{"gone"}, false, false, false, "gone"},
		{object.Path{"options"}, false, false, false, "options"},
		{object.Path{"options", "plain"}, false, false, false, "options.plain"},
		{object.Path{"options", "plain", "b"}, false, false, false, "options.plain.b"},
		{object.Path{"options", "secret"}, true, true, false, "options.secret"},
		{object.Path{"options", "gone"}, true, true, false, "options.gone"},
		{object.Path{"options", "gone", "deep"}, true, true, false, "options.gone"},
		{object.Path{"options", "created"}, false, false, false, "options.created"},
		{object.Path{"options", "odd"}, true, true, true, `options["(sensitive value)"]`},
		{object.Path{"options", "other", "deep"}, true, true, false, `options["(sensitive value)"]`},
		{object.Path{"widgets", 0, "title"}, false, false, false, "widgets[0].title"},
		{object.Path{"widgets", 0, "gone"}, false, true, false, "widgets[0].gone"},
		{object.Path{"widgets", 1, "gone"}, true, true, false, "widgets[1].gone"},
		{object.Path{"widgets", 4, "other"}, false, true, true, `widgets[4]["(sensitive value)"]`},
	} {
		if got := o.IsSensitive(c.path); got != c.is {
			t.Errorf("%s: IsSensitive is %v", c.path, got)
		}
		if got := o.MayBeSensitive(c.path); got != c.maybe {
			t.Errorf("%s: MayBeSensitive is %v", c.path, got)
		}
		if got := o.HidesKey(c.path); got != c.hide {
			t.Errorf("%s: HidesKey is %v", c.path, got)
		}
		if got := o.ShownPath(c.path).String(); got != c.shown {
			t.Errorf("%s: shown as %s", c.path, got)
		}
	}
	if o.TitleIsSensitive() || !open(nil).IsOpen() {
		t.Error("want an open object without a sensitive title")
	}
	want := map[string]any{
		"name": "n", "options": map[string]any{"plain": map[string]any{"a": "x"}, "secret": object.Redacted, object.Redacted: object.Redacted},
		"widgets": []any{map[string]any{"title": "t"}, map[string]any{"title": "u", object.Redacted: object.Redacted}},
	}
	if diff := cmp.Diff(want, o.Shown().Body); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// TestOpenUnknown: without the body or the schema, an open object is redacted as a whole.
func TestOpenUnknown(t *testing.T) {
	o := &object.Object{Sensitive: map[string][]string{"*": {"v"}}}
	for _, p := range []object.Path{{"name"}, {"options", "a"}} {
		if !o.IsSensitive(p) || !o.MayBeSensitive(p) || o.ShownPath(p).String() != `["(sensitive value)"]` {
			t.Errorf("%s is shown as %s", p, o.ShownPath(p))
		}
	}
	if !o.TitleIsSensitive() || o.IsMarked(object.Path{"name"}) {
		t.Error("want a sensitive title and no marked paths")
	}
	star := &object.Object{Sensitive: map[string][]string{object.Path{"*"}.String(): {"v"}}}
	if star.IsOpen() {
		t.Error("a sensitive key named * opens the object")
	}
}
