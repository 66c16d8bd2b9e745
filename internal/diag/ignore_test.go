package diag

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

var today = time.Date(2026, 7, 1, 23, 30, 0, 0, time.FixedZone("", 7200))

// marked parses a file in which « marks the positions of diagnostics.
func marked(t *testing.T, text string) (map[string]*hcl.File, hcl.Range) {
	t.Helper()
	begin, _, found := strings.Cut(text, "«")
	file, diags := hclsyntax.ParseConfig([]byte(strings.Replace(text, "«", "", 1)), "f.hcl", hcl.InitialPos)
	if diags.HasErrors() || !found {
		t.Fatalf("%s: %v", text, diags)
	}
	at := hcl.Pos{Line: strings.Count(begin, "\n") + 1, Column: 1, Byte: len(begin)}
	return map[string]*hcl.File{"f.hcl": file}, hcl.Range{Filename: "f.hcl", Start: at, End: at}
}

// codes returns the codes of diagnostics.
func codes(diags hcl.Diagnostics) string {
	var out []string
	for _, d := range diags {
		out = append(out, Code(d))
	}
	return strings.Join(out, " ")
}

// TestIgnorePositions has comments for code c in all positions; the diagnostic with code c is at «.
func TestIgnorePositions(t *testing.T) {
	const ignore = "ddmon:ignore c reason"
	tests := []struct {
		name, text string
		ignored    bool
	}{
		{"same line", "a = «1 # " + ignore, true},
		{"same line, slashes", "a = «1 // " + ignore, true},
		{"same line, between", "a = «1 /* " + ignore + " */", true},
		{"same line, before", "/* " + ignore + " */ a = «1", true},
		{"same line, begun above", "/*\n" + ignore + "\n*/ a = «1", true},
		{"same line, crowded", "a = «1 #" + ignore, true},
		{"line above", "# " + ignore + "\na = «1", true},
		{"line above, slashes", "// " + ignore + "\na = «1", true},
		{"line above, between", "/* " + ignore + " */\na = «1", true},
		{"line above, on lines", "/*\n * " + ignore + "\n */\na = «1", true},
		{"above other comments", "# " + ignore + "\n# This is a.\na = «1", true},
		{"below other comments", "# This is a.\n# " + ignore + "\na = «1", true},
		{"above another ignore", "# " + ignore + "\n# ddmon:ignore other reason\na = «1", true},
		{"no final newline above", "a = «1\n# " + ignore, false},
		{"line below", "a = «1\n# " + ignore + "\nb = 2", false},
		{"two lines above", "# " + ignore + "\nb = 2\na = «1", false},
		{"blank line between", "# " + ignore + "\n\na = «1", false},
		{"behind the line above", "b = 2 # " + ignore + "\na = «1", false},
		{"alone", "a = «1\n\n# " + ignore + "\n", false},
		{"other code", "# ddmon:ignore d reason\na = «1", false},
		{"longer code", "# ddmon:ignore cc reason\na = «1", false},
		{"not at the comment's beginning", "# see " + ignore + "\na = «1", false},
		{"in a string", "a = «\"# " + ignore + "\"", false},
		{"in a heredoc", "a = <<EOT\n# " + ignore + "\n«x\nEOT\n", false},

		{"one of several", "# ddmon:ignore d,c reason\na = «1", true},
		{"one of several, with blanks", "# ddmon:ignore d , c reason\na = «1", true},
		{"one of three", "# ddmon:ignore c, d,e reason\na = «1", true},
		{"only the reason names it", "# ddmon:ignore d c\na = «1", false},

		{"on the block", "«b \"x\" { # " + ignore + "\n}", true},
		{"above the block", "# " + ignore + "\n«b \"x\" {\n}", true},
		{"on the block, for what is inside", "b \"x\" { # " + ignore + "\n  z = 0\n  a = «1\n}", true},
		{"above the block, for what is inside", "# " + ignore + "\nb \"x\" {\n  z = 0\n  a = «1\n}", true},
		{"above the block, for a block inside", "# " + ignore + "\nb \"x\" {\n  c {\n    a = «1\n  }\n}", true},
		{"above the block, for its end", "# " + ignore + "\nb \"x\" {\n  z = 0\n«}", true},
		{"above a block inside, for that", "b \"x\" {\n  # " + ignore + "\n  c {\n    a = «1\n  }\n}", true},
		{"above a block inside, not for the outer", "b \"x\" {\n  # " + ignore + "\n  c {\n  }\n  a = «1\n}", false},
		{"above the block, not for the next", "# " + ignore + "\nb \"x\" {\n}\nb \"y\" {\n  a = «1\n}", false},
		{"at the block's end", "b \"x\" {\n  a = «1\n} # " + ignore, false},
		{"first in the block", "b \"x\" {\n  # " + ignore + "\n  z = 0\n  a = «1\n}", false},
		{"last in the block", "b \"x\" {\n  a = «1\n  # " + ignore + "\n}", false},
		{"block on one line", "b \"x\" { a = «1 } # " + ignore, true},

		{"above a heredoc", "# " + ignore + "\na = <<EOT\nx\n«y\nEOT\n", true},
		{"above a heredoc, not for what follows", "# " + ignore + "\na = <<EOT\nx\nEOT\nb = «1\n", false},
		{"above an object", "# " + ignore + "\na = {\n  b = 1\n  c = «2\n}", true},
		{"on an object", "a = { # " + ignore + "\n  b = 1\n  c = «2\n}", true},
		{"in an object, same line", "a = {\n  b = 1\n  c = «2 # " + ignore + "\n}", true},
		{"in an object, above", "a = {\n  b = 1\n  # " + ignore + "\n  c = «2\n}", true},
		{"in an object, another", "a = {\n  b = 1 # " + ignore + "\n  c = «2\n}", false},
		{"in a list, on an object", "a = [{ b = 0 }, { # " + ignore + "\n  b = «2\n}]", true},
		{"in a list, above an object", "a = [\n  # " + ignore + "\n  {\n    b = «2\n  },\n]", true},
		{"in a list, above the one before", "a = [\n  # " + ignore + "\n  {\n    b = 0\n  },\n  {\n    b = «2\n  },\n]", false},
		{"at a list's end", "a = [\n  «1,\n] # " + ignore, false},
		{"carriage returns", "# " + ignore + "\r\na = «1\r\n", true},
		{"behind a wide letter", "z = \"ä\" # x\n# " + ignore + "\na = «1", true},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			files, at := marked(t, c.text)
			w, problems := FindIgnores(files)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			kept, ignored := w.Apply(hcl.Diagnostics{Error("c", "s", "d", at)}, today)
			if got := len(ignored) == 1; got != c.ignored {
				t.Errorf("ignored: %v, want %v", got, c.ignored)
			}
			if c.ignored == strings.HasPrefix(codes(kept)+" ", "c ") {
				t.Errorf("kept %s", codes(kept))
			}
		})
	}
}

