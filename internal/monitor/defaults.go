package monitor

import (
	"strconv"
	"time"
)

// What holds where a body does not say. The source is Datadog's documentation unless another one is named.
const (
	// DefaultNewHostDelay is new_host_delay, of monitors that group by host.
	DefaultNewHostDelay = 300 * time.Second
	// DefaultCheckTimeframe is after which time without a status a service check has no data.
	DefaultCheckTimeframe = 24 * time.Hour
	// DefaultTimeframeWindows is after how many windows without data any other monitor has no data. This is the text of
	// the API's specification; a guide to missing data says one.
	DefaultTimeframeWindows = 2
	// DefaultStatuses is how many statuses of a kind in a row decide a service check.
	DefaultStatuses = 1
	// DefaultRetention is how long a group without data is remembered.
	DefaultRetention = 24 * time.Hour
	// RenotifyFor is how long a notification is repeated where renotify_occurrences does not say how often. Older copies
	// of the documentation say so; the current one does not mention an end.
	RenotifyFor = 30 * time.Hour
)

// NotifiesNoData reports whether missing data is notified. on_missing_data decides where it is set: Datadog refuses it
// together with the older notify_no_data.
func (o *Options) NotifiesNoData() bool {
	if o.OnMissingData != "" {
		return o.OnMissingData == "show_and_notify_no_data"
	}
	return isTrue(o.NotifyNoData)
}

// Renotifies reports whether a notification is repeated while the status lasts.
func (o *Options) Renotifies() bool { return o.RenotifyInterval != nil && *o.RenotifyInterval > 0 }

// RenotifiedStatuses are the statuses that are repeated, in lower case. The default is the API specification's.
func (o *Options) RenotifiedStatuses() []string {
	if len(o.RenotifyStatuses) == 0 {
		return []string{"alert", "no data"}
	}
	return o.RenotifyStatuses
}

// CanWarn reports whether the monitor has a warning status: with a warning threshold, or by its type.
func (m *Monitor) CanWarn() bool {
	switch m.Type {
	case "composite", "service check", "synthetics alert":
		return true
	}
	return m.Options.Thresholds.Warning != nil
}

// PriorityLabel is how a condition names the monitor's priority: P2. It is empty for a monitor without one.
func (m *Monitor) PriorityLabel() string {
	if m.Priority == nil || *m.Priority <= 0 {
		return ""
	}
	return "P" + strconv.FormatFloat(*m.Priority, 'f', -1, 64)
}
