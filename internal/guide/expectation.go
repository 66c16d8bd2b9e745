package guide

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// Expectation is what a step expects of every group of an answer. Attributes that are not set are nil or empty and
// expect nothing. If several are set, all must hold.
type Expectation struct {
	// Count compares the number of logs or events.
	Count *Comparison
	// Last, Min and Max compare the last, smallest and largest point of a metric.
	Last, Min, Max *Comparison
	// Gap compares the longest time without a log, event or point, in seconds.
	Gap *Comparison
	// Change compares the rate of logs or events, or the mean of a metric, with the control window's: a factor.
	Change *Comparison
	// Trend lists the accepted trends.
	Trend []Trend
	// Present expects any log, event or point; Absent expects none.
	Present, Absent bool
	// Status lists the accepted statuses of a monitor.
	Status []string
	// Basis says where the numbers come from: "measured" or "expected"; "" if not set.
	Basis  string
	Range  hcl.Range
	Ranges map[string]hcl.Range
}

// Bases are the values of Basis.
func Bases() []string { return []string{"measured", "expected"} }

// AttributesOf returns the attributes of an expectation that a product supports.
func AttributesOf(p Product) []string {
	switch p {
	case Metric:
		return []string{"last", "min", "max", "trend", "present", "absent", "gap", "change"}
	case Logs, Events:
		return []string{"count", "trend", "present", "absent", "gap", "change"}
	default:
		return []string{"status"}
	}
}

// NeedsControl reports whether the expectation can be decided by an absence, which needs a control window, traffic and
// a probe.
func (e Expectation) NeedsControl(p Product) bool {
	switch p {
	case Monitor:
		return false
	case Metric:
		return e.Present || e.Absent || e.Gap != nil
	default:
		return true
	}
}

// Trend is the direction of a series over a window.
type Trend string

// Trends.
const (
	Growing  Trend = "growing"
	Draining Trend = "draining"
	Flat     Trend = "flat"
)

// Trends are all trends.
func Trends() []string { return []string{string(Growing), string(Draining), string(Flat)} }

// trendTolerance is the share of the larger median that two medians can differ by in a flat series.
const trendTolerance = 0.1

// trendOf compares the medians of the first and the last third of the points, so that single outliers do not matter.
// Fewer than three points are flat.
func trendOf(values []float64) Trend {
	third := len(values) / 3
	if third == 0 {
		return Flat
	}
	first, last := median(values[:third]), median(values[len(values)-third:])
	tolerance := trendTolerance * max(abs(first), abs(last))
	switch {
	case last-first > tolerance:
		return Growing
	case first-last > tolerance:
		return Draining
	}
	return Flat
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func abs(v float64) float64 { return max(v, -v) }
