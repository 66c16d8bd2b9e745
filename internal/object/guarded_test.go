package object

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// TestGuardedIsNotPrinted: no formatting verb and no encoder reveals a sensitive value, even inside of other values.
func TestGuardedIsNotPrinted(t *testing.T) {
	g := Guard("abc-s3cret", true)
	held := struct {
		G    Guarded
		P    *Guarded
		List []Guarded
		Keys map[Guarded]int
		own  Guarded
	}{g, &g, []Guarded{g}, map[Guarded]int{g: 1}, g}
	var all []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%T", "%10s", "%-5.2s", "%U", "%e", "%08b", "%w", "%z"} {
		all = append(all, fmt.Sprintf(verb, g), fmt.Sprintf(verb, &g), fmt.Sprintf(verb, held), fmt.Sprintf(verb, []any{g}))
	}
	for _, v := range []any{g, &g, held, map[string]any{"k": g}} {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(raw))
	}
	type element struct{ G Guarded }
	raw, err := xml.Marshal(element{g})
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("it", "g", g)
	all = append(all, string(raw), log.String(), JoinGuarded([]Guarded{g, g}, ", "), fmt.Sprint(g, errorOf(g)))
	for _, text := range all {
		if strings.Contains(text, "s3cret") || strings.Contains(text, fmt.Sprintf("%x", "s3cret")) {
			t.Error(text)
		}
	}
	if got := fmt.Sprintf("%s %q %v %v", Guard("open", false), Guard("open", false), g, g == Guard("abc-s3cret", true)); got != `open "open" `+Redacted+" true" {
		t.Error(got)
	}
	if g.Reveal() != "abc-s3cret" || (Guarded{}).String() != "" {
		t.Error(g.Reveal())
	}
}

func errorOf(g Guarded) error { return fmt.Errorf("it: %w", fmt.Errorf("of %s", g)) }

// TestTouches: a path touches a secret at it, above it and below it, also at another index. A sensitive list or object
// hides the previous value in its position.
func TestTouches(t *testing.T) {
	o := &Object{Sensitive: map[string][]string{"tags[1]": {"v"}, "options.silenced": {"v"}, `widgets[2].definition`: {"v"}}}
	for _, tt := range []struct {
		path          Path
		is, may, deep bool
	}{
		{Path{"tags", 1}, true, true, true},
		{Path{"tags", 0}, false, true, true},
		{Path{"tags"}, false, false, true},
		{Path{"tagsy", 1}, false, false, false},
		{Path{"options", "silenced"}, true, true, true},
		{Path{"options", "silenced", "a b"}, true, true, true},
		{Path{"options", "silenced", "list", 3}, true, true, true},
		{Path{"options"}, false, false, true},
		{Path{"options", "silencedx"}, false, false, false},
		{Path{"widgets", 0, "definition", "title"}, false, true, true},
		{Path{"widgets", 2, "definition"}, true, true, true},
		{Path{"widgets", 2, "id"}, false, false, false},
	} {
		if is, may, deep := o.IsSensitive(tt.path), o.MayBeSensitive(tt.path), o.Touches(tt.path); is != tt.is || may != tt.may || deep != tt.deep {
			t.Errorf("%s: is %v, may be %v, touches %v", tt.path, is, may, deep)
		}
	}
	if (&Object{}).Touches(Path{"tags"}) || (*Object)(nil).Touches(Path{"tags"}) {
		t.Error("an object without secrets has sensitive paths")
	}
}

// TestShownPath: shown paths do not contain the keys of a sensitive object.
func TestShownPath(t *testing.T) {
	o := &Object{Sensitive: map[string][]string{"options.silenced": {"v"}, "widgets[2].definition": {"v"}, "name": {"v"}}}
	for _, tt := range []struct{ path, want Path }{
		{Path{"options", "silenced", "host:abc"}, Path{"options", "silenced"}},
		{Path{"options", "silenced"}, Path{"options", "silenced"}},
		{Path{"options", "other", "key"}, Path{"options", "other", "key"}},
		{Path{"widgets", 5, "definition", "title", 0}, Path{"widgets", 5, "definition"}},
		{Path{"name"}, Path{"name"}},
		{nil, nil},
	} {
		if got := o.ShownPath(tt.path); got.String() != tt.want.String() {
			t.Errorf("%s: %s", tt.path, got)
		}
	}
}

// TestShown: the shown object contains no secrets and otherwise has the same structure.
func TestShown(t *testing.T) {
	o := &Object{
		Body: map[string]any{"name": "abc", "tags": []any{"a", "abc"}, "n": json.Number("5"), "nothing": nil,
			"options": map[string]any{"list": []any{"abc"}, "empty": []any{}}},
		Sensitive: map[string][]string{"name": {"v"}, "tags[1]": {"v"}, "n": {"v"}, "nothing": {"v"}, "options.list": {"v"}, "options.empty": {"v"}},
	}
	raw, err := json.Marshal(o.Shown().Body)
	want := `{"n":"(sensitive value)","name":"(sensitive value)","nothing":null,"options":{"empty":"(sensitive value)","list":"(sensitive value)"},"tags":["a","(sensitive value)"]}`
	if err != nil || string(raw) != want {
		t.Errorf("got %s, %v", raw, err)
	}
	if o.Body["name"] != "abc" {
		t.Error("the original object was changed")
	}
	one := &Object{Body: map[string]any{"name": "abc"}, Sensitive: map[string][]string{"name": {"v"}}}
	if _, differ := ShownAll([]*Object{one}); one.Shown().Body["name"] != Redacted || !differ {
		t.Error("the only secret of the object is shown")
	}
}
