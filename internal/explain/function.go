package explain

import (
	"fmt"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
)

// call says what a function makes of its first argument, of which inner is the wording.
func call(c *ddquery.Call, inner string) string {
	name := c.Name.Name
	if pattern := functionWords(name); pattern != "" {
		return fmt.Sprintf(pattern, inner)
	}
	if n, ok := numbered(name, "ewma_"); ok {
		return inner + ", smoothed over its last " + n + " values"
	}
	if n, ok := numbered(name, "median_"); ok {
		return "the median of the last " + n + " values of " + inner
	}
	if limit, ok := constant(argument(c.Args, 1)); ok {
		if text := limited(name, inner, limit); text != "" {
			return text
		}
	}
	switch {
	case name == "moving_rollup":
		if seconds, ok := constant(argument(c.Args, 1)); ok {
			return inner + ", rolled up over the last " + lapse(seconds) + " to " + strings.TrimSuffix(aggregated(word(argument(c.Args, 2))), " of")
		}
	case strings.HasPrefix(name, "top"), strings.HasPrefix(name, "bottom"):
		return ranked(c, inner)
	}
	return inner + ", put through " + code(named(c))
}

// functionWords has the functions that need no argument but the query.
func functionWords(name string) string {
	switch name {
	case "abs":
		return "the absolute value of %s"
	case "log2", "log10":
		return "the logarithm (base " + strings.TrimPrefix(name, "log") + ") of %s"
	case "cumsum":
		return "the running total of %s"
	case "integral":
		return "the integral over time of %s"
	case "default_zero":
		return "%s, with 0 where there is no data"
	case "per_second", "per_minute", "per_hour":
		return "the increase per " + strings.TrimPrefix(name, "per_") + " of %s"
	case "diff":
		return "the change from one value to the next of %s"
	case "monotonic_diff":
		return "the increase from one value to the next of %s"
	case "derivative":
		return "the slope per second of %s"
	case "dt":
		return "the time between two values of %s"
	case "count_nonzero":
		return "how many groups are not 0 in %s"
	case "count_not_null":
		return "how many groups have data in %s"
	case "autosmooth":
		return "%s, smoothed"
	case "exclude_null":
		return "%s, without groups that lack a tag"
	case "trend_line", "robust_trend":
		return "the trend line of %s"
	case "piecewise_constant":
		return "the levels that are kept by %s"
	case "hour_before", "day_before", "week_before":
		return "%s, as it was 1 " + strings.TrimSuffix(name, "_before") + " before"
	case "month_before":
		return "%s, as it was 4 weeks before"
	case "failed_runs":
		return "the number of failed runs of %s"
	}
	return ""
}

func limited(name, inner string, limit float64) string {
	switch name {
	case "cutoff_max":
		return inner + ", without values above " + figure(limit)
	case "cutoff_min":
		return inner + ", without values below " + figure(limit)
	case "clamp_max":
		return inner + ", cut to at most " + figure(limit)
	case "clamp_min":
		return inner + ", raised to at least " + figure(limit)
	case "timeshift":
		return inner + ", " + shifted(limit)
	}
	return ""
}

// ranked explains top(q, 5, 'mean', 'desc') and its short forms top5, bottom10_mean.
func ranked(c *ddquery.Call, inner string) string {
	name := c.Name.Name
	if n, ok := constant(argument(c.Args, 1)); ok && name == "top" {
		end := "highest"
		if word(argument(c.Args, 3)) == "asc" {
			end = "lowest"
		}
		return "the " + figure(n) + " groups with the " + end + " " + or(word(argument(c.Args, 2)), "mean") + " in " + inner
	}
	for prefix, end := range map[string]string{"top": "highest", "bottom": "lowest"} {
		rest, ok := strings.CutPrefix(name, prefix)
		n, by, _ := strings.Cut(rest, "_")
		if _, err := strconv.Atoi(n); ok && err == nil {
			return "the " + n + " groups with the " + end + " " + or(by, "mean") + " in " + inner
		}
	}
	return inner + ", put through " + code(named(c))
}

func numbered(name, prefix string) (string, bool) {
	n, ok := strings.CutPrefix(name, prefix)
	return n, ok && n != ""
}

// named writes a call without its query: foo(…, 3).
func named(c *ddquery.Call) string {
	args := []string{"…"}
	for i, arg := range c.Args {
		if i > 0 {
			args = append(args, ddquery.Print(arg))
		}
	}
	return c.Name.Name + "(" + strings.Join(args, ", ") + ")"
}
