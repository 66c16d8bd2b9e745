package render_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/markdown"
)

// limit is GitHub's maximum size of a comment.
const limit = 65536

func asMarkdown(t testing.TB, m markdown.Input) string {
	t.Helper()
	var out bytes.Buffer
	if err := markdown.Plan(&out, m); err != nil {
		t.Fatal(err)
	}
	checkMarkdown(t, out.String())
	return out.String()
}

// What is allowed outside of fences: the marker, the folds, and code.
var (
	codeElement = regexp.MustCompile("<code>[^<>`]*</code>")
	inSummary   = regexp.MustCompile("<code>[^<>]*</code>") // where no Markdown is read
	backticked  = regexp.MustCompile("`[^`\n]+`")
	ourTags     = regexp.MustCompile(`</?(details|summary|b)>`)
)

// checkMarkdown fails if text from outside escapes its fence or code element.
func checkMarkdown(t testing.TB, text string) {
	t.Helper()
	fence, open := "", 0
	for i, line := range strings.Split(text, "\n") {
		if strings.ContainsFunc(line, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x202e }) {
			t.Fatalf("line %d holds a control character: %q", i+1, line)
		}
		if marks := line[:len(line)-len(strings.TrimLeft(line, "`"))]; fence != "" {
			if line == fence {
				fence = ""
			} else if len(marks) >= len(fence) {
				t.Fatalf("line %d ends the fence: %q", i+1, line)
			}
			continue
		} else if len(marks) >= 3 {
			fence = marks
			continue
		}
		if i == 0 {
			if !strings.HasPrefix(line, "<!-- ddmon:") || strings.Index(line, "-->") != len(line)-3 {
				t.Fatalf("the marker is %q", line)
			}
			continue
		}
		rest := backticked.ReplaceAllString(codeElement.ReplaceAllString(line, ""), "")
		if strings.HasPrefix(line, "<details><summary>") {
			rest = inSummary.ReplaceAllString(line, "")
		}
		open += strings.Count(rest, "<details>") - strings.Count(rest, "</details>")
		if open < 0 || open > 1 || strings.Count(rest, "<summary>") != strings.Count(rest, "</summary>") {
			t.Fatalf("folds are not balanced at line %d: %q", i+1, line)
		}
		rest = ourTags.ReplaceAllString(rest, "")
		if strings.ContainsAny(rest, "<>@`") {
			t.Fatalf("line %d holds markup from outside: %q", i+1, rest)
		}
	}
	if fence != "" || open != 0 {
		t.Fatalf("a fence (%q) or %d folds stay open", fence, open)
	}
}

