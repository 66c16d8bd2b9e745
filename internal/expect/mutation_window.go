package expect

import (
	"strconv"
	"strings"
	"time"

	"ddmon/internal/ddquery"
)

// window changes the length of a query's window, or of the shift of a change, in whole minutes.
func (m *mutable) window(field string, nudge func(float64) float64) (from, to string, ok bool) {
	w := windowOf(m.query.Root, field)
	if w == nil || w.Kind != ddquery.WindowLast && w.Kind != ddquery.WindowAgo {
		return "", "", false
	}
	minutes := nudge(w.Duration().Minutes())
	if minutes < 1 {
		return "", "", false
	}
	amount := strconv.Itoa(w.Count) + w.Unit
	from = strings.Trim(w.Text, `"'`)
	changed := span(time.Duration(minutes) * time.Minute)
	w.Text = strings.Replace(w.Text, amount, changed, 1)
	return from, strings.Trim(w.Text, `"'`), true
}

// span writes whole minutes in the largest unit that holds them.
func span(d time.Duration) string {
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
