package guide

import (
	"context"
	"time"
)

// Window is [From, To).
type Window struct{ From, To time.Time }

// Length returns the length of the window.
func (w Window) Length() time.Duration { return w.To.Sub(w.From) }

// Source answers questions. Package recorded answers from a recording. An error makes the verdict of the step unknown;
// the other steps still run.
type Source interface {
	// Metric returns the points of a metric query for each group that has any in the window. step is the length of a
	// bucket; 0 leaves it to the source.
	Metric(ctx context.Context, query string, w Window, step time.Duration) ([]Series, error)
	// Count counts the logs or events that match a search, for each group that has any in the window.
	Count(ctx context.Context, q Question, w Window) ([]Count, error)
	// Line returns the last log or event that matches in the window, or the first one; nil if nothing matches.
	Line(ctx context.Context, q Question, w Window, first bool) (*Line, error)
	// Status returns the statuses of a monitor's groups at a time.
	Status(ctx context.Context, monitor string, at time.Time) ([]Status, error)
	// Values returns the values of a tag or facet among what matches a query in a window, most frequent first. The query
	// is a search, or the name of a metric.
	Values(ctx context.Context, p Product, query, facet string, w Window) ([]string, error)
	// Similar returns the name of a metric that has data in the window and is similar to a name; "" if no name is.
	Similar(ctx context.Context, metric string, w Window) (string, error)
}

// Series has the points of one group of a metric query.
type Series struct {
	// Group has the group's tags joined by commas; "*" without groups.
	Group  string
	Points []Point
}

// Point is one point of a series or a number of lines in a bucket that starts at a time.
type Point struct {
	At    time.Time
	Value float64
}

// Count is the number of matching logs or events of a group.
type Count struct {
	Group string
	Total int
	// Buckets has the number for each bucket of the window, including empty ones.
	Buckets []Point
	// Gap is the longest part of the window without a line.
	Gap Window
}

// Line is a log or an event.
type Line struct {
	At   time.Time
	Text string
}

// Status is the status of a group of a monitor.
type Status struct {
	Group, Status string
	Since         time.Time
}
