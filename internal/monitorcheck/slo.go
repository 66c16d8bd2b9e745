package monitorcheck

import (
	"slices"
	"time"

	"ddmon/internal/ddquery"
)

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
		k.at(long, "slo_windows", SeverityError, "the long window must be between 1h and 48h", "")
	}
	if short.Duration() >= long.Duration() {
		k.at(short, "slo_windows", SeverityError, "the short window must be shorter than the long window", "use a twelfth of it")
	}
}
