package safe_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/render/safe"
)

func TestLine(t *testing.T) {
	tests := []struct{ in, line, lines string }{
		{"plain äöü 日本 👩‍🚀", "plain äöü 日本 👩‍🚀", "plain äöü 日本 👩‍🚀"},
		{"\x1b[31mred", `\x1b[31mred`, `\x1b[31mred`},
		{"a\nb\tc\r", `a\nb\tc\r`, "a\nb\tc" + `\r`},
		{"right\u202eto left", `right\u202eto left`, `right\u202eto left`},
		{"\x9b31m\x7f", `\x9b31m\x7f`, `\x9b31m\x7f`},
		{"zero\u200bwidth", `zero\u200bwidth`, `zero\u200bwidth`},
	}
	for _, test := range tests {
		if got := string(safe.Line(test.in)); got != test.line {
			t.Errorf("Line(%q) = %q, want %q", test.in, got, test.line)
		}
		if got := string(safe.Lines(test.in)); got != test.lines {
			t.Errorf("Lines(%q) = %q, want %q", test.in, got, test.lines)
		}
	}
}

// FuzzLine: the result contains no control characters, and Line is idempotent.
func FuzzLine(f *testing.F) {
	f.Add("\x1b]0;title\x07")
	f.Fuzz(func(t *testing.T, s string) {
		got := string(safe.Line(s))
		if strings.ContainsFunc(got, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }) {
			t.Errorf("%q is left of %q", got, s)
		}
		if again := string(safe.Line(got)); again != got {
			t.Errorf("%q becomes %q", got, again)
		}
	})
}

func TestTexts(t *testing.T) {
	for _, test := range []struct{ got, want safe.Text }{
		{safe.Quote("a \"b\"\n"), `"a \"b\"\n"`},
		{safe.Int(-5) + safe.Float(1.25, 'f', 1), "-51.2"},
		{safe.Count(1, "object") + ", " + safe.Count(2, "object"), "1 object, 2 objects"},
		{safe.Clip("long\x07er", 5), `long\x07…`},
		{safe.Line("long\x07er").Clip(5), `long\…`},
		{safe.Clip("short", 5), "short"},
		{safe.Join([]safe.Text{"a", "b"}, ", "), "a, b"},
		{safe.Sprintf("%s of %s", "1", "2"), "1 of 2"},
		{safe.Text("a").Pad(3) + safe.Text("b").PadLeft(3) + safe.Text("long").Pad(3), "a    blong"},
		{safe.Text("ab  ").TrimTrailingSpaces() + safe.Text("(ab").TrimLeft("(") + safe.Text("ab).").TrimRight(").") + safe.Text("abc").TrimSuffix("bc"), "abababa"},
		{safe.Text("a\tb").TabsToSpaces() + safe.Text("a b c").After(" "), "a bb c"},
		{safe.Time(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), time.TimeOnly), "03:04:05"},
		{safe.Text("a日"[:2]).Valid(), "a"},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
	if got := slices.Collect(safe.Text("a b\n c").Words()); !slices.Equal(got, []safe.Text{"a", "b", "c"}) {
		t.Error(got)
	}
	if got := slices.Collect(safe.Text("a b\n c").Lines()); !slices.Equal(got, []safe.Text{"a b", " c"}) {
		t.Error(got)
	}
}

func TestWrap(t *testing.T) {
	text := safe.Text("one two  three four\nfive six seven")
	if got := text.Wrap(22); !slices.Equal(got, []safe.Text{"one two three four", "five six seven"}) {
		t.Errorf("%q", got)
	}
	// Lines are never narrower than 20 columns, and a long word gets its own line.
	if got := (text + " " + safe.Repeat("x", 30)).Wrap(1); !slices.Equal(got, []safe.Text{"one two three four", "five six seven", safe.Repeat("x", 30)}) {
		t.Errorf("%q", got)
	}
	if got := safe.Text(" ").Wrap(20); got != nil {
		t.Errorf("%q", got)
	}
}

func TestWriter(t *testing.T) {
	var b bytes.Buffer
	for _, color := range []bool{false, true} {
		s := safe.Style{Color: color}
		w := safe.NewWriter(&b)
		w.Printf("%s: %s\n", s.Paint(safe.BoldRed, "Error"), safe.Line("\x1b[31mred"))
		w.Println(safe.Concat(s.Paint(safe.Plain, "a"), safe.Text("b"), s.Paint(safe.Dim, "")))
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if want := "Error: \\x1b[31mred\nab\n" + "\x1b[1;31mError\x1b[0m: \\x1b[31mred\nab\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
	if (safe.Style{}).Columns() != 80 || (safe.Style{Width: 40}).Columns() != 40 {
		t.Error("columns")
	}
}

// TestWrongFormat: a mismatch of format and arguments panics, so that any test finds it.
func TestWrongFormat(t *testing.T) {
	w := safe.NewWriter(&bytes.Buffer{})
	for name, f := range map[string]func(){
		"fewer": func() { w.Printf("%s %s", safe.Text("a")) }, "more": func() { w.Printf("%s", safe.Text("a"), safe.Text("b")) },
		"more in Sprintf": func() { safe.Sprintf("", "a") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
