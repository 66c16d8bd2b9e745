package replay

import (
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
)

// missingDataAction is how a monitor treats a group without data.
type missingDataAction uint8

const (
	keepStatus     missingDataAction = iota // the last known status stays
	evaluateAsZero                          // missing data is a count of zero
	showNoData                              // the status becomes No Data
	resolve                                 // the status becomes OK
)

// missingData is how a monitor handles missing data.
type missingData struct {
	when missingDataAction
	// notify means that No Data notifies.
	notify bool
	// after is how long data must be missing, in milliseconds; 0 means as soon as the window is empty.
	after int64
	// whenAll applies evaluateAsZero only if no group has data: a grouped log query with a lower threshold does not alert
	// for a single group without logs.
	whenAll bool
}

// newMissingData reads on_missing_data or the older notify_no_data and no_data_timeframe. counts means that the query
// counts and does not use default_zero, events that it counts logs or events. window is the length of the window.
//
// If neither is set, a query that counts events evaluates missing data as zero. Other queries show No Data after twice
// the window, but do not notify.
func newMissingData(o *monitor.Options, counts, events bool, window int64) missingData {
	zero := missingData{when: evaluateAsZero}
	switch o.OnMissingData {
	case "default":
		if counts {
			return zero
		}
		return missingData{when: keepStatus}
	case "show_no_data":
		return missingData{when: showNoData}
	case "show_and_notify_no_data":
		return missingData{when: showNoData, notify: true}
	case "resolve":
		return missingData{when: resolve}
	}
	notify := isTrue(o.NotifyNoData)
	if events && counts && !notify {
		return zero
	}
	after := evaluate.Milliseconds(or(o.NoDataTimeframe, 0), evaluate.Minute)
	if after <= 0 || !notify {
		after = monitor.DefaultTimeframeWindows * window
	}
	return missingData{when: showNoData, notify: notify, after: after}
}
