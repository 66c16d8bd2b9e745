package monitorcheck

import (
	"slices"
	"strings"
)

// knownFunctions are the functions of Datadog's documentation and of recorded dashboards, for hints at a misspelt one. An unknown one is legal.
var knownFunctions = strings.Fields(`abs log2 log10 cumsum integral default_zero per_second per_minute per_hour dt diff
		monotonic_diff derivative throughput count_nonzero count_not_null ewma_3 ewma_5 ewma_7 ewma_10 ewma_20
		median_3 median_5 median_7 median_9 autosmooth rollup moving_rollup exclude_null cutoff_max cutoff_min clamp_max
		clamp_min top robust_trend trend_line piecewise_constant timeshift hour_before day_before
		week_before month_before calendar_shift anomalies outliers forecast percentile reduce failed_runs`)

// isKnownFunction also knows the families top10, bottom5_mean and so on.
func isKnownFunction(name string) bool {
	for _, prefix := range []string{"top", "bottom"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" && '0' <= rest[0] && rest[0] <= '9' {
			return true
		}
	}
	return slices.Contains(knownFunctions, name)
}

// isSpaceAgg reports whether name is a space aggregation: avg, p95, p99.9.
func isSpaceAgg(name string) bool {
	switch name {
	case "avg", "sum", "min", "max", "count":
		return true
	}
	digits, ok := strings.CutPrefix(name, "p")
	return ok && digits != "" && strings.Trim(digits, "0123456789.") == ""
}

// knownModifiers are the modifiers of a metric.
var knownModifiers = []string{"as_count", "as_rate", "weighted", "rollup", "fill", "timeshift"}
