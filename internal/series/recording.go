package series

import (
	"sort"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Recording is what was (or is supposed to have been) seen in [Start, End). All times are Unix milliseconds.
type Recording struct {
	// Name is the folder's unless the file says otherwise; Note and Source tell where the data is from.
	Name, Note, Source string
	// Location is the time zone in which to show times.
	Location   *time.Location
	Start, End int64
	// Phases are ordered by time.
	Phases []Phase
	// Series are in the order of the file.
	Series []*Series
	// Logs and Events are ordered by time, across files.
	Logs   []Log
	Events []Event
	// Range is where the recording's file begins.
	Range hcl.Range

	byMetric map[string][]*Series
}

// Phase is a named moment, such as incident_start.
type Phase struct {
	Name  string
	At    int64
	Range hcl.Range
}

// Log is a log as Datadog would have indexed it.
type Log struct {
	At                            int64
	Service, Status, Source, Host string
	Message                       string
	// Tags are key:value, in the file's order, those of the block first.
	Tags []string
	// Attributes are JSON values; numbers are json.Number, so that long ids stay exact.
	Attributes map[string]any
	// File and Line are where it stands.
	File string
	Line int
}

// Event is an event of Datadog's event stream.
type Event struct {
	At                  int64
	Source, Title, Text string
	Tags                []string
	File                string
	Line                int
}

// Metric returns the series of a metric (or of a service check), in the order of the file.
func (r *Recording) Metric(name string) []*Series { return r.byMetric[name] }

// Phase returns the phase of that name.
func (r *Recording) Phase(name string) (Phase, bool) {
	for _, p := range r.Phases {
		if p.Name == name {
			return p, true
		}
	}
	return Phase{}, false
}

// LogsIn returns the logs of [from, to), as a part of Logs.
func (r *Recording) LogsIn(from, to int64) []Log {
	return within(r.Logs, from, to, func(l *Log) int64 { return l.At })
}

// EventsIn returns the events of [from, to), as a part of Events.
func (r *Recording) EventsIn(from, to int64) []Event {
	return within(r.Events, from, to, func(e *Event) int64 { return e.At })
}

// Points is the number of samples in all series.
func (r *Recording) Points() int {
	n := 0
	for _, s := range r.Series {
		n += s.Len()
	}
	return n
}

// within cuts [from, to) out of a list ordered by time.
func within[T any](list []T, from, to int64, at func(*T) int64) []T {
	first := sort.Search(len(list), func(i int) bool { return at(&list[i]) >= from })
	rest := list[first:]
	return rest[:sort.Search(len(rest), func(i int) bool { return at(&rest[i]) >= to })]
}