// TestIgnoreMatches varies the diagnostic under one comment.
func TestIgnoreMatches(t *testing.T) {
	files, at := marked(t, "# ddmon:ignore c reason\na = «1")
	elsewhere, first := at, at
	elsewhere.Filename = "g.hcl"
	first.Start.Line = 1
	w, _ := FindIgnores(files)
	tests := []struct {
		d    *hcl.Diagnostic
		want string
	}{
		{Error("c", "", "", at), ""},
		{Warning("c", "", "", at), ""},
		{Info("c", "", "", at), ""},
		{Error("d", "", "", at), "d unused_ignore"},
		{Error("c", "", "", elsewhere), "c unused_ignore"},
		{Error("c", "", "", first), "c unused_ignore"},
		{Error("c", "", "", hcl.Range{}), "c unused_ignore"},
		{&hcl.Diagnostic{Subject: &at}, "hcl unused_ignore"},
	}
	for i, c := range tests {
		kept, ignored := w.Apply(hcl.Diagnostics{c.d}, today)
		if got := codes(kept); got != c.want || (len(ignored) == 1) != (c.want == "") {
			t.Errorf("%d: kept %q, ignored %d, want %q", i, got, len(ignored), c.want)
		}
	}
}

func TestSnooze(t *testing.T) {
	tests := []struct {
		text, kept string
		note       string
	}{
		{"# ddmon:snooze c until 2026-12-31 reason\na = «1", "", ""},
		{"# ddmon:snooze c until 2026-07-01 reason\na = «1", "", ""},
		{"# ddmon:snooze c until 2026-06-30 reason\na = «1", "c", "The snooze comment at f.hcl:1 ended on 2026-06-30."},
		{"# ddmon:snooze d, c until 2026-06-30 reason\na = «1", "c", "The snooze comment at f.hcl:1 ended on 2026-06-30."},
		{"a = «1 // ddmon:snooze c until 2026-12-31 reason", "", ""},
		{"# ddmon:snooze c until 2026-06-30 reason\n# ddmon:ignore c reason\na = «1", "", ""},
		{"# ddmon:snooze d until 2026-12-31 reason\na = «1", "c unused_ignore", ""},
		{"# ddmon:snooze d until 2026-06-30 reason\na = «1", "c", ""},
		{"# ddmon:snooze c,d until 2026-12-31 reason\na = «1", "unused_ignore", ""},
	}
	for _, c := range tests {
		t.Run(c.text, func(t *testing.T) {
			files, at := marked(t, c.text)
			w, problems := FindIgnores(files)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			given := Warning("c", "s", "Detail.", at)
			kept, ignored := w.Apply(hcl.Diagnostics{given}, today)
			if got := codes(kept); got != c.kept {
				t.Fatalf("kept %q, want %q", got, c.kept)
			}
			if (len(ignored) == 0) != strings.HasPrefix(c.kept, "c") || given.Detail != "Detail." {
				t.Errorf("ignored %v, given is now %v", ignored, given)
			}
			if want := strings.TrimSpace("Detail. " + c.note); strings.HasPrefix(c.kept, "c") && kept[0].Detail != want {
				t.Errorf("detail %q, want %q", kept[0].Detail, want)
			}
		})
	}
}

