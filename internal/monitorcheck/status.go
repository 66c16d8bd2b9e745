package monitorcheck

import (
	"math"
	"slices"
	"time"

	"ddmon/internal/ddquery"
)

// maxStatuses is the maximum number of statuses that a service check can evaluate.
const maxStatuses = 100

// serviceCheck checks the methods and thresholds of a service check. The thresholds are numbers of statuses.
func (k *checker) serviceCheck(q *ddquery.CheckQuery) {
	k.noThresholdWindows()
	if q.Check.Value == "" {
		k.at(q.Check, "check_name", SeverityError, "the service check has no name", `write "datadog.agent.up"`)
	}
	known := []string{"over", "exclude", "by", "last", "count_by_status", "pct_by_status"}
	for _, m := range q.Chain {
		if !slices.Contains(known, m.Name.Name) {
			k.at(m.Name, "unknown_method", SeverityWarning, "unknown method ."+m.Name.Name+"()", didYouMean(m.Name.Name, known))
		}
	}
	if ddquery.MethodNamed(q.Chain, "count_by_status") == nil && ddquery.MethodNamed(q.Chain, "pct_by_status") == nil {
		k.at(q, "status_count", SeverityError, "the query does not count statuses", "end it with .count_by_status()")
	}
	if ddquery.MethodNamed(q.Chain, "by") == nil {
		k.at(q, "missing_by", SeverityWarning, "the query has no groups", `write .by("*"), because Datadog requires a grouping for custom checks`)
	}
	if ddquery.MethodNamed(q.Chain, "over") == nil {
		k.at(q, "missing_over", SeverityWarning, "the query has no scope", `write .over("*")`)
	}
	k.lastStatuses(q)
}

// lastStatuses checks .last(n) against the thresholds.
func (k *checker) lastStatuses(q *ddquery.CheckQuery) {
	last := q.Last()
	t := &k.m.Options.Thresholds
	if last == nil {
		if ddquery.MethodNamed(q.Chain, "pct_by_status") == nil {
			k.at(q, "missing_last", SeverityError, "the query does not set the number of statuses to evaluate", "write .last(2) before .count_by_status()")
		}
		return
	}
	switch {
	case last.Value != math.Trunc(last.Value) || last.Value < 1:
		k.at(last, "last_count", SeverityError, ".last() requires an integer", "write .last(2)")
	case last.Value > maxStatuses:
		k.at(last, "last_count", SeverityError, "the query evaluates more than 100 statuses", "write at most .last(100)")
	}
	for _, threshold := range []*float64{t.Critical, t.Warning, t.OK, t.Unknown} {
		if threshold == nil {
			continue
		}
		if *threshold != math.Trunc(*threshold) {
			k.add("threshold_count", SeverityError, "options.thresholds", "the threshold "+number(*threshold)+" of a service check is not an integer", "use an integer number of statuses")
		}
		if *threshold > last.Value {
			k.at(last, "last_threshold", SeverityError,
				"the query evaluates "+last.Text+" statuses, but a threshold is "+number(*threshold), "write .last("+number(*threshold)+")").
				Server = "Last field should be larger than or equal to max threshold defined in monitor options"
			return
		}
	}
}

// maxMembers is the maximum number of members of a composite.
const maxMembers = 10

// composite checks a composite without its members.
func (k *checker) composite(q *ddquery.CompositeQuery) {
	k.noThresholdWindows()
	distinct := map[string]bool{}
	for _, id := range q.IDs() {
		if distinct[id.ID] = true; len(distinct) > maxMembers {
			k.at(id, "composite_members", SeverityError, "a composite can have at most 10 members", "split it into several composites")
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
				k.at(and, "composite_precedence", SeverityWarning, "&& combined with || is ambiguous", "put parentheses around the &&")
			}
		}
		return true
	})
}

// slo checks the time frame and the windows of an SLO alert.
func (k *checker) slo(q *ddquery.SLOQuery) {
	k.noThresholdWindows()
	k.operator(q.Cmp, k.m.Type, ">", ">=")
	if over := q.Over(); over == nil || !slices.Contains([]string{"7d", "30d", "90d"}, over.Name) {
		k.at(ddquery.MethodNamed(q.Chain, "over"), "slo_over", SeverityError, "an SLO time frame must be 7d, 30d or 90d", `write .over("30d")`)
	}
	long, short := q.LongWindow(), q.ShortWindow()
	if q.Func.Name == "error_budget" {
		return
	}
	if long == nil || short == nil {
		k.at(q, "slo_windows", SeverityError, "a burn rate needs a long and a short window", `write .long_window("1h").short_window("5m")`)
		return
	}
	if d := long.Duration(); d < time.Hour || d > 2*day {
		k.at(long, "slo_windows", SeverityError, "the long window must be 1h to 48h", "")
	}
	if short.Duration() >= long.Duration() {
		k.at(short, "slo_windows", SeverityError, "the short window must be shorter than the long window", "use a twelfth of it")
	}
}
