package object

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkerOfTags(t *testing.T) {
	markers := []Marker{
		{Stack: "s", Slug: "monitor.a"},
		{Stack: "s", Slug: "monitor.a:k", Fingerprint: "abc-def"},
		{Stack: "s", Slug: "monitor.a", Replaced: true},
		{Stack: "s", Slug: "monitor.a", Fingerprint: "abc-def", Protected: true},
	}
	for _, want := range markers {
		tags := []any{"b", "a"}
		for _, tag := range want.Tags() {
			tags = append(tags, tag)
		}
		got, rest := MarkerOfTags(tags)
		if d := cmp.Diff(want, got) + cmp.Diff([]any{"b", "a"}, rest); d != "" {
			t.Error(d)
		}
	}
	if m, _ := MarkerOfTags([]any{"ddmon_stack:s"}); m.IsZero() || m.Complete() {
		t.Errorf("half a marker: %+v", m)
	}
}

func TestMarkerOfText(t *testing.T) {
	m := Marker{Stack: "s", Slug: "dashboard.a", Fingerprint: "abc-def"}
	tests := []struct{ name, text, rest string }{
		{"alone", m.WithLine(""), ""},
		{"below text", m.WithLine("two\nlines"), "two\nlines"},
		{"with text below it", m.WithLine("above") + "\nbelow", "above\n\nbelow"},
		{"in another sentence", "above\nkeep: " + m.Line()[len(linePrefix):], "above"},
	}
	for _, test := range tests {
		got, rest := MarkerOfText(test.text)
		if got != m || rest != test.rest {
			t.Errorf("%s: %+v, rest %q", test.name, got, rest)
		}
	}
	if got, rest := MarkerOfText("no marker\nhere"); !got.IsZero() || rest != "no marker\nhere" {
		t.Errorf("%+v, rest %q", got, rest)
	}
}

// FuzzMarkerOfText: a marker is found again below any text that has none of its own, and the text comes back but for
// line ends at its end.
func FuzzMarkerOfText(f *testing.F) {
	f.Add("text\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		if m, _ := MarkerOfText(text); !m.IsZero() {
			t.Skip("has a marker already")
		}
		want := Marker{Stack: "s", Slug: "dashboard.a"}
		got, rest := MarkerOfText(want.WithLine(text))
		if got != want {
			t.Fatalf("%+v", got)
		}
		if again, rest2 := MarkerOfText(got.WithLine(rest)); again != want || rest2 != rest {
			t.Errorf("%q becomes %q", rest, rest2)
		}
	})
}
