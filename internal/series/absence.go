package series

import "github.com/hashicorp/hcl/v2"

// Absent declares that something deliberately is not in the recording: a metric or service check that did not report, or
// logs or events that were not sent.
type Absent struct {
	// Name is the metric or service check, or AbsentLogs or AbsentEvents.
	Name string
	// Tags limit it to series, logs or events with these tags; sorted. For logs and events, service:, source: and host:
	// are the attributes of that name.
	Tags   []string
	Reason string
	Range  hcl.Range
}

// The names of logs and events in an absent block. Names of metrics contain no space or star and are case-sensitive.
const (
	AbsentLogs   = "logs"
	AbsentEvents = "events"
)
