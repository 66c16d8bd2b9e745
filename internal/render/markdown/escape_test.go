package markdown

import (
	"testing"
	"time"

	"ddmon/internal/render/safe"
)

func TestEscaping(t *testing.T) {
	for _, test := range []struct{ got, want markup }{
		{codeSpan("plain *text*"), "`plain *text*`"},
		{codeSpan("a`b|c"), "<code>a&#96;b&#124;c</code>"},
		{codeSpan(" "), "<code>&quot; &quot;</code>"},
		{htmlCode("<b>"), "<code>&lt;b&gt;</code>"},
		{prose("notifies @octocat, (see #1) 3.5 times"), "notifies `@octocat`, (see `#1`) 3.5 times"},
		{prose("at deadbeef and GH-1 in a.b"), "at `deadbeef` and `GH-1` in `a.b`"},
		{lineStart("1. one"), "`1.` one"},
		{lineStart("- one - two"), "`-` one - two"},
		{lineStart("2 objects, 3."), "2 objects, 3."},
		{htmlProse("a <b>"), "a <code>&lt;b&gt;</code>"},
		{fence("diff", []safe.Text{"+ ```", "- x"}), "````diff\n+ ```\n- x\n````\n"},
		{link("open", "https://app.example/a(b)"), "[open](https://app.example/a%28b%29)"},
		{link("open", "javascript:alert(1)"), ""},
		{count(1, "row") + count(2, "row"), "1 row2 rows"},
		{join([]markup{"a", "b"}, ", "), "a, b"},
		{minute(time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600))), "2026-01-02 02:04 UTC"},
		{marker("plan", "a-->b"), "<!-- ddmon:plan a--/3eb -->"},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}
