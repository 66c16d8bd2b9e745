package monitor

// Status is the status of a group of a monitor. Up to Alert, the order is Datadog's order of severity.
type Status uint8

// The statuses. Gone is not a status in Datadog: it means that a group has not reported yet, or was dropped because it
// stopped reporting. Only service checks can be Unknown.
const (
	Gone Status = iota
	OK
	NoData
	Warn
	Alert
	Unknown
)

var statusNames = [...]string{"Gone", "OK", "No Data", "Warn", "Alert", "Unknown"}

// String returns the name in Datadog's API: OK, No Data, Warn, Alert.
func (s Status) String() string { return statusNames[s] }

// MarshalText encodes a status as its name.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Triggered reports whether the status is a triggered one, Alert or Warn.
func (s Status) Triggered() bool { return s == Alert || s == Warn }

// IsTrue reports whether a composite evaluates a member with this status as true: Alert, Warn and No Data.
func (s Status) IsTrue() bool { return s >= NoData }
