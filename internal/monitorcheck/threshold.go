package monitorcheck

import (
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// thresholds checks options.thresholds against the query and against each other.
func (k *checker) thresholds() {
	t := &k.m.Options.Thresholds
	switch k.q.Root.(type) {
	case *ddquery.CheckQuery:
		return
	case *ddquery.CompositeQuery:
		if t.Critical != nil || t.Warning != nil {
			k.add("composite_thresholds", SeverityWarning, "options.thresholds", "a composite has no thresholds", "its members have; take them away")
		}
		return
	}
	if t.Unknown != nil {
		k.add("threshold_unknown", SeverityError, "options.thresholds.unknown", "only a service check has a threshold for unknown", "take it away")
	}
	cmp := k.q.Comparison()
	if cmp == nil {
		return
	}
	k.critical(t, cmp)
	k.warning(t, cmp)
	k.recovery(t, cmp)
}

// critical checks the critical threshold against the number in the query.
func (k *checker) critical(t *monitor.Thresholds, cmp *ddquery.Comparison) {
	value, static := cmp.Value()
	switch {
	case !static && !t.Dynamic:
		k.at(&cmp.Operand, "dynamic_threshold", SeverityWarning, "the query compares with a threshold that no query gives",
			"set options.thresholds.critical_query, or write a number")
	case static && t.Dynamic:
		k.add("dynamic_threshold", SeverityWarning, "options.thresholds.critical_query", "the query compares with a number",
			"write > threshold in the query to use critical_query")
	case t.Critical == nil && t.Warning != nil && static:
		k.add("critical_missing", SeverityError, "options.thresholds", "there is a warning threshold but no critical one",
			"set critical = "+number(value)+", as in the query").Server = "Alert status is required."
	case t.Critical != nil && static && *t.Critical != value:
		k.at(&cmp.Operand, "threshold_mismatch", SeverityError,
			"the query alerts at "+number(value)+", options.thresholds.critical is "+number(*t.Critical), "make them equal").
			Server = "Alert threshold (" + serverNumber(*t.Critical) + ") does not match that used in the query (" + serverNumber(value) + ")."
	}
}

// side returns +1 where the query alerts above its threshold, -1 where below, 0 for == and !=.
func side(cmp *ddquery.Comparison) float64 {
	switch cmp.Op[0] {
	case '>':
		return 1
	case '<':
		return -1
	}
	return 0
}

// alertAt returns the number that the monitor alerts at.
func alertAt(t *monitor.Thresholds, cmp *ddquery.Comparison) (float64, bool) {
	if t.Critical != nil {
		return *t.Critical, true
	}
	return cmp.Value()
}

// warning checks that a warning comes before the alert.
func (k *checker) warning(t *monitor.Thresholds, cmp *ddquery.Comparison) {
	critical, ok := alertAt(t, cmp)
	if t.Warning == nil || t.Critical == nil || !ok || (critical-*t.Warning)*side(cmp) > 0 || side(cmp) == 0 {
		return
	}
	word := "less"
	if side(cmp) < 0 {
		word = "greater"
	}
	k.add("warning_order", SeverityError, "options.thresholds.warning",
		"the warning threshold "+number(*t.Warning)+" is not reached before the critical one, "+number(critical),
		"with "+cmp.Op+" it must be "+word).
		Server = "Warning threshold (" + serverNumber(*t.Warning) + ") must be " + word + " than the alert threshold (" +
		serverNumber(critical) + ") with " + cmp.Op + " comparison."
}

// recovery checks the recovery thresholds. Datadog's rule for their order is not known, so they only warn, except
// where the type takes none.
func (k *checker) recovery(t *monitor.Thresholds, cmp *ddquery.Comparison) {
	const critical, warning = "options.thresholds.critical_recovery", "options.thresholds.warning_recovery"
	if q, ok := k.q.Root.(*ddquery.LogQuery); ok && (t.CriticalRecovery != nil || t.WarningRecovery != nil) {
		k.noRecovery(q, t, critical, warning)
		return
	}
	if at, ok := alertAt(t, cmp); ok {
		k.recoveryOrder(t.CriticalRecovery, &at, cmp, critical, "critical")
	}
	k.recoveryOrder(t.WarningRecovery, t.Warning, cmp, warning, "warning")
	if t.CriticalRecovery != nil && t.Warning != nil && (*t.CriticalRecovery-*t.Warning)*side(cmp) < 0 {
		k.add("recovery_past_warning", SeverityWarning, critical, "the recovery from critical lies past the warning threshold",
			"put it between them, as Datadog does not respect such a recovery")
	}
}

// noRecovery reports recovery thresholds of a log-style monitor: logs and events are known to refuse them.
func (k *checker) noRecovery(q *ddquery.LogQuery, t *monitor.Thresholds, critical, warning string) {
	severity := SeverityWarning
	if q.Source.Name == "logs" || q.Source.Name == "events" {
		severity = SeverityError
	}
	report := func(value *float64, field string) {
		if value == nil {
			return
		}
		name := field[strings.LastIndexByte(field, '.')+1:]
		k.add("recovery_unsupported", severity, field, "a "+k.m.Type+" has no recovery threshold", "take it away").
			Server = "Invalid threshold statuses found: " + name + "."
	}
	report(t.CriticalRecovery, critical)
	report(t.WarningRecovery, warning)
}

func (k *checker) recoveryOrder(recovery, threshold *float64, cmp *ddquery.Comparison, field, what string) {
	if recovery == nil || threshold == nil || side(cmp) == 0 || (*threshold-*recovery)*side(cmp) > 0 {
		return
	}
	word := "below"
	if side(cmp) < 0 {
		word = "above"
	}
	k.add("recovery_order", SeverityWarning, field,
		"the recovery threshold "+number(*recovery)+" is not on the safe side of "+what+", "+number(*threshold),
		"with "+cmp.Op+" it has to be "+word+" it")
}
