package replay

import "ddmon/internal/monitor"

// Status is a monitor's status for one of its groups. It is monitor.Status under a name that those who read a result find
// here.
type Status = monitor.Status

// The statuses that a replay finds.
const (
	Gone   = monitor.Gone
	OK     = monitor.OK
	NoData = monitor.NoData
	Warn   = monitor.Warn
	Alert  = monitor.Alert
)
