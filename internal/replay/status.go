package replay

// Status is what a monitor says of a group. Its order is Datadog's order of severity.
type Status uint8

// The statuses. Gone is not one of Datadog's: it stands for a group that is not known, because it has not reported yet
// or not for so long that it was dropped.
const (
	Gone Status = iota
	OK
	NoData
	Warn
	Alert
)

var statusNames = [...]string{"Gone", "OK", "No Data", "Warn", "Alert"}

// String returns the name that Datadog's API uses: OK, No Data, Warn, Alert.
func (s Status) String() string { return statusNames[s] }

// MarshalText makes a status its name in JSON.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// triggered reports whether somebody would be concerned: Alert and Warn.
func (s Status) triggered() bool { return s == Alert || s == Warn }

// alertWorthy is what a composite calls true: Alert, Warn and No Data.
func (s Status) alertWorthy() bool { return s >= NoData }
