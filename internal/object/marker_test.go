package object

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkerOfTags(t *testing.T) {
	markers := []Marker{
		{Stack: "s", Slug: "monitor.a"},
		{Stack: "s", Slug: "monitor.a:k", Fingerprint: "abc-def"},
		{Stack: "s", Slug: "monitor.a:k", Fingerprint: "abc-def", Written: 1790000000},
		{Stack: "s", Slug: "monitor.a", Replaced: true},
		{Stack: "s", Slug: "monitor.a", Replaced: true, Written: 1790000000},
		{Stack: "s", Slug: "monitor.a", Fingerprint: "abc-def", Protected: true},
		{Stack: "s"}, {Slug: "monitor.a"},
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
	both, _ := MarkerOfTags([]any{"ddmon_replaced:monitor.a", "ddmon_stack:s", "ddmon_id:monitor.a"})
	if both != (Marker{Stack: "s", Slug: "monitor.a"}) {
		t.Errorf("both replaced and not replaced: %+v", both)
	}
	if m, _ := MarkerOfTags([]any{"ddmon_stack:s"}); m.IsZero() || m.Complete() {
		t.Errorf("incomplete marker: %+v", m)
	}
}

// TestUserTags: a tag with a value that ddmon never writes belongs to the user.
func TestUserTags(t *testing.T) {
	long := Address{Kind: "monitor", Name: "a", Key: strings.Repeat("k", 300), Keyed: true}.Slug()
	for tag, isMarker := range map[string]bool{
		"ddmon_id:monitor.a":                    true,
		"ddmon_id:monitor.a:b/20c":              true,
		"ddmon_id:" + long:                      true,
		"ddmon_id:":                             false,
		"ddmon_id:monitor":                      false,
		"ddmon_id:.a":                           false,
		"ddmon_id:monitor.a,":                   false,
		"ddmon_id:monitor.A":                    false,
		"ddmon_id:monitor.a__b":                 false,
		"ddmon_id:monitor.a/2":                  false,
		"ddmon_id:monitor.a/61":                 false, // "a" is not escaped
		"ddmon_id:" + long[1:]:                  false,
		"ddmon_id:" + long[:170] + "zzzzzzzzzz": false,
		"ddmon_replaced:monitor.a":              true,
		"ddmon_replaced:a b":                    false,
		"ddmon_stack:shop":                      true,
		"ddmon_stack:":                          false,
		"ddmon_stack:Shop":                      false,
		"ddmon_prevent_destroy:true":            true,
		"ddmon_prevent_destroy:false":           false,
		"ddmon_other:x":                         false,
		"ddmon_id":                              false,
	} {
		m, rest := MarkerOfTags([]any{tag})
		if m.IsZero() == isMarker || (len(rest) == 0) != isMarker {
			t.Errorf("%s: %+v, rest %q", tag, m, rest)
		}
	}
}

// TestFingerprintValue: the fingerprint contains the time of writing. Older and invalid values are ignored.
func TestFingerprintValue(t *testing.T) {
	for value, want := range map[string]Marker{
		"8d5801-0123456789ab":                {Fingerprint: "8d5801-0123456789ab"},
		"0.2/1790000000/8d58-0123":           {Fingerprint: "8d58-0123", Written: 1790000000},
		"0.2/1790000000":                     {Written: 1790000000},
		"0.2/1790000000s/8d58-0123":          {Fingerprint: "8d58-0123", Written: 1790000000, Secret: true},
		"0.2/1790000000s0a1b2c3d/8d58-0123":  {Fingerprint: "8d58-0123", Written: 1790000000, Secret: true, Places: "0a1b2c3d"},
		"0.2/1790000000s0a1b/8d58-0123":      {Fingerprint: "0.2/1790000000s0a1b/8d58-0123"},
		"0.2/1790000000x/8d58-0123":          {Fingerprint: "0.2/1790000000x/8d58-0123"},
		"0.3/whatever":                       {Fingerprint: "0.3/whatever", Needs: "0.3"},
		"1.0/1790000000/8d58-0123":           {Fingerprint: "1.0/1790000000/8d58-0123", Needs: "1.0"},
		"0.10/1/a-b":                         {Fingerprint: "0.10/1/a-b", Needs: "0.10"},
		"0.02/1/a-b":                         {Fingerprint: "0.02/1/a-b", Needs: "0.02"},
		"1.0.0/1790000000/abc":               {Fingerprint: "1.0.0/1790000000/abc", Needs: "1.0.0"},
		"v2/0.3/abc":                         {Fingerprint: "v2/0.3/abc", Needs: "v2"},
		"10":                                 {Fingerprint: "10", Needs: "10"},
		"99999999999999999999.1/abc":         {Fingerprint: "99999999999999999999.1/abc", Needs: "99999999999999999999.1"},
		"0.2/soon/8d58-0123":                 {Fingerprint: "0.2/soon/8d58-0123"},
		"0.2/-5/8d58-0123":                   {Fingerprint: "0.2/-5/8d58-0123"},
		"0.2/007/8d58-0123":                  {Fingerprint: "0.2/007/8d58-0123"},
		"0.2/99999999999999999999/8d58-0123": {Fingerprint: "0.2/99999999999999999999/8d58-0123"},
		"0.2/1790000000/":                    {Fingerprint: "0.2/1790000000/"},
		"0.2":                                {Fingerprint: "0.2"},
		"":                                   {},
	} {
		got, rest := MarkerOfTags([]any{TagFingerprint + value})
		if d := cmp.Diff(want, got); d != "" || len(rest) > 0 {
			t.Errorf("%s: %s, rest %q", value, d, rest)
		}
		if value != "" && !slices.Contains(got.Tags(), TagFingerprint+value) {
			t.Errorf("%s formats as %q", value, got.Tags())
		}
	}
}

// TestNewerMarkerWins: an object with a marker of a newer ddmon must not be changed, even if it also has a tag of this
// version.
func TestNewerMarkerWins(t *testing.T) {
	for _, tags := range [][]any{{"ddmon_fp:0.3/1/a-b", "ddmon_fp:0.2/1790000000/a-b"}, {"ddmon_fp:0.2/1790000000/a-b", "ddmon_fp:0.3/1/a-b"}} {
		if m, _ := MarkerOfTags(tags); m.Needs != "0.3" {
			t.Errorf("%v: %+v", tags, m)
		}
	}
}

func TestMarkerOfText(t *testing.T) {
	m := Marker{Stack: "s", Slug: "dashboard.a", Fingerprint: "abc-def", Written: 1790000000}
	line := m.Line()
	tests := []struct{ name, text, rest string }{
		{"alone", line, ""},
		{"below text", "two\nlines\n\n" + line, "two\nlines"},
		{"right below text", "two\nlines\n" + line, "two\nlines"},
		{"below empty lines", "two\n\n\n\n" + line, "two\n\n"},
		{"with text below it", "above\n\n" + line + "\nbelow", "above\n\nbelow"},
		{"with a newline below it", "above\n\n" + line + "\n", "above\n"},
		{"with trailing spaces", "above\n\n" + line + " \t\u00a0", "above"},
		{"with carriage returns", "above\r\n\r\n" + line + "\r\n", "above\r\n"},
		{"written twice", "above\n" + line + "\nbetween\n\n" + line, "above\nbetween"},
	}
	for _, test := range tests {
		got, rest := MarkerOfText(test.text)
		if got != m || rest != test.rest {
			t.Errorf("%s: %+v, rest %q", test.name, got, rest)
		}
	}
	manual, _ := MarkerOfText(linePrefix + "ddmon_stack:s ddmon_id:dashboard.a")
	if manual != (Marker{Stack: "s", Slug: "dashboard.a"}) {
		t.Errorf("set manually: %+v", manual)
	}
	incomplete, _ := MarkerOfText("text\n" + linePrefix + "ddmon_stack:s")
	if incomplete != (Marker{Stack: "s"}) {
		t.Errorf("incomplete marker: %+v", incomplete)
	}
	two, rest := MarkerOfText(line + "\n" + Marker{Stack: "s", Slug: "dashboard.b"}.Line())
	if two.Also == "" || rest != "" {
		t.Errorf("two owners: %+v, rest %q", two, rest)
	}
}

// textsWithoutMarker returns strings that contain ddmon's tags, but no marker.
func textsWithoutMarker() []string {
	line := Marker{Stack: "s", Slug: "dashboard.a"}.Line()
	return []string{
		"no marker\nhere",
		"Replaces the board tagged ddmon_stack:s ddmon_id:dashboard.a, kept by Dana.",
		"ddmon_stack:s ddmon_id:dashboard.a",
		"Find ours with tag:ddmon_stack:s",
		"First.\nAll objects carry ddmon_stack:s tags.\nLast.",
		" " + line, "> " + line, "- " + line, "Note: " + line,
		line + ".", line + ", kept by Dana", line + " x", strings.Replace(line, " ddmon_id", "  ddmon_id", 1),
		linePrefix, linePrefix + "ddmon_prevent_destroy:true", linePrefix + "ddmon_fp:abc-def",
		linePrefix + "ddmon_stack:s ddmon_id:dashboard.A", linePrefix + "ddmon_stack:s ddmon_id:dashboard.old,",
		linePrefix + "ddmon_id:dashboard.a ddmon_stack:s",
		linePrefix + "ddmon_stack:s ddmon_stack:t ddmon_id:dashboard.a",
		linePrefix + "ddmon_stack:s ddmon_id:dashboard.a ddmon_id:dashboard.a",
		strings.ToLower(line), strings.ReplaceAll(line, " ", "\u00a0"), line[:len(line)-1] + "\n" + line[len(line)-1:] + " end",
	}
}

func TestTextsWithoutMarker(t *testing.T) {
	for _, text := range textsWithoutMarker() {
		if m, rest := MarkerOfText(text); m.Complete() || rest != text && !m.IsZero() || m.IsZero() && rest != text {
			t.Errorf("%q: %+v, rest %q", text, m, rest)
		}
	}
}

// FuzzMarkerOfText: in arbitrary text, only lines that Line writes are markers, and no other line is removed.
func FuzzMarkerOfText(f *testing.F) {
	line := Marker{Stack: "s", Slug: "dashboard.a", Fingerprint: "a-b", Written: 1}.Line()
	f.Add("text\n\n")
	f.Add("above\r\n\r\n" + line + " \r\nbelow")
	f.Add(line + "\n" + line)
	for _, text := range textsWithoutMarker() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, rest := MarkerOfText(text)
		isMarker := func(l string) bool { _, ok := markerOfLine(l); return ok }
		lines := strings.Split(text, "\n")
		if m.IsZero() != !slices.ContainsFunc(lines, isMarker) || m.IsZero() && rest != text {
			t.Fatalf("%+v, rest %q", m, rest)
		}
		for _, l := range lines {
			if one, ok := markerOfLine(l); ok && strings.TrimSpace(l) != one.Line() {
				t.Errorf("%q, want %q", l, one.Line())
			}
		}
		otherLines := func(text string) (out []string) {
			for l := range strings.SplitSeq(text, "\n") {
				if !isMarker(l) && strings.TrimSpace(l) != "" {
					out = append(out, l)
				}
			}
			return out
		}
		if !slices.Equal(otherLines(text), otherLines(rest)) {
			t.Errorf("%q becomes %q", text, rest)
		}
		if again, _ := MarkerOfText(rest); !again.IsZero() {
			t.Errorf("a marker remains in %q", rest)
		}
		want := Marker{Stack: "s", Slug: "dashboard.a", Fingerprint: "1-2", Written: 5}
		if got, back := MarkerOfText(want.WithLine(rest)); got != want || back != rest {
			t.Errorf("%q is returned as %q, %+v", rest, back, got)
		}
	})
}
