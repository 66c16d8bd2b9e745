package monitorcheck

import (
	"slices"
	"strings"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// options checks that the options match the type, the query and each other. That a value is one of an enum is checked by
// the tables of package kind.
func (k *checker) options() {
	k.cumulative()
	k.customSchedule()
	k.missingData()
	k.delays()
	k.renotify()
	k.notifyBy()
	k.retention()
}

// notNegative checks a number of minutes or seconds. Datadog documents no upper limit of these options.
func (k *checker) notNegative(v *float64, field string) {
	if v != nil && *v < 0 {
		k.add("option_range", SeverityError, field, number(*v)+" is below 0", "")
	}
}

// missingData checks the options for missing data.
func (k *checker) missingData() {
	const field = "options.on_missing_data"
	o := &k.m.Options
	k.notNegative(o.NoDataTimeframe, "options.no_data_timeframe")
	if o.TimeoutH != nil && (*o.TimeoutH < 0 || *o.TimeoutH > 24) {
		// Recorded monitors have up to 60 hours, so only the current documentation has this limit.
		k.add("timeout_range", SeverityWarning, "options.timeout_h", number(*o.TimeoutH)+" is not between 0 and 24 hours", "Datadog may reject it")
	}
	on := o.OnMissingData
	if on == "" {
		return
	}
	switch k.q.Root.(type) {
	case *ddquery.CheckQuery, *ddquery.CompositeQuery:
		k.add("missing_data_type", SeverityError, field, "type \""+k.m.Type+"\" does not support on_missing_data", "use notify_no_data").
			ServerError = "Invalid monitor option: on_missing_data"
	case *ddquery.SLOQuery:
		k.add("missing_data_type", SeverityWarning, field, "an SLO alert may not support on_missing_data", "remove it")
	}
	if o.NotifyNoData != nil && *o.NotifyNoData {
		k.add("missing_data_conflict", SeverityError, field, "on_missing_data conflicts with notify_no_data", "keep one of the two")
	} else if o.NoDataTimeframe != nil {
		k.add("missing_data_conflict", SeverityError, field, "on_missing_data conflicts with no_data_timeframe", "keep one of the two")
	}
	if on == "resolve" && o.TimeoutH != nil && *o.TimeoutH != 0 {
		k.add("missing_data_timeout", SeverityError, "options.timeout_h", `on_missing_data = "resolve" conflicts with timeout_h`, "keep one of the two")
	}
	if on != "default" && k.m.Type == "query alert" {
		k.defaultZero()
	}
}

// defaultZero reports default_zero or default together with an on_missing_data that it makes ineffective.
func (k *checker) defaultZero() {
	ddquery.Walk(k.q.Root, func(n ddquery.Node) bool {
		if call, ok := n.(*ddquery.Call); ok && slices.Contains(function.MissingFillers(), call.Name.Name) {
			k.at(call.Name, "default_zero", SeverityError, call.Name.Name+" replaces missing data, so on_missing_data has no effect",
				`set on_missing_data = "default", or remove `+call.Name.Name)
		}
		return true
	})
}

// delays checks the delays.
func (k *checker) delays() {
	o := &k.m.Options
	k.notNegative(o.EvaluationDelay, "options.evaluation_delay")
	if o.NewGroupDelay != nil {
		k.notNegative(o.NewGroupDelay, "options.new_group_delay")
		if k.groupsKnown && len(k.groups) == 0 && *o.NewGroupDelay != 0 {
			k.add("new_group_delay", SeverityError, "options.new_group_delay", "new_group_delay requires a query with groups", "remove it").
				ServerError = "The new_group_delay option can only be used for multi-alert monitors"
		}
	}
}

func (k *checker) renotify() {
	const field = "options.renotify_statuses"
	o := &k.m.Options
	if o.RenotifyInterval != nil && *o.RenotifyInterval != 0 {
		return
	}
	if len(o.RenotifyStatuses) > 0 {
		k.add("renotify_interval", SeverityWarning, field, "renotify_statuses has no effect without renotify_interval", "set renotify_interval")
	}
	if o.RenotifyOccurrences != nil && *o.RenotifyOccurrences != 0 {
		k.add("renotify_interval", SeverityWarning, "options.renotify_occurrences", "renotify_occurrences has no effect without renotify_interval", "set renotify_interval")
	}
}

// notifyBy checks that the query groups by the keys in notify_by.
func (k *checker) notifyBy() {
	by := k.m.Options.NotifyBy
	if !k.groupsKnown || len(by) == 1 && by[0] == "*" {
		return
	}
	for _, key := range by {
		if slices.Contains(k.groups, key) {
			continue
		}
		hint := "the query has no groups"
		if len(k.groups) > 0 {
			hint = "the query groups by " + strings.Join(k.groups, ", ")
		}
		k.add("notify_by", SeverityError, "options.notify_by", "notify_by contains "+key+", which the query does not group by", hint)
	}
}

// retention checks group_retention_duration.
func (k *checker) retention() {
	const field = "options.group_retention_duration"
	text := k.m.Options.GroupRetentionDuration
	if text == "" {
		return
	}
	w, err := ddquery.ParseDuration(text)
	if err != nil {
		k.add("option_value", SeverityError, field, text+" is not a valid duration", `write "60m", "12h" or "2d"`)
		return
	}
	if d := w.Duration(); d < time.Hour || d > 72*time.Hour {
		k.add("option_range", SeverityError, field, text+" is not between 1h and 72h", "")
	}
	if frame := k.m.Options.NoDataTimeframe; frame != nil && *frame*60 > w.Duration().Seconds() {
		k.add("retention_timeframe", SeverityError, "options.no_data_timeframe", "no_data_timeframe is longer than group_retention_duration, "+text, "make it shorter").
			ServerError = "no_data_timeframe must not exceed group retention"
	}
	if !k.m.CanRetainGroups() {
		k.add("retention_type", SeverityWarning, field, "type \""+k.m.Type+"\" does not support group_retention_duration", "remove it")
	}
}
