package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/kind"
	"ddmon/internal/plan"
)

// widgetsOf makes a dashboard. Each letter is a widget: the same letter is the same widget. A letter with a digit is a variant
// of that widget with the same type, and capital letters are of another type.
func widgetsOf(letters string) string {
	var list []string
	for _, l := range strings.Fields(letters) {
		kind, content := "note", l
		if l[0] >= 'A' && l[0] <= 'Z' {
			kind = "free_text"
		}
		field := map[string]string{"note": "content", "free_text": "text"}[kind]
		list = append(list, fmt.Sprintf(`{"definition":{"type":%q,%q:%q}}`, kind, field, content))
	}
	return `{"title":"t","layout_type":"ordered","widgets":[` + strings.Join(list, ",") + `]}`
}

// TestWidgetsBetweenNeighbours: a widget that changed is compared with the one at its place between the same neighbours,
// and never with one beyond them. If the two are of different types, one of the longer side is new or removed, and both
// if the sides are equally long.
func TestWidgetsBetweenNeighbours(t *testing.T) {
	const text = ".definition.content"
	for _, tt := range []struct {
		desired, live string
		want          []string
	}{
		{"a b1 c", "a b c", []string{"change widgets[1]" + text}},
		{"a b1 c d1 e", "a b c d e", []string{"change widgets[1]" + text, "change widgets[3]" + text}},
		{"a x c y e", "a b c d e", []string{"change widgets[1]" + text, "change widgets[3]" + text}},
		{"x a b", "a b", []string{"add widgets[0]"}},
		{"a b x", "a b", []string{"add widgets[2]"}},
		{"a x b", "a b", []string{"add widgets[1]"}},
		{"a b", "x a b", []string{"remove widgets[0]"}},
		{"a b", "a b x", []string{"remove widgets[2]"}},
		{"a x b", "a b y", []string{"add widgets[1]", "remove widgets[2]"}},
		{"a X b", "a y b", []string{"add widgets[1]", "remove widgets[1]"}},
		{"a X y b", "a z b", []string{"add widgets[1]", "change widgets[2]" + text}},
		{"a y X b", "a z b", []string{"add widgets[2]", "change widgets[1]" + text}},
		{"a z b", "a X y b", []string{"change widgets[1]" + text, "remove widgets[1]"}},
		{"a X y b", "a z Q b", []string{"add widgets[1]", "add widgets[2]", "remove widgets[1]", "remove widgets[2]"}},
		{"a x Y b", "a Z q b", []string{"add widgets[1]", "add widgets[2]", "remove widgets[1]", "remove widgets[2]"}},
		{"a X y b", "a Z q b", []string{"change widgets[1].definition.text", "change widgets[2]" + text}},
		{"x", "y", []string{"change widgets[0]" + text}},
		{"X", "y", []string{"add widgets[0]", "remove widgets[0]"}},
		{"x X", "y Y", []string{"change widgets[0]" + text, "change widgets[1].definition.text"}},
		{"a b c", "c a b", []string{"move widgets[2]"}},
		{"x a", "a b", []string{"add widgets[0]", "remove widgets[1]"}},
		{"a x", "b a", []string{"add widgets[1]", "remove widgets[0]"}},
		{"a x b c", "a b y c", []string{"add widgets[1]", "remove widgets[2]"}},
		{"a a b", "a b", []string{"add widgets[1]"}},
		{"a b", "a a b", []string{"remove widgets[1]"}},
	} {
		_, got, _ := plan.Compare(kind.Named("dashboard"), ddtest.Object(t, widgetsOf(tt.desired)), ddtest.Object(t, widgetsOf(tt.live)), nil)
		found := edits(got)
		slices.Sort(found)
		if !slices.Equal(found, tt.want) {
			t.Errorf("%s, live %s: %q, want %q", tt.desired, tt.live, found, tt.want)
		}
	}
}
