package monitorcheck

import (
	"strings"
	"time"

	"ddmon/internal/ddquery"
)

// limit is the shortest and longest supported window. soft is the documented maximum. Longer windows up to max are
// known to work, so they are only a warning.
type limit struct {
	min, soft, max time.Duration
	what           string
}

const (
	day   = 24 * time.Hour
	month = 31 * day
	year  = 366 * day
)

// windowLimit checks a sliding window.
func (k *checker) windowLimit(w *ddquery.Window, l limit) {
	d := w.Duration()
	switch {
	case d <= 0:
		k.at(w, "window_zero", SeverityError, "the window "+w.Text+" has zero length", "write last_5m")
	case l.max > 0 && d > l.max:
		k.at(w, "window_long", SeverityError, "the window "+w.Text+" is too long", l.what+" supports at most "+humanDuration(l.max))
	case l.soft > 0 && d > l.soft:
		k.at(w, "window_long", SeverityWarning, "the window "+w.Text+" is longer than "+humanDuration(l.soft), "Datadog may reject it for "+l.what)
	case d < l.min:
		k.at(w, "window_short", SeverityWarning, "the window "+w.Text+" is shorter than "+humanDuration(l.min), "Datadog may reject it for "+l.what)
	}
}

// humanDuration formats a duration in days if it is more than two whole days, else in hours or minutes.
func humanDuration(d time.Duration) string {
	if d%day == 0 && d > 2*day {
		return number(d.Hours()/24) + " days"
	}
	if d%time.Hour == 0 {
		return number(d.Hours()) + "h"
	}
	return number(d.Minutes()) + "m"
}

// metricWindow checks a metric query's window.
func (k *checker) metricWindow(q *ddquery.MetricQuery) {
	algorithm := algorithmOf(q.Expr)
	w := q.Window
	switch {
	case w.Kind == ddquery.WindowNext && algorithm != "forecast":
		k.at(w, "window_next", SeverityError, "only a forecast supports next_", "write last_"+strings.TrimPrefix(w.Text, "next_"))
	case w.Kind == ddquery.WindowAgo:
		k.at(w, "window_ago", SeverityError, w.Text+" is a shift, not a window", "write last_"+strings.TrimSuffix(w.Text, "_ago"))
	case w.Unit == "s":
		k.at(w, "window_unit", SeverityError, "a metric query does not support a window in seconds", "use m, h, d, w or mo")
	case w.Kind == ddquery.WindowCurrent:
		if w.Count != 1 || w.Unit != "h" && w.Unit != "d" && w.Unit != "mo" {
			k.at(w, "window_current", SeverityError, w.Text+" is not a cumulative window", "write current_1h, current_1d or current_1mo")
		}
	case w.Kind == ddquery.WindowNext:
		k.windowLimit(w, limit{min: 12 * time.Hour, soft: 92 * day, what: "a forecast"})
	case q.Change != nil:
		k.windowLimit(w, limit{soft: 2 * day, max: month, what: "a change"})
	case algorithm == "outliers":
		k.windowLimit(w, limit{max: year, what: "an outlier monitor"})
	default:
		k.windowLimit(w, limit{max: month, what: "a metric monitor"})
	}
	if q.Change != nil {
		k.shift(q.Change.Shift)
	}
}

func (k *checker) shift(w *ddquery.Window) {
	if w.Kind == ddquery.WindowCurrent || w.Kind == ddquery.WindowNext {
		k.at(w, "window_shift", SeverityError, w.Text+" is not a shift", "write last_1h to compare with an hour ago")
		return
	}
	k.windowLimit(w, limit{max: month, what: "the shift of a change"})
}
