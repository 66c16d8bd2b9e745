// Package hostile has test data: text that an attacker could put into monitors, dashboards, recordings and other input
// to abuse ddmon's output. It also checks that output shows this text harmlessly.
//
// Start reading at Texts.
package hostile

import "strings"

// Text is a hostile text, named after what it attempts.
type Text struct{ Name, Text string }

// Texts are the hostile texts, in a fixed order.
func Texts() []Text {
	return []Text{
		{"colour", "\x1b[31mred\x1b[0m"},
		{"hyperlink", "\x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\"},
		{"title", "\x1b]0;title\x07"},
		{"cursor", "\x1b[2J\x1b[1A\x1b[999Dover"},
		{"C1", "\u009b31m\u0085next\u0090q\u009c"},
		{"C1 as a byte", "\x9b31m"},
		{"NUL", "a\x00b"},
		{"overwrite", "good\rbad\b\b\x7f\v\f"},
		{"direction", "\u202egnp.exe\u202c \u2066a\u2069 \u200fb\u061c"},
		{"zero width", "ad\u200bmin\ufeff\u2060\u00ad\U000e0041"},
		{"separators", "one\u2028two\u2029three"},
		{"no UTF-8", "\xff\xfe \xc3( \xed\xa0\x80"},
		{"lines", "one\n\n# heading\n***\n1. item\n    code\n> quote\n- [x] task\n  EOT\n<<-EOT\n+ added"},
		{"backticks", "`` ` ```` ```"},
		{"fences", "```\n@octocat\n~~~\n`````diff\n- gone"},
		{"table", "a | b \\| c \\\n|---|---|\n| d |"},
		{"links", "[click](javascript:alert(1)) [x][y] ![i](http://evil.example/i.png)\n[y]: http://evil.example"},
		{"addresses", "https://evil.example/ www.evil.example <https://evil.example> me@evil.example"},
		{"HTML", "</details></summary></code><img src=x onerror=alert(1)><svg/onload=alert(1)><a href=\"//evil.example\">x</a>"},
		{"attribute", "\" onmouseover=\"alert(1)\" x='y' style=color:red"},
		{"script", "</script><script>alert(1)</script></style><style>*{}</style><!--<script>"},
		{"comment", "--> --!> <!-- <![CDATA[ ]]> <?xml?> <!DOCTYPE x>"},
		{"mentions", "@octocat @github/team cc:@octocat (@octocat) @octocat's"},
		{"references", "#123 GH-123 octo/cat#1 #1, octo@deadbeef deadbeefdeadbeefdeadbeefdeadbeefdeadbeef 1a2b3c4"},
		{"emphasis", "**b** _i_ ~~s~~ $x$ :tada: [^1] ==m== a_b_ *c*"},
		{"commands", "::error file=a,line=1::x\n::stop-commands::t\n  ::set-output name=x::y"},
		{"old commands", "##[error]x\n##[group]y ##[endgroup]"},
		{"HCL", "${file(\"/etc/passwd\")} %{ if true }x%{ endif } $${x} \"}"},
		{"Go template", "{{.}} {{printf \"%s\" .}} %s %d %!x(MISSING)"},
		{"entities", "&lt;b&gt; &#64;octocat &#x40;octocat &commat;octocat &undefined; &amp;amp;"},
		{"CSV", "=1+1,\"a\";'b'\t+x"},
		{"JSON", "\",\"admin\":true,\"x\":\"\\u0000\\"},
		{"shell", "$(reboot) `reboot` ; reboot | reboot && reboot"},
		{"spaces", "   "},
		{"empty", ""},
		{"long word", strings.Repeat("m", 300)},
	}
}

// Each returns a function that cycles through the texts.
func Each() func() string {
	all := Texts()
	at := -1
	return func() string {
		at = (at + 1) % len(all)
		return all[at].Text
	}
}

// Only returns a function that always returns the same text.
func Only(text string) func() string { return func() string { return text } }

// Megabyte is a text of a megabyte that repeats all others. It begins with First and ends with Last.
func Megabyte() string {
	var block strings.Builder
	for _, t := range Texts() {
		block.WriteString(t.Text + " word\n")
	}
	return First + strings.Repeat(block.String(), 1<<20/block.Len()+1) + Last
}

// The first and last words of Megabyte.
const (
	First = "the-very-first-word "
	Last  = " the-very-last-word"
)
