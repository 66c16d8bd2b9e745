package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/diag"
	"ddmon/internal/plan"
)

// MarkdownInput is what a comment on a pull request is written from.
type MarkdownInput struct {
	// Plan is nil where the configuration cannot be read or planned; the diagnostics say why.
	Plan *plan.Plan
	// Stack names the stack where Plan is nil.
	Stack string
	// Base tells the changes of the pull request from those of the live objects; nil to show both as one.
	Base *plan.Base
	// Effects are what the plan would have meant in recorded time; nil if that is not known.
	Effects *behaviour.Report
	// Diagnostics are shown if they are errors or warnings.
	Diagnostics hcl.Diagnostics
	// Links returns the address of a live object's page in Datadog, or ""; nil for a comment without links.
	Links func(kind, id string) string
	// Budget is how many bytes the comment may have: 0 is 65000, just below what GitHub takes; less than 8192 is 8192.
	Budget int
}

// The budgets of a comment, in bytes.
const (
	usualBudget = 65000
	leastBudget = 8192
)

// Markdown writes a plan as a comment for a pull request: first MarkdownMarker, then what happens in one sentence,
// what is wrong, who is told now and after, what would have been caught, and each change folded. With a base the
// changes are those of the pull request, and what happened in Datadog meanwhile follows. It is never longer than the
// budget: whole parts are left out, visibly, from the least important end. The error is that of w.
func Markdown(w io.Writer, m MarkdownInput) error {
	m.Plan, m.Base = shown(m.Plan), shownBase(m.Base)
	budget := max(cmp.Or(m.Budget, usualBudget), leastBudget)
	switch {
	case m.Plan == nil:
		return m.unplanned(newPage(budget, 0)).writeTo(w)
	case m.Base == nil:
		return m.planned(newPage(budget, 1)).writeTo(w)
	}
	return m.planned(newPage(budget, 2)).writeTo(w)
}

// isOffline reports whether the plan leads from one configuration to another, and not from Datadog to one.
func (m *MarkdownInput) isOffline() bool { return m.Base != nil && m.Base.Offline }

func (m *MarkdownInput) planned(p *page) *page {
	own, drift := m.judged()
	people := audienceOf(m.Plan)
	p.add(MarkdownMarker(m.Plan.Stack) + "\n### " + m.headline(own, drift, people) + "\n\n" + m.summary() + "\n\n")
	share := p.left / 4 // of each section; what one does not use is for the changes
	p.table(m.diagnosticTable("error", "Errors"), share)
	p.table(toldTable(people, m.isOffline()), share)
	p.table(behaviourTable(m.Effects), share)
	p.table(m.diagnosticTable("warning", "Warnings"), share/2)
	if m.Base == nil {
		p.changes("Changes", own, 0)
		return p
	}
	const title = "Drift in Datadog, set back by apply"
	p.changes("Changes of this pull request", own, p.room(title, drift))
	if a := m.Base.Adopted; len(a) > 0 && !p.add("Already so in Datadog: "+codeAddresses(a)+".\n\n") {
		p.add("Already so in Datadog: " + Count(len(a), "object") + ".\n\n")
	}
	p.changes(title, drift, 0)
	return p
}

// unplanned writes that there is no plan, and why.
func (m *MarkdownInput) unplanned(p *page) *page {
	errors, warnings := m.diagnosticTable("error", "Errors"), m.diagnosticTable("warning", "Warnings")
	title := "No plan could be made"
	if n := len(errors.rows); n > 0 {
		title += ", " + Count(n, "error")
	}
	p.add(MarkdownMarker(m.Stack) + "\n### " + title + "\n\n")
	if m.Stack != "" {
		p.add("Stack " + codeSpan(clip(m.Stack, longestName)) + ". Nothing is known of what would change.\n\n")
	}
	p.table(errors, p.left*3/4)
	p.table(warnings, p.left)
	return p
}

// summary counts, as the last line of a plan on a terminal does.
func (m *MarkdownInput) summary() string {
	text := "Stack " + codeSpan(clip(m.Plan.Stack, longestName)) + ": "
	if sum := m.Plan.Summary(); sum == (plan.Summary{}) {
		text += Count(len(m.Plan.Changes), "object") + ", nothing to do."
	} else {
		text += fmt.Sprintf("%d to add, %d to change, %d to destroy", sum.Add, sum.Change, sum.Destroy)
		if sum.Blocked > 0 {
			text += ", " + Count(sum.Blocked, "object") + " blocked"
		}
		text += fmt.Sprintf("; %d unchanged.", len(m.Plan.Changes)-sum.Add-sum.Change-sum.Destroy-sum.Blocked+m.replaced())
	}
	if m.Base != nil {
		text += " Compared with " + codeSpan(clip(m.Base.Name, longestName)) + "."
	}
	if slices.ContainsFunc(m.Diagnostics, func(d *hcl.Diagnostic) bool { return diag.Code(d) == plan.CodeManyDeletes }) {
		text += " **Apply refuses so many deletions.**"
	}
	if m.Effects != nil {
		if n := len(m.Effects.Regressions()); n > 0 {
			text += " **In recorded time it gets worse: " + Count(n, "regression") + ".**"
		}
	}
	return text
}

// replaced counts replacements, which are both an addition and a destruction.
func (m *MarkdownInput) replaced() int {
	n := 0
	for i := range m.Plan.Changes {
		if m.Plan.Changes[i].Action == plan.Replace {
			n++
		}
	}
	return n
}

// diagnosticTable lists the diagnostics of one severity.
func (m *MarkdownInput) diagnosticTable(of, title string) table {
	t := table{title: title, thing: of}
	for _, d := range m.Diagnostics {
		if severity(d) != of {
			continue
		}
		text := "- **" + prose(clip(d.Summary, longestName)) + "** (" + codeSpan(clip(diag.Code(d), longestName)) + ")"
		if d.Subject != nil {
			text += " at " + codeSpan(fmt.Sprintf("%s:%d", clip(d.Subject.Filename, longestName), d.Subject.Start.Line))
		}
		detail := strings.Join(strings.Fields(d.Detail), " ")
		t.rows = append(t.rows, text+": "+prose(clip(detail, longestSentence))+"\n")
	}
	return t
}
