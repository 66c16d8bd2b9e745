package terminal

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/render/safe"
)

// TestSnippet: a diagnostic shows the line at which its range begins, also of a heredoc, and nothing of a line that the
// file does not have.
func TestSnippet(t *testing.T) {
	const source = "a = <<-EOT\n    one two\n    three\n  EOT\n"
	for name, test := range map[string]struct {
		from, to [2]int // line and column
		want     string
	}{
		"within a line":      {[2]int{2, 9}, [2]int{2, 12}, "      2 |     one two\n        |         ^^^\n"},
		"a whole heredoc":    {[2]int{1, 5}, [2]int{5, 1}, "      1 | a = <<-EOT\n        |     ^^^^^^\n"},
		"lines of a heredoc": {[2]int{2, 9}, [2]int{4, 1}, "      2 |     one two\n        |         ^^^\n"},
		"the end of a line":  {[2]int{3, 10}, [2]int{4, 1}, "      3 |     three\n        |          ^\n"},
		"behind its end":     {[2]int{3, 40}, [2]int{3, 41}, "      3 |     three\n        |          ^\n"},
		"behind the file":    {[2]int{9, 1}, [2]int{9, 2}, ""},
		"no line":            {[2]int{0, 0}, [2]int{0, 0}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			at := hcl.Range{Filename: "f", Start: hcl.Pos{Line: test.from[0], Column: test.from[1]}, End: hcl.Pos{Line: test.to[0], Column: test.to[1]}}
			shown := diag.Show(hcl.Diagnostics{diag.Error("e", "Broken", "Fix it.", at)}, func(s string) string { return s })
			var out strings.Builder
			if err := Diagnostics(&out, map[string]*hcl.File{"f": {Bytes: []byte(source)}}, shown, safe.Style{}); err != nil {
				t.Fatal(err)
			}
			_, text, _ := strings.Cut(out.String(), string(position(at))+"\n")
			text, _, _ = strings.Cut(text, "  Fix it.")
			if diff := cmp.Diff(test.want, text); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSnippetOfLongLine: a problem far behind the beginning of a very long line shows only its position.
func TestSnippetOfLongLine(t *testing.T) {
	line := strings.Repeat("unknown, ", maxLine)
	for column, snippet := range map[int]bool{10: true, maxLine / 8: true, maxLine: false, len(line) - 5: false} {
		at := hcl.Range{Filename: "f", Start: hcl.Pos{Line: 1, Column: column}, End: hcl.Pos{Line: 1, Column: column + 7}}
		shown := diag.Show(hcl.Diagnostics{diag.Error("e", "Broken", "Fix it.", at)}, func(s string) string { return s })
		var out strings.Builder
		if err := Diagnostics(&out, map[string]*hcl.File{"f": {Bytes: []byte(line)}}, shown, safe.Style{}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "^^^^^^^\n") != snippet || !strings.Contains(out.String(), string(position(at))) || out.Len() > 1000 {
			t.Errorf("column %d:\n%s", column, out.String())
		}
	}
}
