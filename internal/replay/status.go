package replay

import "ddmon/internal/monitor"

// Status is the status of a group of a monitor. It is an alias for monitor.Status.
type Status = monitor.Status

// Statuses.
const (
	Gone   = monitor.Gone
	OK     = monitor.OK
	NoData = monitor.NoData
	Warn   = monitor.Warn
	Alert  = monitor.Alert
)
