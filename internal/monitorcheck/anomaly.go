package monitorcheck

import (
	"time"

	"ddmon/internal/ddquery"
)

const fieldThresholdWindows = "options.threshold_windows"

// noThresholdWindows reports threshold windows in a monitor without anomalies.
func (k *checker) noThresholdWindows() {
	if k.m.Options.ThresholdWindows != nil {
		k.add("threshold_windows", SeverityError, fieldThresholdWindows, "only anomalies(…) supports threshold windows", "remove them")
	}
}

// thresholdWindows checks that the threshold windows match the alert window.
func (k *checker) thresholdWindows(q *ddquery.MetricQuery, alert *ddquery.Window) {
	t := k.m.Options.ThresholdWindows
	if t == nil {
		return
	}
	trigger := k.optionWindow(t.Trigger, fieldThresholdWindows+".trigger_window")
	recovery := k.optionWindow(t.Recovery, fieldThresholdWindows+".recovery_window")
	if trigger == nil {
		return
	}
	if alert != nil && alert.Duration() != trigger.Duration() {
		k.add("trigger_window", SeverityError, fieldThresholdWindows+".trigger_window",
			"the trigger window "+t.Trigger+" differs from the query's alert_window "+alert.Text, "make them equal")
	}
	threshold, ok := q.Cmp.Value()
	if recovery == nil || !ok {
		return
	}
	shortest := time.Duration(float64(trigger.Duration())*(1-threshold)) + time.Minute
	if d := recovery.Duration(); d < shortest || d > trigger.Duration() {
		k.add("recovery_window", SeverityWarning, fieldThresholdWindows+".recovery_window",
			"with the recovery window "+t.Recovery+", the monitor can alert and recover at the same time",
			"use a window from "+humanDuration(shortest)+" to the trigger window "+t.Trigger)
	}
}

// optionWindow parses a window in an option. It reports an invalid window and returns nil.
func (k *checker) optionWindow(text, field string) *ddquery.Window {
	if text == "" {
		return nil
	}
	w, err := ddquery.ParseWindow(text)
	if err != nil {
		k.add("window", SeverityError, field, text+" is not a valid window", "write last_15m")
		return nil
	}
	return w
}
