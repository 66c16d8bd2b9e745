package monitorcheck

import (
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// thresholds checks that options.thresholds match the query and each other.
func (k *checker) thresholds() {
	t := &k.m.Options.Thresholds
	switch k.q.Root.(type) {
	case *ddquery.CheckQuery:
		return
	case *ddquery.CompositeQuery:
		if t.Critical != nil || t.Warning != nil {
			k.add("composite_thresholds", SeverityWarning, "options.thresholds", "a composite has no thresholds", "remove them; its members have their own")
		}
		return
	}
	if t.Unknown != nil {
		k.add("threshold_unknown", SeverityError, "options.thresholds.unknown", "only a service check supports an unknown threshold", "remove it")
	}
	cmp := k.q.Comparison()
	if cmp == nil {
		return
	}
	k.critical(t, cmp)
	k.warning(t, cmp)
	k.recovery(t, cmp)
}

// critical checks that the critical threshold matches the number in the query.
func (k *checker) critical(t *monitor.Thresholds, cmp *ddquery.Comparison) {
	value, static := cmp.Value()
	switch {
	case !static && !t.Dynamic:
		k.at(&cmp.Operand, "dynamic_threshold", SeverityWarning, "the query uses a dynamic threshold, but options.thresholds.critical_query is not set",
			"set it, or write a number")
	case static && t.Dynamic:
		k.add("dynamic_threshold", SeverityWarning, "options.thresholds.critical_query", "critical_query requires a dynamic threshold, but the query uses a number",
			"write > threshold in the query")
	case t.Critical == nil && t.Warning != nil && static:
		k.add("critical_missing", SeverityError, "options.thresholds", "the warning threshold requires a critical threshold",
			"set critical = "+number(value)+", the number in the query").ServerError = "Alert status is required."
	case t.Critical != nil && static && *t.Critical != value:
		k.at(&cmp.Operand, "threshold_mismatch", SeverityError,
			"the query alerts at "+number(value)+", but options.thresholds.critical is "+number(*t.Critical), "make them equal").
			ServerError = "Alert threshold (" + serverNumber(*t.Critical) + ") does not match that used in the query (" + serverNumber(value) + ")."
	}
}

// side returns +1 if the query alerts above its threshold, -1 if below, and 0 for == and !=.
func side(cmp *ddquery.Comparison) float64 {
	switch cmp.Op[0] {
	case '>':
		return 1
	case '<':
		return -1
	}
	return 0
}

// alertAt returns the alert threshold.
func alertAt(t *monitor.Thresholds, cmp *ddquery.Comparison) (float64, bool) {
	if t.Critical != nil {
		return *t.Critical, true
	}
	return cmp.Value()
}

// warning checks that the value reaches the warning threshold before the critical threshold.
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
		"the warning threshold "+number(*t.Warning)+" is not reached before the critical threshold "+number(critical),
		"with "+cmp.Op+" it must be "+word).
		ServerError = "Warning threshold (" + serverNumber(*t.Warning) + ") must be " + word + " than the alert threshold (" +
		serverNumber(critical) + ") with " + cmp.Op + " comparison."
}

// recovery checks the recovery thresholds. Datadog's rule for their order is not documented, so a wrong order is only a
// warning. A type that does not support them is an error.
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
		k.add("recovery_past_warning", SeverityWarning, critical, "the critical recovery threshold is beyond the warning threshold, so Datadog does not respect it",
			"set it between warning and critical")
	}
}

// noRecovery reports recovery thresholds of a log-style monitor. Datadog is known to reject them for logs and events.
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
		k.add("recovery_unsupported", severity, field, "type \""+k.m.Type+"\" does not support recovery thresholds", "remove it").
			ServerError = "Invalid threshold statuses found: " + name + "."
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
		"the recovery threshold "+number(*recovery)+" is on the wrong side of the "+what+" threshold "+number(*threshold),
		"with "+cmp.Op+" it must be "+word+" it")
}
