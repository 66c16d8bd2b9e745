package replay

import "ddmon/internal/ddquery"

// Thresholds are a monitor's thresholds, in the unit of its query; nil if not set. For a service check they are counts
// of consecutive statuses.
type Thresholds struct {
	Critical, CriticalRecovery, Warning, WarningRecovery *float64
}

// limits determine the status for a value.
type limits struct {
	Thresholds
	op string
}

// past reports whether a value is beyond a threshold; false if the threshold is not set. Compared with a recovery
// threshold, it means that the group has not recovered: > recovers at <=, >= at <, < at >=, <= at >.
func (l limits) past(value float64, limit *float64) bool {
	return limit != nil && ddquery.Satisfies(value, l.op, *limit)
}

// next returns the status after an evaluation. A critical_recovery beyond the warning threshold is ignored: a group
// leaves Alert when the value is no longer past the warning threshold.
func (l limits) next(before Status, value float64) Status {
	warn := l.past(value, l.Warning)
	switch {
	case l.past(value, l.Critical):
		return Alert
	case before == Alert && l.past(value, l.CriticalRecovery) && (warn || l.Warning == nil):
		return Alert
	case warn:
		return Warn
	case before.Triggered() && l.Warning != nil && l.past(value, l.WarningRecovery):
		return Warn
	}
	return OK
}
