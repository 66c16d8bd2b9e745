package sandbox

import "context"

// Telemetry is the source of metrics, logs and events. All times are Unix milliseconds, and windows are [From, To). An
// error says why a query cannot be answered.
type Telemetry interface {
	// Lines evaluates a query, with a line for each group that has points.
	Lines(ctx context.Context, q Query) ([]Line, error)
	// Documents returns the matching logs or events of the window, the oldest first.
	Documents(ctx context.Context, q Query) ([]Document, error)
	// Metrics returns the metrics with samples in a window, sorted by name.
	Metrics(from, to int64) []Metric
	// States returns the states of monitors at a time, in the same order.
	States(ctx context.Context, monitors []map[string]any, at int64) ([]State, error)
}

// Query asks for metrics, logs or events.
type Query struct {
	// Source is metrics, logs or events. Text is a metric query or a search.
	Source, Text string
	// Aggregation and Measure say what is computed from logs and events. For metrics, Aggregation reduces the points of a
	// line to one.
	Aggregation, Measure string
	// By are the facets of the groups of logs and events.
	By       []string
	From, To int64
	// Step is the length of a bucket. 0 asks for one point over the whole window.
	Step int64
}

// Line has the points of one group. Missing points are left out.
type Line struct {
	// Tags are key:value, in the order of the group's keys; none without groups.
	Tags   []string
	At     []int64
	Values []float64
}

// Document is a log or an event.
type Document struct {
	// Number identifies the document and increases with time.
	Number                        int
	At                            int64
	Title, Message                string
	Service, Status, Host, Source string
	Tags                          []string
	Attributes                    map[string]any
}

// Metric describes a metric.
type Metric struct {
	Name, Type, Unit string
	// Tags are all key:value pairs, sorted.
	Tags []string
}

// State is the state of a monitor.
type State struct {
	Status string
	// Since is when the status began, in Unix milliseconds; 0 if it never changed.
	Since  int64
	Groups []GroupState
}

// GroupState is the state of a group of a monitor. The times are those of the latest transitions to a status; 0 means
// never.
type GroupState struct {
	Name, Status                string
	Triggered, Resolved, NoData int64
}

// noTelemetry is an organization that sends no data.
type noTelemetry struct{}

func (noTelemetry) Lines(context.Context, Query) ([]Line, error)         { return nil, nil }
func (noTelemetry) Documents(context.Context, Query) ([]Document, error) { return nil, nil }
func (noTelemetry) Metrics(int64, int64) []Metric                        { return nil }
func (noTelemetry) States(context.Context, []map[string]any, int64) ([]State, error) {
	return nil, nil
}
