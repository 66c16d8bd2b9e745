package monitorcheck

import (
	"math"
	"slices"
	"time"

	"ddmon/internal/ddquery"
)

// maxStatuses is how far back a service check's query may look.
const maxStatuses = 100

// serviceCheck checks a service check's chain and its thresholds, which count statuses.
func (k *checker) serviceCheck(q *ddquery.CheckQuery) {
	k.noThresholdWindows()
	if q.Check.Value == "" {
		k.at(q.Check, "check_name", SeverityError, "the service check has no name", `write "datadog.agent.up"`)
	}
	known := []string{"over", "exclude", "by", "last", "count_by_status", "pct_by_status"}
	for _, m := range q.Chain {
		if !slices.Contains(known, m.Name.Name) {
			k.at(m.Name, "unknown_method", SeverityWarning, "."+m.Name.Name+"() is not known", didYouMean(m.Name.Name, known))
		}
	}
	if ddquery.MethodNamed(q.Chain, "count_by_status") == nil && ddquery.MethodNamed(q.Chain, "pct_by_status") == nil {
		k.at(q, "status_count", SeverityError, "the query does not count statuses", "end it with .count_by_status()")
	}
	if ddquery.MethodNamed(q.Chain, "by") == nil {
		k.at(q, "missing_by", SeverityWarning, "the query does not group", `Datadog demands a grouping of custom checks: write .by("*")`)
	}
	if ddquery.MethodNamed(q.Chain, "over") == nil {
		k.at(q, "missing_over", SeverityWarning, "the query does not say where the check runs", `write .over("*")`)
	}
	k.lastStatuses(q)
}

// lastStatuses checks .last(n) against the thresholds.
func (k *checker) lastStatuses(q *ddquery.CheckQuery) {
	last := q.Last()
	t := &k.m.Options.Thresholds
	if last == nil {
		if ddquery.MethodNamed(q.Chain, "pct_by_status") == nil {
			k.at(q, "missing_last", SeverityError, "the query does not say how many statuses it looks at", "write .last(2) before .count_by_status()")
		}
		return
	}
	switch {
	case last.Value != math.Trunc(last.Value) || last.Value < 1:
		k.at(last, "last_count", SeverityError, ".last() takes a whole number of statuses", "write .last(2)")
	case last.Value > maxStatuses:
		k.at(last, "last_count", SeverityError, "the query looks at more than 100 statuses", "write at most .last(100)")
	}
	for _, threshold := range []*float64{t.Critical, t.Warning, t.OK, t.Unknown} {
		if threshold == nil {
			continue
		}
		if *threshold != math.Trunc(*threshold) {
			k.add("threshold_count", SeverityError, "options.thresholds", "a service check's threshold "+number(*threshold)+" is no count of statuses", "write a whole number")
		}
		if *threshold > last.Value {
			k.at(last, "last_threshold", SeverityError,
				"the query looks at "+last.Text+" statuses, a threshold counts "+number(*threshold), "write .last("+number(*threshold)+")").
				Server = "Last field should be larger than or equal to max threshold defined in monitor options"
			return
		}
	}
}

// maxMembers is how many monitors a composite may hold.
const maxMembers = 10

// composite checks what can be told without knowing the members.
func (k *checker) composite(q *ddquery.CompositeQuery) {
	k.noThresholdWindows()
	distinct := map[string]bool{}
	for _, id := range q.IDs() {
		if distinct[id.ID] = true; len(distinct) > maxMembers {
			k.at(id, "composite_members", SeverityError, "a composite has at most 10 members", "split it into several")
			break
		}
	}
	ddquery.Walk(q, func(n ddquery.Node) bool {
		or, ok := n.(*ddquery.BoolLogic)
		if !ok || or.Op != "||" {
			return true
		}
		for _, term := range or.Terms {
			if and, ok := term.(*ddquery.BoolLogic); ok {
				k.at(and, "composite_precedence", SeverityWarning, "&& beside || reads either way", "put parentheses around the &&")
			}
		}
		return true
	})
}

// slo checks an SLO alert's time frame and windows.
func (k *checker) slo(q *ddquery.SLOQuery) {
	k.noThresholdWindows()
	k.operator(q.Cmp, k.m.Type, ">", ">=")
	if over := q.Over(); over == nil || !slices.Contains([]string{"7d", "30d", "90d"}, over.Name) {
		k.at(ddquery.MethodNamed(q.Chain, "over"), "slo_over", SeverityError, "an SLO has the time frames 7d, 30d and 90d", `write .over("30d")`)
	}
	long, short := q.LongWindow(), q.ShortWindow()
	if q.Func.Name == "error_budget" {
		return
	}
	if long == nil || short == nil {
		k.at(q, "slo_windows", SeverityError, "a burn rate has a long and a short window", `write .long_window("1h").short_window("5m")`)
		return
	}
	if d := long.Duration(); d < time.Hour || d > 2*day {
		k.at(long, "slo_windows", SeverityError, "the long window is outside of 1h to 48h", "")
	}
	if short.Duration() >= long.Duration() {
		k.at(short, "slo_windows", SeverityError, "the short window is not shorter than the long one", "a twelfth of it is usual")
	}
}
