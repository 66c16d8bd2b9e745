package explain

import (
	"math"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
)

// list joins words as a sentence does: a, b and c.
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

// quoted marks a name, code a piece of a query.
func quoted(s string) string { return `"` + oneLine(s) + `"` }
func code(s string) string   { return "`" + oneLine(s) + "`" }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// figure writes a number with commas between thousands from 10,000 on.
func figure(v float64) string {
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

// set returns the number behind p if it is there and not 0, which an option that is off may be too.
func set(p *float64) (float64, bool) {
	if p == nil || *p == 0 {
		return 0, false
	}
	return *p, true
}

// count writes 1 minute or 5 minutes.
func count(n float64, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return figure(n) + " " + unit + "s"
}

// lapse writes a number of seconds in the largest unit that leaves no fraction.
func lapse(seconds float64) string {
	for _, unit := range []struct {
		name    string
		seconds float64
	}{{"day", 86400}, {"hour", 3600}, {"minute", 60}} {
		if seconds != 0 && math.Mod(seconds, unit.seconds) == 0 {
			return count(seconds/unit.seconds, unit.name)
		}
	}
	return count(seconds, "second")
}

// unitName is a window's unit in words.
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

// length is a window's length: 5 minutes.
func length(w *ddquery.Window) string { return count(float64(w.Count), unitName(w)) }

// window is a window as a sentence's object: the last 5 minutes, the current day, the next week.
func window(w *ddquery.Window) string {
	switch {
	case w == nil:
		return "a time that its query does not say"
	case w.Kind == ddquery.WindowCurrent && w.Count == 1:
		return "the current " + unitName(w) + " so far"
	case w.Kind == ddquery.WindowNext:
		return "the next " + bareLength(w)
	}
	return "the last " + bareLength(w)
}

// bareLength leaves out a count of 1, as in: the last minute.
func bareLength(w *ddquery.Window) string {
	if w.Count == 1 {
		return unitName(w)
	}
	return length(w)
}

// aggregated names an aggregation of anything.
func aggregated(name string) string {
	switch name {
	case "avg", "mean":
		return "the average of"
	case "sum":
		return "the sum of"
	case "min":
		return "the lowest"
	case "max":
		return "the highest"
	case "count":
		return "the number of values of"
	case "median":
		return "the median of"
	case "last":
		return "the latest"
	}
	digits := strings.TrimPrefix(strings.TrimPrefix(name, "p"), "c")
	if p, err := strconv.ParseFloat(digits, 64); err == nil && digits != name {
		return "the " + figure(p) + "th percentile of"
	}
	return "the " + name + " of"
}

// span reads last_15m as 15 minutes; "" if it is none.
func span(text string) string {
	w, err := ddquery.ParseWindow(text)
	if err != nil {
		return ""
	}
	return length(w)
}
