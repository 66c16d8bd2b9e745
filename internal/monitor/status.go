package monitor

// Status is a monitor's status for one of its groups. Up to Alert, the order is Datadog's order of severity.
type Status uint8

// The statuses. Gone is not one of Datadog's: it stands for a group that is not known, because it has not reported yet
// or not for so long that it was dropped. Unknown is only a service check's.
const (
	Gone Status = iota
	OK
	NoData
	Warn
	Alert
	Unknown
)

var statusNames = [...]string{"Gone", "OK", "No Data", "Warn", "Alert", "Unknown"}

// String returns the name that Datadog's API uses: OK, No Data, Warn, Alert.
func (s Status) String() string { return statusNames[s] }

// MarshalText makes a status its name in JSON.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Triggered reports whether the monitor has triggered: Alert and Warn.
func (s Status) Triggered() bool { return s == Alert || s == Warn }

// IsTrue reports whether a composite calls a member with this status true: Alert, Warn and No Data.
func (s Status) IsTrue() bool { return s >= NoData }
