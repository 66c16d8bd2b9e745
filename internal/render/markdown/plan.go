package markdown

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/diag"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render/safe"
)

// Input is what a comment on a pull request is written from.
type Input struct {
	// Plan is the zero ShownPlan where the configuration cannot be read or planned; the diagnostics say why.
	Plan planfile.ShownPlan
	// Stack names the stack where there is no plan.
	Stack string
	// Base separates the changes of the pull request from those of the live objects; the zero ShownBase shows both as one.
	Base planfile.ShownBase
	// Effects are what the plan would have meant in recorded time; nil if that is not known.
	Effects *behaviour.Report
	// Diagnostics are shown if they are errors or warnings.
	Diagnostics diag.Shown
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

// Plan writes a plan as a comment for a pull request: first Marker, then what happens in one sentence,
// what is wrong, who is told now and after, what would have been caught, and each change folded. With a base the
// changes are those of the pull request, and what happened in Datadog meanwhile follows. It is never longer than the
// budget: whole parts are left out, visibly, from the least important end. The error is that of w.
func Plan(w io.Writer, in Input) error {
	m := &comment{Input: in, plan: in.Plan.Plan(), base: in.Base.Base()}
	budget := max(cmp.Or(m.Budget, usualBudget), leastBudget)
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

// isOffline reports whether the plan leads from one configuration to another, and not from Datadog to one.
func (m *comment) isOffline() bool { return m.base != nil && m.base.Offline }

func (m *comment) planned(p *page) *page {
	own, drift := m.judged()
	people := audienceOf(m.plan)
	p.add(marker("plan", m.plan.Stack) + "\n### " + m.headline(own, drift, people) + "\n\n" + m.summary() + "\n\n")
	share := p.left / 4 // of each section; what one does not use is for the changes
	p.table(m.diagnosticTable(diag.SeverityError, "error", "Errors"), share)
	p.table(toldTable(people, m.isOffline()), share)
	p.table(behaviourTable(m.Effects), share)
	p.table(m.diagnosticTable(diag.SeverityWarning, "warning", "Warnings"), share/2)
	if m.base == nil {
		p.changes("Changes", own, 0)
		return p
	}
	const title = "Drift in Datadog, set back by apply"
	p.changes("Changes of this pull request", own, p.room(title, drift))
	if a := m.base.Adopted; len(a) > 0 && !p.add("Already so in Datadog: "+codeAddresses(a)+".\n\n") {
		p.add("Already so in Datadog: " + count(len(a), "object") + ".\n\n")
	}
	p.changes(title, drift, 0)
	return p
}

// unplanned writes that there is no plan, and why.
func (m *comment) unplanned(p *page) *page {
	errors, warnings := m.diagnosticTable(diag.SeverityError, "error", "Errors"), m.diagnosticTable(diag.SeverityWarning, "warning", "Warnings")
	title := markup("No plan could be made")
	if n := len(errors.rows); n > 0 {
		title += ", " + count(n, "error")
	}
	p.add(marker("plan", m.Stack) + "\n### " + title + "\n\n")
	if m.Stack != "" {
		p.add("Stack " + codeSpan(safe.Clip(m.Stack, longestName)) + ". Nothing is known of what would change.\n\n")
	}
	p.table(errors, p.left*3/4)
	p.table(warnings, p.left)
	return p
}

// summary counts, as the last line of a plan on a terminal does.
func (m *comment) summary() markup {
	text := "Stack " + codeSpan(safe.Clip(m.plan.Stack, longestName)) + ": "
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
		text += " Compared with " + codeSpan(safe.Clip(m.base.Name, longestName)) + "."
	}
	if slices.ContainsFunc(m.Diagnostics.List(), func(d *hcl.Diagnostic) bool { return diag.Code(d) == plan.CodeManyDeletes }) {
		text += " **Apply refuses so many deletions.**"
	}
	if m.Effects != nil {
		if n := len(m.Effects.Regressions()); n > 0 {
			text += " **In recorded time it gets worse: " + count(n, "regression") + ".**"
		}
	}
	return text
}

// replaced counts replacements, which are both an addition and a destruction.
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
func (m *comment) diagnosticTable(of diag.Severity, thing, title markup) table {
	t := table{title: title, thing: thing}
	for _, d := range m.Diagnostics.List() {
		if diag.SeverityOf(d) != of {
			continue
		}
		text := "- **" + prose(safe.Clip(d.Summary, longestName)) + "** (" + codeSpan(safe.Clip(diag.Code(d), longestName)) + ")"
		if d.Subject != nil {
			text += " at " + codeSpan(safe.Clip(d.Subject.Filename, longestName)+":"+safe.Int(d.Subject.Start.Line))
		}
		detail := strings.Join(strings.Fields(d.Detail), " ")
		t.rows = append(t.rows, text+": "+prose(safe.Clip(detail, longestSentence))+"\n")
	}
	return t
}
