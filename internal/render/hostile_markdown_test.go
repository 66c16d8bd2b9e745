package render_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"ddmon/internal/render/hostile"
	"ddmon/internal/render/markdown"
)

// page renders a comment as GitHub does before it sanitises the HTML: with raw HTML and GitHub's Markdown extensions.
func page(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(renderer.WithUnsafe()))
	if err := md.Convert([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// ours are the allowed elements of a comment, with their allowed attribute.
var ours = map[string]string{
	"h3": "", "h4": "", "p": "", "ul": "", "li": "", "b": "", "strong": "", "em": "", "code": "class", "pre": "", "details": "", "summary": "",
	"table": "", "thead": "", "tbody": "", "tr": "", "th": "", "td": "", "a": "href",
}

// calls matches what GitHub turns into a link or a notification outside of code: mentions, issues, commits, URLs,
// emoji, mathematics.
var calls = regexp.MustCompile(`[@$\\<>]|#\d|\b[A-Za-z]\w*-\d|\b[0-9a-f]{7,40}\b|://|\bwww\.|:\w+:|javascript`)

// checkPage checks the elements that a browser sees: text from outside must be only text.
func checkPage(t testing.TB, text string) {
	t.Helper()
	var open []string
	counts := map[string]int{}
	for z := html.NewTokenizer(strings.NewReader(page(t, text))); ; {
		kind := z.Next()
		token := z.Token()
		switch kind {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) || len(open) > 0 || counts["h3"] != 1 {
				t.Fatalf("it ends with %v, %v stay open, there are %d headlines", z.Err(), open, counts["h3"])
			}
			return
		case html.StartTagToken:
			checkTag(t, token, open)
			open = append(open, token.Data)
			counts[token.Data]++
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> ends %v", token.Data, open)
			}
			open = open[:len(open)-1]
		case html.TextToken:
			if !slices.Contains(open, "code") && calls.MatchString(token.Data) {
				t.Fatalf("in %v: %q calls %q", open, token.Data, calls.FindString(token.Data))
			}
		case html.CommentToken:
			if counts["comment"]++; counts["comment"] > 1 || !strings.HasPrefix(token.Data, " ddmon:") || len(open) > 0 {
				t.Fatalf("a comment: %q", token.Data)
			}
		default:
			t.Fatalf("%v: %q", kind, token.Data)
		}
	}
}

func checkTag(t testing.TB, token html.Token, open []string) {
	t.Helper()
	attribute, known := ours[token.Data]
	if !known || token.Data == "details" && len(open) > 0 || token.Data == "summary" && (len(open) != 1 || open[0] != "details") {
		t.Fatalf("<%s> within %v", token.Data, open)
	}
	for _, a := range token.Attr {
		ok := a.Key == attribute && (a.Val == "language-diff" || token.Data == "a" && strings.HasPrefix(a.Val, "https://app.datadoghq.eu/"))
		if !ok {
			t.Fatalf("<%s %s=%q>", token.Data, a.Key, a.Val)
		}
	}
}

// comments are all Markdown renderers, by the names of their golden files.
func comments(t testing.TB) map[string]func(o outside) string {
	links := markdown.AppLinks("https://app.datadoghq.eu")
	return map[string]func(o outside) string{
		"markdown": func(o outside) string {
			diags, _ := o.diagnostics()
			return asMarkdown(t, markdown.Input{Plan: shownPlan(o.changes()), Effects: o.behaviour(), Diagnostics: showDiags(diags), Links: links})
		},
		"markdown_base": func(o outside) string {
			p := o.changes()
			return asMarkdown(t, markdown.Input{Plan: shownPlan(p), Base: showBase(o.base(p)), Links: links})
		},
		"markdown_unplanned": func(o outside) string {
			diags, _ := o.diagnostics()
			return asMarkdown(t, markdown.Input{Stack: o.s(), Diagnostics: showDiags(diags)})
		},
		"markdown_drift": func(o outside) string { return driftMarkdown(t, o.drift()) },
	}
}

func TestHostileMarkdown(t *testing.T) {
	for name, f := range comments(t) {
		got := each(func(o outside) string {
			text := f(o)
			checkPage(t, text)
			return text
		})
		golden(t, "hostile_"+name+".md", got)
		for _, text := range hostile.Texts() {
			t.Run(fmt.Sprint(name, " of ", text.Name), func(t *testing.T) {
				got := f(outside{hostile.Only(text.Text)})
				if err := hostile.Visible(got); err != nil {
					t.Errorf("%.300v", err)
				}
				if len(got) >= limit {
					t.Errorf("%d bytes", len(got))
				}
				checkPage(t, got)
			})
		}
	}
}

// TestMegabyteMarkdown: a comment shows as much of a megabyte as fits, and says that something is missing.
func TestMegabyteMarkdown(t *testing.T) {
	for _, s := range []string{hostile.Megabyte(), strings.Repeat("`", 1<<17), strings.Repeat("m@essage\n", 1<<14), strings.Repeat("日", 1<<16)} {
		for name, f := range comments(t) {
			places := 0
			got := f(outside{func() string {
				if places++; places%2 == 0 {
					return "x"
				}
				return s
			}})
			if len(got) >= limit || !strings.Contains(got, "not shown") && !strings.Contains(got, "more)") && !strings.Contains(got, "…") {
				t.Errorf("%s: so much of %q takes %d bytes, or it does not say that some are missing", name, s[:8], len(got))
			}
			checkPage(t, got)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, text := range hostile.Texts() {
		f.Add(text.Text)
	}
	f.Add("\\ www.evil.example")
	f.Fuzz(func(t *testing.T, s string) {
		for _, f := range comments(t) {
			got := f(outside{hostile.Only(s)})
			if len(got) >= limit {
				t.Errorf("%d bytes", len(got))
			}
			checkPage(t, got)
		}
	})
}
