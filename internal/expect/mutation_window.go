package expect

import (
	"math"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/ddquery"
)

// windowChanges doubles and halves the window, and the shift of a change query, in whole minutes.
func windowChanges(m *mutable) []change { return editChanges(m, windowEdits) }

func windowEdits(_ *mutable, p fragment) []edit {
	var list []edit
	for _, field := range []string{"window", "shift"} {
		w := windowOf(p.root, field)
		if w == nil || w.Kind != ddquery.WindowLast && w.Kind != ddquery.WindowAgo {
			continue
		}
		amount := strconv.Itoa(w.Count) + w.Unit
		for _, factor := range []float64{2, 0.5} {
			minutes := math.Floor(w.Duration().Minutes() * factor)
			if minutes < 1 {
				continue
			}
			changed := strings.Replace(w.Text, amount, formatWindow(time.Duration(minutes)*time.Minute), 1)
			list = append(list, edit{field, strings.Trim(w.Text, `"'`), strings.Trim(changed, `"'`), []splice{replaceNode(w, changed)}})
		}
	}
	return list
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

func windowOf(root ddquery.Node, field string) *ddquery.Window {
	switch q := root.(type) {
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
