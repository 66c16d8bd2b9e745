package replay

import (
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
)

// whenMissing is what a monitor does with a group that has no data.
type whenMissing uint8

const (
	keepStatus     whenMissing = iota // the last known status stays
	evaluateAsZero                    // nothing was counted
	showNoData                        // the status becomes No Data
	resolve                           // the status becomes OK
)

// absence is a monitor's answer to missing data.
type absence struct {
	when whenMissing
	// notify says that No Data is told.
	notify bool
	// after is how long data has to be missing, in milliseconds; 0 means as soon as the window is empty.
	after int64
	// whenAll holds evaluateAsZero back until no group has data: a grouped log query below a threshold does not alert
	// for one group that falls silent.
	whenAll bool
}

// newAbsence reads on_missing_data or, without it, the older notify_no_data and no_data_timeframe. counts says that the
// query counts something and does not itself ask for default_zero, events that what it counts are logs or the like,
// window is its length.
//
// Where neither is set, a query that counts events is evaluated as zero; for any other, not telling is what
// notify_no_data = false says, and No Data is still shown, after twice the window.
func newAbsence(o *monitor.Options, counts, events bool, window int64) absence {
	zero := absence{when: evaluateAsZero}
	switch o.OnMissingData {
	case "default":
		if counts {
			return zero
		}
		return absence{when: keepStatus}
	case "show_no_data":
		return absence{when: showNoData}
	case "show_and_notify_no_data":
		return absence{when: showNoData, notify: true}
	case "resolve":
		return absence{when: resolve}
	}
	notify := isTrue(o.NotifyNoData)
	if events && counts && !notify {
		return zero
	}
	after := evaluate.Milliseconds(or(o.NoDataTimeframe, 0), evaluate.Minute)
	if after <= 0 || !notify {
		after = monitor.DefaultTimeframeWindows * window
	}
	return absence{when: showNoData, notify: notify, after: after}
}
