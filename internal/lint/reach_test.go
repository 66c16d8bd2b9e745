package lint

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
)

// holds reports whether a comparison is true for a value.
func holds(op string, value, limit float64) bool {
	switch op {
	case ">":
		return value > limit
	case ">=":
		return value >= limit
	case "<":
		return value < limit
	default:
		return value <= limit
	}
}

// TestReach compares the rules about what a value can be with a search over all values: a count is never below 0, a
// fraction is also never above 1, and a temperature can be anything.
func TestReach(t *testing.T) {
	limits := []float64{-1, -0.5, 0, 0.5, 1, 1.5}
	for metric, domain := range map[string][2]float64{
		"rabbitmq.queue.messages": {0, 9}, "kubernetes.memory.usage_pct": {0, 1}, "temperature": {-9, 9},
	} {
		for _, op := range []string{">", ">=", "<", "<="} {
			for _, limit := range limits {
				some, all := search(domain, op, limit)
				if domain[1] == 1 {
					_, all = search([2]float64{0, 9}, op, limit) // the rule has no text for a fraction that is always below the threshold
				}
				query := fmt.Sprintf("min(last_5m):avg:%s{*} %s ", metric, op)
				if got := len(found(t, monitorOf(query+fmt.Sprint(limit)), "threshold_impossible")); got != count(!some || all) {
					t.Errorf("%s%v: %d findings, some value alerts: %t, every value: %t", query, limit, got, some, all)
				}
				recovers, _ := search(domain, recoversWhen(op), limit)
				for _, field := range []string{"critical_recovery", "warning_recovery"} {
					options := fmt.Sprintf(`"options":{"thresholds":{"critical":0.5,"%s":%v}}`, field, limit)
					if got := len(found(t, monitorOf(query+"0.5", options), "recovery_unreachable")); got != count(!recovers) {
						t.Errorf("%s with %s: %d findings, some value recovers: %t", query, options, got, recovers)
					}
				}
			}
		}
	}
}

// search reports whether a comparison is true for some value and for all values of a domain.
func search(domain [2]float64, op string, limit float64) (some, all bool) {
	all = true
	for v := domain[0]; v <= domain[1]; v += 0.25 {
		some, all = some || holds(op, v, limit), all && holds(op, v, limit)
	}
	return some, all
}

func count(found bool) int {
	if found {
		return 1
	}
	return 0
}

// found returns the findings of a rule for one monitor.
func found(t *testing.T, monitor, code string) hcl.Diagnostics {
	t.Helper()
	in := inputOf(stack{"monitor.m": monitor}.objects(t))
	in.Metrics = testMetrics()
	in.Options.Enable = []string{code}
	return slices.DeleteFunc(Lint(in), func(d *hcl.Diagnostic) bool { return diag.Code(d) != code })
}
