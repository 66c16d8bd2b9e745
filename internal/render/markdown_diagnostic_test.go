package render_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/render/markdown"
)

// TestMarkdownDetails: what a detail lists on lines of its own is a list in the comment too, of limited length.
func TestMarkdownDetails(t *testing.T) {
	var many strings.Builder
	for i := range 100000 {
		fmt.Fprintf(&many, "\n  monitor %d", i)
	}
	for name, tt := range map[string]struct{ detail, want string }{
		"one line":   {"Remove it.", ": Remove it."},
		"none":       {"", ""},
		"a list":     {"These are:\n  monitor 1 (the oldest)\n  monitor 2\nKeep one.", ": These are:\n  - monitor 1 (the oldest)\n  - monitor 2\n\n  Keep one."},
		"two lists":  {"A:\n  x\nB:\n\n\ty", ": A:\n  - x\n\n  B:\n  - y"},
		"sentences":  {"One.\nTwo.", ": One.\n\n  Two."},
		"no markup":  {"A:\n  # x\n  1. y\n---\n  - <b>", ": A:\n  - `#` x\n  - `1.` y\n\n  `---` \n  - `-` `<b>`"},
		"many lines": {"A:" + many.String(), ": A:" + listOf("monitor %d", 19) + "\n\n  99981 more lines not shown."},
		"long lines": {"A" + strings.Repeat("\n  "+strings.Repeat("x", 700), 4), ": A\n  - " + strings.Repeat("x", 600) + "…\n  - " + strings.Repeat("x", 598) + "…\n\n  2 more lines not shown."},
	} {
		got := asMarkdown(t, markdown.Input{Diagnostics: showDiags(hcl.Diagnostics{diag.Error("code", "Title", tt.detail, hcl.Range{})})})
		_, got, _ = strings.Cut(got, "(`code`)")
		if strings.TrimSpace(got) != strings.TrimSpace(tt.want) {
			t.Error(name, cmp.Diff(strings.TrimSpace(tt.want), strings.TrimSpace(got)))
		}
	}
}

func listOf(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\n  - "+format, i)
	}
	return b.String()
}