// TestSnoozeIncludesLastDay uses the date in the local time zone, not in UTC.
func TestSnoozeIncludesLastDay(t *testing.T) {
	files, at := marked(t, "# ddmon:snooze c until 2026-06-30 reason\na = «1")
	w, _ := FindIgnores(files)
	_, ignored := w.Apply(hcl.Diagnostics{Error("c", "", "", at)}, time.Date(2026, 6, 30, 23, 59, 0, 0, time.FixedZone("", -7200)))
	if len(ignored) != 1 {
		t.Error("over on its last day")
	}
}

func TestUnused(t *testing.T) {
	files, at := marked(t, "# ddmon:ignore d,c,e reason\na = «1\n\nb {\n  # ddmon:ignore f reason\n\n  x = 1 # ddmon:ignore g reason\n}")
	w, _ := FindIgnores(files)
	kept, _ := w.Apply(hcl.Diagnostics{Error("c", "", "", at)}, today)
	var got []string
	for _, d := range kept {
		got = append(got, fmt.Sprintf("%s %s %d,%d-%d %s", SeverityOf(d), Code(d), d.Subject.Start.Line, d.Subject.Start.Column, d.Subject.End.Column, d.Detail))
	}
	want := []string{
		"warning unused_ignore 1,3-28 Line 2 has no such finding. Remove d, e from the comment, or the whole comment.",
		"warning unused_ignore 5,5-26 The comment is neither at the end of a line of code nor above one, so it has no effect. Remove f from the comment, or the whole comment.",
		"warning unused_ignore 7,11-32 Line 7 has no such finding. Remove g from the comment, or the whole comment.",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRestrict(t *testing.T) {
	files, at := marked(t, "# ddmon:ignore c,d reason\na = «1 # ddmon:ignore e reason")
	w, _ := FindIgnores(files)
	diags := hcl.Diagnostics{Error("c", "", "", at), Error("d", "", "", at)}
	only := func(wanted string) func(string) bool { return func(code string) bool { return code == wanted } }
	for wanted, want := range map[string]string{"c": "d", "d": "c", "e": "c d unused_ignore", "f": "c d"} {
		if kept, _ := w.Restrict(only(wanted)).Apply(diags, today); codes(kept) != want {
			t.Errorf("restricted to %s: kept %q, want %q", wanted, codes(kept), want)
		}
	}
	if kept, _ := w.Apply(diags, today); codes(kept) != "unused_ignore" {
		t.Errorf("the comments were changed: kept %q", codes(kept))
	}
	var none *Ignores
	if kept, ignored := none.Restrict(only("c")).Apply(diags, today); len(kept) != 2 || ignored != nil {
		t.Error(kept, ignored)
	}
	if kept, ignored := none.Apply(diags, today); len(kept) != 2 || ignored != nil {
		t.Error(kept, ignored)
	}
}

func TestUnknownCodes(t *testing.T) {
	files, at := marked(t, "# ddmon:ignore no_hndle,c reason\n# ddmon:ignore zzz,c reason\na = «1 # ddmon:snooze no_handle until 2999-01-01 reason\n")
	w, _ := FindIgnores(files)
	known, problems := w.Known([]string{"c", "no_handle"})
	var got []string
	for _, d := range problems {
		got = append(got, fmt.Sprintf("%s %s %d,%d %s", SeverityOf(d), Code(d), d.Subject.Start.Line, d.Subject.Start.Column, d.Detail))
	}
	want := []string{
		`warning malformed_ignore 1,3 No finding has the code no_hndle. Did you mean "no_handle"?`,
		`warning malformed_ignore 2,3 No finding has the code zzz.`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if kept, ignored := known.Apply(hcl.Diagnostics{Error("c", "", "", at), Error("no_handle", "", "", at)}, today); len(ignored) != 2 {
		t.Errorf("kept %q: the other codes do not apply", codes(kept))
	}
	if kept, _ := w.Apply(nil, today); len(kept) != 3 {
		t.Errorf("the comments were changed: %q", codes(kept))
	}
	var none *Ignores
	if known, problems := none.Known(nil); len(known.list) != 0 || problems != nil {
		t.Error(problems)
	}
}

// TestManyUnknownCodes: only some of very many misspelled codes are compared with all others.
func TestManyUnknownCodes(t *testing.T) {
	files, _ := marked(t, "# ddmon:ignore "+strings.Repeat("no_hndle,", 5000)+"c reason\na = «1\n")
	w, _ := FindIgnores(files)
	_, problems := w.Known([]string{"c", "no_handle"})
	if n := strings.Count(problems[0].Detail, "Did you mean"); len(problems) != 1 || n != maxSuggestedCodes {
		t.Errorf("%d problems, %d suggestions", len(problems), n)
	}
}

func TestMalformed(t *testing.T) {
	tests := []struct{ comment, want string }{
		{"# ddmon:ignore c reason", ""},
		{"# ddmon:ignore c a reason with: signs, and so on", ""},
		{"# ddmon:snooze c until 2026-12-31 reason", ""},
		{"#\tddmon:snooze\tc\tuntil\t2026-12-31\treason\t", ""},
		{"## ddmon:ignore c reason", ""},
		{"# ddmonitor:ignore", ""},
		{"# about ddmon: it is good", ""},
		{"# ddmon is good", ""},
		{"# ddmon:ignore", "1,3-15 Missing code"},
		{"# ddmon:snooze until 2026-12-31 reason", "1,3-39 Missing code"},
		{"# ddmon:ignore c", "1,3-17 Missing reason"},
		{"# ddmon:ignore c,d", "1,3-19 Missing reason"},
		{"/* ddmon:ignore c */", "1,4-18 Missing reason"},
		{"/*\n   x\n   ddmon:ignore c\n*/", "3,4-18 Missing reason"},
		{"# ddmon:ignore c, , reason", "1,3-27 Missing reason"},
		{"# ddmon:ignore C reason", "1,3-24 Invalid code"},
		{"# ddmon:ignore c: reason", "1,3-25 Invalid code"},
		{"# ddmon:ignore 1c reason", "1,3-25 Invalid code"},
		{"# ddmon:ignore hcl reason", "1,3-26 Code cannot be ignored"},
		{"# ddmon:ignore syntax reason", "1,3-29 Code cannot be ignored"},
		{"# ddmon:ignore c,unused_ignore reason", "1,3-38 Code cannot be ignored"},
		{"# ddmon:snooze c 2026-12-31 reason", "1,3-35 Snooze comment without an end"},
		{"# ddmon:snooze c", "1,3-17 Snooze comment without an end"},
		{"# ddmon:snooze c until", "1,3-23 Invalid date"},
		{"# ddmon:snooze c until 2026-02-30 reason", "1,3-41 Invalid date"},
		{"# ddmon:snooze c until 31.12.2026 reason", "1,3-41 Invalid date"},
		{"# ddmon:snooze c until tomorrow reason", "1,3-39 Invalid date"},
		{"# ddmon:snooze c until 2026-12-31", "1,3-34 Missing reason"},
		{"# ddmon:ignroe c reason", "1,3-24 Invalid ddmon comment"},
		{"# ddmon: ignore c reason", "1,3-25 Invalid ddmon comment"},
		{"# ddmon:", "1,3-9 Invalid ddmon comment"},
		{"// ddmon:IGNORE c reason", "1,4-25 Invalid ddmon comment"},
	}
	for _, c := range tests {
		t.Run(c.comment, func(t *testing.T) {
			files, _ := marked(t, c.comment+"\na = «1\n")
			_, problems := FindIgnores(files)
			var got []string
			for _, d := range problems {
				got = append(got, fmt.Sprintf("%d,%d-%d %s", d.Subject.Start.Line, d.Subject.Start.Column, d.Subject.End.Column, d.Summary))
				if Code(d) != "malformed_ignore" || d.Severity != hcl.DiagWarning || d.Detail == "" {
					t.Error(d)
				}
				at := string(files["f.hcl"].Bytes[d.Subject.Start.Byte:d.Subject.End.Byte])
				if !strings.HasPrefix(at, "ddmon:") || strings.TrimSpace(at) != at {
					t.Errorf("points at %q", at)
				}
			}
			if got := strings.Join(got, "; "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestIgnoresOfSeveralFiles checks that the order is deterministic and that JSON files are skipped.
func TestIgnoresOfSeveralFiles(t *testing.T) {
	parser := hclparse.NewParser()
	for _, name := range []string{"b.hcl", "c.hcl", "a.hcl"} {
		parser.ParseHCL([]byte("# ddmon:ignore c\n# ddmon:ignore c reason\na = 1\n"), name)
	}
	parser.ParseJSON([]byte(`{"x": "# ddmon:ignore c"}`), "d.json")
	w, problems := FindIgnores(parser.Files())
	kept, _ := w.Apply(problems, today)
	var got []string
	for _, d := range kept {
		got = append(got, d.Subject.Filename+" "+Code(d))
	}
	want := []string{
		"a.hcl malformed_ignore", "b.hcl malformed_ignore", "c.hcl malformed_ignore",
		"a.hcl unused_ignore", "b.hcl unused_ignore", "c.hcl unused_ignore",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// FuzzFindIgnores checks that no file causes a panic and that all diagnostics are inside the file.
func FuzzFindIgnores(f *testing.F) {
	f.Add("b \"x\" { # ddmon:ignore c,d reason\n  a = <<EOT\n  # ddmon:ignore\nEOT\n}\n")
	f.Add("/* ddmon:snooze c until 2026-12-31 reason\n* ddmon:ignore */ a = [1,\n2]")
	f.Fuzz(func(t *testing.T, text string) {
		file, _ := hclsyntax.ParseConfig([]byte(text), "f.hcl", hcl.InitialPos)
		w, problems := FindIgnores(map[string]*hcl.File{"f.hcl": file})
		kept, ignored := w.Apply(problems, today)
		if len(ignored) > 0 {
			t.Fatal("a problem of a comment was ignored")
		}
		for _, d := range kept {
			if at := *d.Subject; !strings.HasPrefix(text[at.Start.Byte:at.End.Byte], "ddmon:") {
				t.Fatalf("%v points at %q", d, text[at.Start.Byte:at.End.Byte])
			}
		}
	})
}
