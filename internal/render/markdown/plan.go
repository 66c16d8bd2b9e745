package markdown

import (
	"cmp"
	"io"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/diag"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render/safe"
)

// Input is the content of a pull request comment.
type Input struct {
	// Plan is the zero RedactedPlan if the configuration cannot be read or planned; Diagnostics say why.
	Plan planfile.RedactedPlan
	// Stack is the name of the stack, for use without a plan.
	Stack string
	// Base separates the changes of the pull request from drift; the zero RedactedBase shows them together.
	Base planfile.RedactedBase
	// Effects is the behaviour of the changed monitors on recorded data; nil if unknown.
	Effects *behaviour.Report
	// Diagnostics are the findings; only errors and warnings are shown.
	Diagnostics diag.Shown
	// Links returns the URL of a live object's page in Datadog, or ""; nil for a comment without links.
	Links func(kind, id string) string
	// Budget is the maximum size of the comment in bytes: 0 means 65000, just below GitHub's limit. The minimum is
	// 8192.
	Budget int
}

// The budgets of a comment, in bytes.
const (
	defaultBudget = 65000
	minBudget     = 8192
)

// Plan writes a plan as a pull request comment: Marker, a headline, the diagnostics, the recipients before and after,
// the behaviour on recorded data, and the diff of each change. With a base, the changes of the pull request come first
// and drift follows. The comment never exceeds the budget: it omits the least important parts and says so. It returns
// an error only if w fails.
func Plan(w io.Writer, in Input) error {
	m := &comment{Input: in, plan: in.Plan.Plan(), base: in.Base.Base()}
	budget := max(cmp.Or(m.Budget, defaultBudget), minBudget)
	switch {
	case m.plan == nil:
		return m.unplanned(newPage(budget, 0)).writeTo(w)
	case m.base == nil:
		return m.planned(newPage(budget, 1)).writeTo(w)
	}
	return m.planned(newPage(budget, 2)).writeTo(w)
}

// comment is a plan being written.
type comment struct {
	Input
	plan *plan.Plan
	base *plan.Base
}

// isOffline reports whether the plan compares two configurations, without Datadog.
func (m *comment) isOffline() bool { return m.base != nil && m.base.Offline }

func (m *comment) planned(p *page) *page {
	own, drift := m.entries()
	all := recipientsOf(m.plan)
	p.add(marker("plan", m.plan.Stack) + "\n### " + m.headline(own, drift, all) + "\n\n" + m.summary() + "\n\n")
	share := p.left / 4 // for each section; the changes get the rest
	p.table(m.diagnosticTable(diag.SeverityError, "error", "Errors"), share)
	p.table(recipientsTable(all, m.isOffline()), share)
	p.table(behaviourTable(m.Effects), share)
	p.table(m.diagnosticTable(diag.SeverityWarning, "warning", "Warnings"), share/2)
	if m.base == nil {
		p.changes("Changes", own, 0)
		return p
	}
	const title = "Drift in Datadog, reverted by apply"
	p.changes("Changes in this pull request", own, p.room(title, drift))
	if a := m.base.Adopted; len(a) > 0 && !p.add("Already applied in Datadog: "+codeAddresses(a)+".\n\n") {
		p.add("Already applied in Datadog: " + count(len(a), "object") + ".\n\n")
	}
	p.changes(title, drift, 0)
	return p
}

// unplanned writes why there is no plan.
func (m *comment) unplanned(p *page) *page {
	errors, warnings := m.diagnosticTable(diag.SeverityError, "error", "Errors"), m.diagnosticTable(diag.SeverityWarning, "warning", "Warnings")
	title := markup("Planning failed")
	if n := len(errors.rows); n > 0 {
		title += ", " + count(n, "error")
	}
	p.add(marker("plan", m.Stack) + "\n### " + title + "\n\n")
	if m.Stack != "" {
		p.add("Stack " + codeSpan(safe.Clip(m.Stack, maxName)) + ". The changes are unknown.\n\n")
	}
	p.table(errors, p.left*3/4)
	p.table(warnings, p.left)
	return p
}

// summary counts the changes, like the last line of a plan on a terminal.
func (m *comment) summary() markup {
	text := "Stack " + codeSpan(safe.Clip(m.plan.Stack, maxName)) + ": "
	if sum := m.plan.Summary(); sum == (plan.Summary{}) {
		text += count(len(m.plan.Changes), "object") + ", nothing to do."
	} else {
		text += number(sum.Add) + " to add, " + number(sum.Change) + " to change, " + number(sum.Destroy) + " to destroy"
		if sum.Blocked > 0 {
			text += ", " + count(sum.Blocked, "object") + " blocked"
		}
		text += "; " + number(len(m.plan.Changes)-sum.Add-sum.Change-sum.Destroy-sum.Blocked+m.replaced()) + " unchanged."
	}
	if m.base != nil {
		text += " Compared with " + codeSpan(safe.Clip(m.base.Name, maxName)) + "."
	}
	if slices.ContainsFunc(m.Diagnostics.List(), func(d *hcl.Diagnostic) bool { return diag.Code(d) == plan.CodeManyDeletes }) {
		text += " **Exceeds the deletion limit: apply will refuse this plan.**"
	}
	if m.Effects != nil {
		if n := m.Effects.CountRegressions(); n > 0 {
			text += " **" + count(n, "regression") + " against recorded incidents.**"
		}
	}
	return text
}

// replaced counts the replacements. The plan's summary counts each as an addition and as a deletion.
func (m *comment) replaced() int {
	n := 0
	for i := range m.plan.Changes {
		if m.plan.Changes[i].Action == plan.Replace {
			n++
		}
	}
	return n
}

// diagnosticTable lists the diagnostics of one severity.
func (m *comment) diagnosticTable(of diag.Severity, noun, title markup) table {
	t := table{title: title, noun: noun}
	for _, d := range m.Diagnostics.List() {
		if diag.SeverityOf(d) == of {
			t.rows = append(t.rows, diagnosticItem(d))
		}
	}
	return t
}
