package series

import (
	"sort"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Recording has the metrics, logs and events in [Start, End). All times are Unix milliseconds.
type Recording struct {
	// Name defaults to the folder's name. Note and Source say where the data comes from.
	Name, Note, Source string
	// Location is the time zone for displaying times.
	Location   *time.Location
	Start, End int64
	// Phases are sorted by time.
	Phases []Phase
	// Series are in file order.
	Series []*Series
	// Logs and Events of all files are sorted by time.
	Logs   []Log
	Events []Event
	// Absent is what deliberately is not recorded.
	Absent []Absent
	// Range is the start of the recording's file.
	Range hcl.Range

	byMetric map[string][]*Series
}

// Phase is a named time, such as incident_start.
type Phase struct {
	Name  string
	At    int64
	Range hcl.Range
}

// Log is a log as Datadog would index it.
type Log struct {
	At                            int64
	Service, Status, Source, Host string
	Message                       string
	// Tags are key:value, in file order. The tags of the block come first.
	Tags []string
	// Attributes are JSON values. Numbers are json.Number, to keep long ids exact.
	Attributes map[string]any
	// File and Line locate the log.
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

// Metric returns the series of a metric or service check, in file order.
func (r *Recording) Metric(name string) []*Series { return r.byMetric[name] }

// TypeOf returns the type of a metric, or "" if the recording does not have it.
func (r *Recording) TypeOf(name string) Type {
	if all := r.byMetric[name]; len(all) > 0 {
		return all[0].Type
	}
	return ""
}

// Phase returns the phase with the given name.
func (r *Recording) Phase(name string) (Phase, bool) {
	for _, p := range r.Phases {
		if p.Name == name {
			return p, true
		}
	}
	return Phase{}, false
}

// LogsIn returns the logs in [from, to), as a subslice of Logs.
func (r *Recording) LogsIn(from, to int64) []Log {
	return between(r.Logs, from, to, func(l *Log) int64 { return l.At })
}

// EventsIn returns the events in [from, to), as a subslice of Events.
func (r *Recording) EventsIn(from, to int64) []Event {
	return between(r.Events, from, to, func(e *Event) int64 { return e.At })
}

// Points returns the number of samples in all series.
func (r *Recording) Points() int {
	n := 0
	for _, s := range r.Series {
		n += s.Len()
	}
	return n
}

// between returns the elements in [from, to) of a list sorted by time.
func between[T any](list []T, from, to int64, at func(*T) int64) []T {
	first := sort.Search(len(list), func(i int) bool { return at(&list[i]) >= from })
	rest := list[first:]
	return rest[:sort.Search(len(rest), func(i int) bool { return at(&rest[i]) >= to })]
}
