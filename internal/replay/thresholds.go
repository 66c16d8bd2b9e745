package replay

import "ddmon/internal/ddquery"

// Thresholds are a monitor's, in the unit of its query; nil where not set. Of a service check they are counts of
// consecutive statuses.
type Thresholds struct {
	Critical, CriticalRecovery, Warning, WarningRecovery *float64
}

// limits decide a status from a value.
type limits struct {
	Thresholds
	op string
}

// past reports whether the value is beyond a limit; never if that is not set. Held against a recovery threshold it
// says that the group has not recovered: of > it has at <=, of >= at <, of < at >=, of <= at >.
func (l limits) past(value float64, limit *float64) bool {
	return limit != nil && ddquery.Satisfies(value, l.op, *limit)
}

// next is the status after an evaluation. A critical_recovery beyond the warning threshold is not respected: what is
// no longer past the warning has left Alert.
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
