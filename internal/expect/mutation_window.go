package expect

import (
	"strconv"
	"strings"
	"time"

	"ddmon/internal/ddquery"
)

// window changes the length of a query's window, or the shift of a change query, in whole minutes.
func (m *mutable) window(field string, adjust func(float64) float64) (from, to string, ok bool) {
	w := windowOf(m.query.Root, field)
	if w == nil || w.Kind != ddquery.WindowLast && w.Kind != ddquery.WindowAgo {
		return "", "", false
	}
	minutes := adjust(w.Duration().Minutes())
	if minutes < 1 {
		return "", "", false
	}
	amount := strconv.Itoa(w.Count) + w.Unit
	from = strings.Trim(w.Text, `"'`)
	changed := formatWindow(time.Duration(minutes) * time.Minute)
	w.Text = strings.Replace(w.Text, amount, changed, 1)
	return from, strings.Trim(w.Text, `"'`), true
}

// formatWindow formats a duration in the largest unit without a fraction.
func formatWindow(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d%day == 0:
		return strconv.Itoa(int(d/day)) + "d"
	case d%time.Hour == 0:
		return strconv.Itoa(int(d/time.Hour)) + "h"
	}
	return strconv.Itoa(int(d/time.Minute)) + "m"
}

func windowOf(q ddquery.Query, field string) *ddquery.Window {
	switch q := q.(type) {
	case *ddquery.MetricQuery:
		switch {
		case field == "window":
			return q.Window
		case q.Change != nil:
			return q.Change.Shift
		}
	case *ddquery.FormulaQuery:
		if field == "window" {
			return q.Last()
		}
	case *ddquery.LogQuery:
		if field == "window" {
			return q.Last()
		}
	}
	return nil
}