func build(t testing.TB, desired, live []*object.Object) *plan.Plan {
	t.Helper()
	p, diags := plan.Build(plan.Input{Stack: "s", Kinds: kind.All(), Desired: desired, Live: live})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

func links(kind, id string) string { return "https://app.datadoghq.eu/" + kind + "s/" + id }

// mixed is everything, plus monitors with other recipients and thresholds.
func mixed(t *testing.T) *plan.Plan {
	p := everything(t)
	monitor := func(query, message, more string) string {
		return fmt.Sprintf(`{"name":"m","type":"query alert","query":%q,"message":%q%s}`, query, message, more)
	}
	query := func(n int) string { return fmt.Sprintf("min(last_5m):avg:rabbitmq.queue.messages{*} > %d", n) }
	more := build(t, []*object.Object{
		desired(t, "monitor.loose", monitor(query(70), "- high\n+ @slack-shipping", `,"priority":3`)),
		desired(t, "monitor.tight", monitor(query(50), "high", `,"options":{"notify_no_data":true}`)),
		desired(t, "monitor.same", monitor(query(50), "high @slack-shipping", "")),
	}, []*object.Object{
		live(t, "monitor.loose", "11", monitor(query(50), "- low\n+ @slack-shipping @pagerduty-orders", `,"priority":1`)),
		live(t, "monitor.tight", "12", monitor(query(70), "high", "")),
		live(t, "monitor.same", "13", monitor(query(50), "high @slack-shipping", "")),
		live(t, "monitor.old", "14", monitor(query(50), "high @slack-shipping @pagerduty-orders", "")),
	})
	p.Changes = append(p.Changes, more.Changes...)
	return p
}

func TestMarkdown(t *testing.T) {
	at := hcl.Range{Filename: "monitors/a.hcl", Start: hcl.Pos{Line: 7}}
	got := asMarkdown(t, markdown.Input{
		Plan: shownPlan(mixed(t)), Effects: report(), Links: links,
		Diagnostics: showDiags(hcl.Diagnostics{
			diag.Error("prevent_destroy", "Object is protected", "monitor.gone[\"<b>\"] would be deleted.\nRemove it.", at),
			diag.Warning("unknown_handle", "Unknown handle", "@slack-nowhere does not exist.", hcl.Range{}),
			diag.Info("info", "Not shown", "Not shown.", at),
		}),
	})
	if strings.Contains(got, "hunter") || strings.Contains(got, "Not shown") {
		t.Error("a sensitive value or an info diagnostic is shown")
	}
	golden(t, "markdown_mixed.md", got)
}

func TestMarkdownNoChanges(t *testing.T) {
	same := `{"name":"same","type":"query alert","query":"avg(last_5m):avg:m{*} > 1","message":"@slack-a"}`
	p := build(t, []*object.Object{desired(t, "monitor.same", same)}, []*object.Object{live(t, "monitor.same", "1", same)})
	golden(t, "markdown_empty.md", asMarkdown(t, markdown.Input{Plan: shownPlan(p)}))
}

// many is a plan of n changes: of each four, one deletes, one loosens, and two create.
func many(t testing.TB, n int) *plan.Plan {
	p := &plan.Plan{Stack: "many"}
	for i := range n {
		text := strings.Repeat(fmt.Sprintf("line of message %d\n", i), 20)
		a := map[string]any{"name": fmt.Sprint("monitor ", i), "type": "query alert", "query": "avg(last_5m):avg:m{*} > 1", "message": text + "@slack-a"}
		b := map[string]any{"name": fmt.Sprint("monitor ", i), "type": "query alert", "query": "avg(last_5m):avg:m{*} > 2", "message": text + "@slack-b"}
		c := plan.Change{Address: object.Address{Kind: "monitor", Name: fmt.Sprintf("m%03d", i)}}
		switch i % 4 {
		case 0:
			c.Action, c.Before = plan.Delete, a
		case 1:
			c.Action, c.Before, c.After = plan.Update, a, b
			c.Edits = []plan.Edit{{Path: object.Path{"message"}, Op: plan.Modify, Before: a["message"], After: b["message"]}}
		default:
			c.Action, c.After = plan.Create, b
		}
		p.Changes = append(p.Changes, c)
	}
	return p
}

func TestMarkdownKeepsItsBudget(t *testing.T) {
	p := many(t, 500)
	got := asMarkdown(t, markdown.Input{Plan: shownPlan(p), Links: links})
	if len(got) >= limit || len(got) < limit/2 {
		t.Errorf("500 changes take %d bytes", len(got))
	}
	for _, want := range []string{"125 monitors loosened", "125 monitors deleted", "more monitors not shown (comment size limit)", "not shown (comment size limit)"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
	first, last := strings.Index(got, "<b>delete"), strings.Index(got, "<b>create")
	if first < 0 || last >= 0 && last < strings.LastIndex(got, "<b>update") {
		t.Error("changes are not cut from the least important end")
	}
	for n := range 60 {
		budget := 8192 + n*997
		if got := asMarkdown(t, markdown.Input{Plan: shownPlan(p), Effects: report(), Budget: budget}); len(got) > budget {
			t.Errorf("a budget of %d bytes is exceeded by %d", budget, len(got)-budget)
		}
	}
	huge := asMarkdown(t, markdown.Input{Plan: shownPlan(many(t, 5000))})
	if len(huge) >= limit || !strings.Contains(huge, "more changes not shown") {
		t.Errorf("5000 changes take %d bytes, or it does not say that some are missing", len(huge))
	}
}
