package monitorcheck

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// Check returns the problems of a monitor: of its query, its options and its message.
func Check(m *monitor.Monitor) []Problem {
	k := &checker{m: m}
	if m.Type == "" {
		k.add("type_required", SeverityError, "type", "the monitor has no type", "").ServerError = "The parameter 'type' is required"
	}
	q, err := ddquery.ParseMonitor(m.Type, m.Query)
	if err != nil {
		k.syntax(err)
	} else {
		k.q = q
		k.groups, k.groupsKnown = m.Groups(q)
		k.form()
		k.root()
		k.thresholds()
		k.options()
	}
	k.message("message", m.Message)
	k.message("options.escalation_message", m.Options.EscalationMessage)
	return k.problems
}

// root checks the query depending on its form.
func (k *checker) root() {
	switch q := k.q.Root.(type) {
	case *ddquery.MetricQuery:
		k.metric(q)
	case *ddquery.FormulaQuery:
		k.formula(q)
	case *ddquery.LogQuery:
		k.logs(q)
	case *ddquery.CheckQuery:
		k.serviceCheck(q)
	case *ddquery.CompositeQuery:
		k.composite(q)
	case *ddquery.SLOQuery:
		k.slo(q)
	}
}
