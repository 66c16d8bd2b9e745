package explain

import (
	"math"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
)

// list joins items as in a sentence: "a, b and c". last is the word before the last item.
func list(items []string, last string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " " + last + " " + items[len(items)-1]
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// quoted formats a name, code a part of a query.
func quoted(s string) string { return `"` + oneLine(s) + `"` }
func code(s string) string   { return "`" + oneLine(s) + "`" }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// formatNumber writes a number, with thousands separators from 10,000.
func formatNumber(v float64) string {
	if math.Abs(v) >= 1e15 || v != 0 && math.Abs(v) < 1e-6 {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	text := strconv.FormatFloat(math.Abs(v), 'f', -1, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0 && math.Abs(v) >= 10000; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if v < 0 {
		return "-" + whole
	}
	return whole
}

// nonZero returns *p and whether it is set. An option that is off can be nil or 0.
func nonZero(p *float64) (float64, bool) {
	if p == nil || *p == 0 {
		return 0, false
	}
	return *p, true
}

// quantity writes a number with its unit: "1 minute", "5 minutes".
func quantity(n float64, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return formatNumber(n) + " " + unit + "s"
}

// formatSeconds writes a duration in the largest unit without a fraction.
func formatSeconds(seconds float64) string {
	for _, unit := range []struct {
		name    string
		seconds float64
	}{{"day", 86400}, {"hour", 3600}, {"minute", 60}} {
		if seconds != 0 && math.Mod(seconds, unit.seconds) == 0 {
			return quantity(seconds/unit.seconds, unit.name)
		}
	}
	return quantity(seconds, "second")
}

// unitName returns the unit of a window in words.
func unitName(w *ddquery.Window) string {
	switch w.Unit {
	case "s":
		return "second"
	case "m":
		return "minute"
	case "h":
		return "hour"
	case "d":
		return "day"
	case "w":
		return "week"
	}
	return "month"
}

// length returns the length of a window: "5 minutes".
func length(w *ddquery.Window) string { return quantity(float64(w.Count), unitName(w)) }

// window describes a window: "the last 5 minutes", "the current day so far", "the next week".
func window(w *ddquery.Window) string {
	switch {
	case w == nil:
		return "a window that the query does not specify"
	case w.Kind == ddquery.WindowCurrent && w.Count == 1:
		return "the current " + unitName(w) + " so far"
	case w.Kind == ddquery.WindowNext:
		return "the next " + lengthOrUnit(w)
	}
	return "the last " + lengthOrUnit(w)
}

// lengthOrUnit omits a count of 1, as in "the last minute".
func lengthOrUnit(w *ddquery.Window) string {
	if w.Count == 1 {
		return unitName(w)
	}
	return length(w)
}

// aggregated returns the words for an aggregation.
func aggregated(name string) string {
	switch name {
	case "avg", "mean":
		return "the average of"
	case "sum":
		return "the sum of"
	case "min":
		return "the minimum of"
	case "max":
		return "the maximum of"
	case "count":
		return "the number of values of"
	case "median":
		return "the median of"
	case "last":
		return "the last value of"
	}
	digits := strings.TrimPrefix(strings.TrimPrefix(name, "p"), "c")
	if p, err := strconv.ParseFloat(digits, 64); err == nil && digits != name {
		return "the " + formatNumber(p) + "th percentile of"
	}
	return "the " + name + " of"
}

// windowLength converts "last_15m" to "15 minutes"; "" if text is not a valid window.
func windowLength(text string) string {
	w, err := ddquery.ParseWindow(text)
	if err != nil {
		return ""
	}
	return length(w)
}
