package render_test

import (
	"strings"
	"testing"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/markdown"
)

// TestNothingEmptyIsFolded: a change without a diff, a link or a caveat is a plain line.
func TestNothingEmptyIsFolded(t *testing.T) {
	p := &plan.Plan{Stack: "s"}
	for _, action := range []plan.Action{plan.Create, plan.Update, plan.Replace, plan.Delete, plan.Blocked} {
		p.Changes = append(p.Changes, plan.Change{Action: action, Address: object.Address{Kind: "monitor", Name: string(action)}})
	}
	for name, text := range map[string]string{"nothing to unfold": asMarkdown(t, markdown.Input{Plan: shownPlan(p)}), "content": asMarkdown(t, markdown.Input{Plan: shownPlan(mixed(t))})} {
		if strings.Contains(text, "</summary>\n\n</details>") {
			t.Errorf("%s: an empty <details> element\n%s", name, text)
		}
		if folded := strings.Contains(text, "<details>"); folded != (name == "content") {
			t.Errorf("%s: folded is %v\n%s", name, folded, text)
		}
	}
}
