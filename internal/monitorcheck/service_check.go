package monitorcheck

import (
	"math"
	"slices"

	"ddmon/internal/ddquery"
)

// maxStatuses is the maximum number of statuses that a service check can evaluate.
const maxStatuses = 100

// serviceCheck checks the methods and thresholds of a service check.
func (k *checker) serviceCheck(q *ddquery.CheckQuery) {
	k.noThresholdWindows()
	if q.Check.Value == "" {
		k.at(q.Check, "check_name", SeverityError, "the service check has no name", `write "datadog.agent.up"`)
	}
	known := []string{"over", "exclude", "by", "last", "count_by_status", "pct_by_status"}
	for _, m := range q.Chain {
		if !slices.Contains(known, m.Name.Name) {
			k.at(m.Name, "unknown_method", SeverityError, "unknown method ."+m.Name.Name+"()", didYouMean(m.Name.Name, known))
		}
	}
	if ddquery.MethodNamed(q.Chain, "count_by_status") == nil && ddquery.MethodNamed(q.Chain, "pct_by_status") == nil {
		k.at(q, "status_count", SeverityError, "the query does not count statuses", "end it with .count_by_status()")
	}
	if ddquery.MethodNamed(q.Chain, "by") == nil {
		k.at(q, "missing_by", SeverityError, "the query has no groups", `write .by("*")`).ServerError = "A grouping must be specified for custom checks"
	}
	if ddquery.MethodNamed(q.Chain, "over") == nil {
		k.at(q, "missing_over", SeverityWarning, "the query has no scope", `write .over("*")`)
	}
	k.lastStatuses(q)
	if ddquery.MethodNamed(q.Chain, "pct_by_status") != nil {
		k.percentages()
	} else {
		k.statusCounts(q.Last())
	}
}

// lastStatuses checks .last(n).
func (k *checker) lastStatuses(q *ddquery.CheckQuery) {
	last := q.Last()
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
}

// statusCounts checks thresholds that are numbers of consecutive statuses, at most the number in .last(n).
func (k *checker) statusCounts(last *ddquery.Number) {
	for _, threshold := range k.statusThresholds() {
		if *threshold != math.Trunc(*threshold) {
			k.add("threshold_count", SeverityError, "options.thresholds", "the threshold "+number(*threshold)+" of a service check is not an integer", "use an integer number of statuses")
		}
		if last != nil && *threshold > last.Value {
			k.at(last, "last_threshold", SeverityError,
				"the query evaluates "+last.Text+" statuses, but a threshold is "+number(*threshold), "write .last("+number(*threshold)+")").
				ServerError = "Last field should be larger than or equal to max threshold defined in monitor options"
			return
		}
	}
}

// percentages checks the thresholds of a cluster alert, which are percentages of the groups with a status.
func (k *checker) percentages() {
	for _, threshold := range k.statusThresholds() {
		if *threshold < 0 || *threshold > 100 {
			k.add("threshold_percent", SeverityWarning, "options.thresholds", "the threshold "+number(*threshold)+" is not a percentage",
				"use a number from 0 to 100")
		}
	}
}

// statusThresholds returns the thresholds that are set.
func (k *checker) statusThresholds() []*float64 {
	t := &k.m.Options.Thresholds
	return slices.DeleteFunc([]*float64{t.Critical, t.Warning, t.OK, t.Unknown}, func(v *float64) bool { return v == nil })
}
