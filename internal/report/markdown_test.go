package report

import (
	"bytes"
	"strings"
	"testing"
)

// messageHTML renders a message like the page does.
func messageHTML(t testing.TB, message string) string {
	t.Helper()
	var b bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&b, "message.tmpl", renderMarkdown(newMarkdownParser(), message)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkdown(t *testing.T) {
	for message, want := range map[string]string{
		"":                                    "",
		"\n\n\n":                              "",
		"a\n\n\n\nb":                          "<p>a</p><p>b</p>",
		"a\nb":                                "<p>a<br>b</p>",
		"**a** *b* _c_ `d*e*`":                "<p><strong>a</strong> <em>b</em> <em>c</em> <code>d*e*</code></p>",
		"# Head\ntext":                        `<p class="heading">Head</p><p>text</p>`,
		"1. a\n2. b":                          `<ol start="1"><li>a</li><li>b</li></ol>`,
		"3. a":                                `<ol start="3"><li>a</li></ol>`,
		"- a\n  - b\n\ntext":                  "<ul><li>a<ul><li>b</li></ul></li></ul><p>text</p>",
		"> a":                                 "<blockquote><p>a</p></blockquote>",
		"a\n\n---\n\nb":                       "<p>a</p><hr><p>b</p>",
		"```\nkubectl <x>\n```":               "<pre>kubectl &lt;x&gt;\n</pre>",
		"    indented":                        "<pre>indented\n</pre>",
		`\*a\* 1 &lt; 2 \&lt;`:                "<p>*a* 1 &lt; 2 &amp;lt;</p>",
		"a &#x202e; b \u202e":                 `<p>a \u202e b \u202e</p>`,
		"@slack-orders me@x.com":              "<p>@slack-orders me@x.com</p>",
		"queue_a_b | c":                       "<p>queue_a_b | c</p>",
		"[a](https://x.com/?a=1&b)":           `<p><a href="https://x.com/?a=1&amp;b" rel="noopener noreferrer">a</a></p>`,
		"see https://x.com/a, b":              `<p>see <a href="https://x.com/a" rel="noopener noreferrer">https://x.com/a</a>, b</p>`,
		"<https://x.com>":                     `<p><a href="https://x.com" rel="noopener noreferrer">https://x.com</a></p>`,
		"![i](https://x.com/i.png)":           `<p><a href="https://x.com/i.png" rel="noopener noreferrer">i</a></p>`,
		"![](https://x.com/i.png)":            `<p><a href="https://x.com/i.png" rel="noopener noreferrer">https://x.com/i.png</a></p>`,
		"[a](/monitors/1)":                    "<p>a (/monitors/1)</p>",
		"[a](//evil.com)":                     "<p>a (//evil.com)</p>",
		"[a](https:evil.com)":                 "<p>a (https:evil.com)</p>",
		"[a](mailto:x@y.z)":                   "<p>a (mailto:x@y.z)</p>",
		"[a](javascript:alert(1))":            "<p>a (javascript:alert(1))</p>",
		"[a](&#106;avascript:x)":              "<p>a (javascript:x)</p>",
		"[a](javascript://x.com/%0Aalert(1))": "<p>a (javascript://x.com/%0Aalert(1))</p>",
		"[a](file://x.com/etc/passwd)":        "<p>a (file://x.com/etc/passwd)</p>",
		"[a](JaVaScRiPt:x)":                   "<p>a (JaVaScRiPt:x)</p>",
		"[a](data:text/html,x)":               "<p>a (data:text/html,x)</p>",
		"[a]\n\n[a]: vbscript:x":              "<p>a (vbscript:x)</p>",
		"<javascript:alert(1)>":               "<p>javascript:alert(1) (javascript:alert(1))</p>",
		"<b onclick=x>a</b>":                  "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>",
		"<script>\nalert(1)\n</script>":       "<p>&lt;script&gt;<br>alert(1)<br>&lt;/script&gt;</p>",
		"<!-- a -->":                          "<p>&lt;!-- a --&gt;</p>",
	} {
		if got := messageHTML(t, message); got != want {
			t.Errorf("%q is\n%s\nnot\n%s", message, got, want)
		}
	}
}

// TestMarkdownLimits: a message whose elements would be much larger than its text, or deeply nested, is shown unchanged.
func TestMarkdownLimits(t *testing.T) {
	long := "https://example.com/" + strings.Repeat("x", 1500)
	for name, message := range map[string]string{
		"references": "[a]: " + long + "\n\n" + strings.Repeat("[a] ", 600),
		"quotes":     strings.Repeat(">", 2000) + " a",
		"lists":      strings.Repeat("- ", 1000) + "a",
		"links":      strings.Repeat("[", 2000) + "a" + strings.Repeat("](b)", 500),
		"emphasis":   strings.Repeat("*a ", 600) + strings.Repeat("b* ", 600),
		"code":       "a " + strings.Repeat("`` ` ", 700),
	} {
		got := messageHTML(t, message)
		if len(got) > 16*maxMarkdownSize || strings.Count(got, "<blockquote>") > maxMarkdownDepth {
			t.Errorf("%s: %d bytes", name, len(got))
		}
		if !strings.Contains(got, "a") {
			t.Errorf("%s: the text is missing", name)
		}
	}
	if got := messageHTML(t, strings.Repeat(">", 100)+" a"); got != "<pre>"+strings.Repeat("&gt;", 100)+" a</pre>" {
		t.Errorf("quotes: %s", got)
	}
}

// FuzzMarkdown: the elements of a message are balanced, and its text cannot add others.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"**a**\n- b\n\n> c", "[a](b)", "<a>", "```\nx", "a\\\nb", "&amp;&#0;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, message string) {
		message, _ = truncate(message, maxMessage)
		var check func(list []markdown) int
		check = func(list []markdown) (nodes int) {
			for _, m := range list {
				nodes += 1 + check(m.Children)
				if m.Link != "" && !m.Link.HasPrefix("http://") && !m.Link.HasPrefix("https://") && !m.Link.HasPrefix("HTTP") {
					t.Errorf("a link to %q", m.Link)
				}
			}
			return nodes
		}
		if n := check(renderMarkdown(newMarkdownParser(), message)); n > maxMarkdownSize {
			t.Errorf("%d elements", n)
		}
		if got := messageHTML(t, message); strings.Count(got, "<") != strings.Count(got, ">") {
			t.Errorf("unbalanced: %q", got)
		}
	})
}
