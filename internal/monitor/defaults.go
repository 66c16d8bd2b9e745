package monitor

import (
	"slices"
	"strconv"
	"time"
)

// Defaults of options. The source is Datadog's documentation unless noted otherwise.
const (
	// DefaultNewHostDelay is the default of new_host_delay, for monitors that group by host.
	DefaultNewHostDelay = 300 * time.Second
	// DefaultCheckTimeframe is the time without a status after which a service check has no data.
	DefaultCheckTimeframe = 24 * time.Hour
	// DefaultTimeframeWindows is the number of windows without data after which any other monitor has no data. The API
	// specification says two, a guide on missing data says one.
	DefaultTimeframeWindows = 2
	// DefaultStatuses is the number of consecutive equal statuses that change the status of a service check.
	DefaultStatuses = 1
	// DefaultRetention is the time after which a group without data is dropped.
	DefaultRetention = 24 * time.Hour
	// RenotifyFor is the time for which a notification is repeated without renotify_occurrences. It is from an older
	// version of the documentation. The current version does not mention a limit.
	RenotifyFor = 30 * time.Hour
)

// NotifiesNoData reports whether the monitor notifies on missing data. on_missing_data takes precedence over the older
// notify_no_data. Datadog rejects both together.
func (o *Options) NotifiesNoData() bool {
	if o.OnMissingData != "" {
		return o.OnMissingData == "show_and_notify_no_data"
	}
	return isTrue(o.NotifyNoData)
}

// Renotifies reports whether the monitor renotifies while its status is unchanged. With a custom schedule, each
// evaluation notifies by itself.
func (o *Options) Renotifies() bool {
	return !o.CustomSchedule && o.RenotifyInterval != nil && *o.RenotifyInterval > 0
}

// RenotifiedStatuses returns the statuses that are renotified, in lowercase: those in renotify_statuses that the
// monitor also notifies. The default is from the API specification.
func (m *Monitor) RenotifiedStatuses() []string {
	if !m.Options.Renotifies() {
		return nil
	}
	statuses := m.Options.RenotifyStatuses
	if len(statuses) == 0 {
		statuses = []string{"alert", "no data"}
	}
	return slices.DeleteFunc(slices.Clone(statuses), func(status string) bool { return !m.CanRenotify(status) })
}

// CanRenotify reports whether the monitor notifies on a status, in lowercase, so that there is something to repeat.
func (m *Monitor) CanRenotify(status string) bool {
	switch status {
	case "alert":
		return true
	case "warn":
		return m.CanWarn() || m.Options.Thresholds.Dynamic // the body does not show which thresholds are dynamic
	case "no data":
		return m.Options.NotifiesNoData()
	}
	return false
}

// CanRetainGroups reports whether the monitor supports group_retention_duration.
func (m *Monitor) CanRetainGroups() bool {
	return m.Type != "query alert" && m.Type != "metric alert" && m.Type != "service check"
}

// CanWarn reports whether the monitor can have the status Warn, because of a warning threshold or its type.
func (m *Monitor) CanWarn() bool {
	switch m.Type {
	case "composite", "synthetics alert":
		return true
	case "service check": // a number of statuses has a default, a percentage has none
		return m.Options.Thresholds.Warning != nil || !m.percentages()
	}
	return m.Options.Thresholds.Warning != nil
}

// PriorityLabel returns the priority as conditions use it, for example P2, or "" for a monitor without a priority.
func (m *Monitor) PriorityLabel() string {
	if m.Priority == nil || *m.Priority <= 0 {
		return ""
	}
	return "P" + strconv.FormatFloat(*m.Priority, 'f', -1, 64)
}
