package guide

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Guide is a guide block.
type Guide struct {
	Name string
	// Summary is one line for messages and lists; "" if not set.
	Summary string
	// Monitors are the addresses of the monitors that the guide belongs to.
	Monitors    []string
	Control     Control
	Probes      []Probe
	Steps       []*Step
	Conclusions []*Conclusion
	Range       hcl.Range // of the block's header
}

// ControlOf returns the control of a step.
func (g *Guide) ControlOf(s *Step) Control {
	if s.Control != nil {
		return *s.Control
	}
	return g.Control
}

// TrafficOf returns the traffic query of a step: of its own control block, or else of the guide's.
func (g *Guide) TrafficOf(s *Step) string {
	if s.Control != nil && s.Control.Traffic != "" {
		return s.Control.Traffic
	}
	return g.Control.Traffic
}

// ControlRecordings returns the recordings that the controls of the guide and its steps name, without duplicates.
func (g *Guide) ControlRecordings() []string {
	var paths []string
	add := func(c Control) {
		if c.Recording != "" && !slices.Contains(paths, c.Recording) {
			paths = append(paths, c.Recording)
		}
	}
	add(g.Control)
	for _, s := range g.Steps {
		add(g.ControlOf(s))
	}
	return paths
}

// Step returns the step with a name, or nil.
func (g *Guide) Step(name string) *Step {
	for _, s := range g.Steps {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Control says when queries are known to have hits: in a window with traffic.
type Control struct {
	// Offset is how far the control window ends before the time of the run, and Window its length.
	Offset, Window time.Duration
	// Traffic is a metric query; it has traffic if the sum of its points is greater than 0. "" if not set, which in
	// the control of a step means that of the guide.
	Traffic string
	// Recording is the recording that contains the control window when the guide runs on a recording: its path in the
	// stack's folder. "" means the part before incident_start.
	Recording string
	// Range is the block's header; zero without a control block.
	Range hcl.Range
}

// Probe is a query that always has hits while the pipeline works.
type Probe struct {
	Name     string
	Question Question
	Range    hcl.Range
}

// Product is what a question asks for.
type Product string

// Products.
const (
	Metric  Product = "metric"
	Logs    Product = "logs"
	Events  Product = "events"
	Monitor Product = "monitor"
)

// Question is what a step asks.
type Question struct {
	Product Product
	// Query is a metric query, a search, or the address of a monitor.
	Query string
	// By are the facets that logs and events are counted by. Metric queries have their own by {...}.
	By []string
}

// Step is one question with its expectation.
type Step struct {
	Name     string
	Question Question
	Window   time.Duration
	// Probe is the name of the probe that excludes a dead pipeline; "" if not set.
	Probe  string
	Expect Expectation
	// Control is the step's own control window; nil means the guide's.
	Control *Control
	// OK and Failed are the sentences for the two outcomes.
	OK, Failed string
	Range      hcl.Range
}

// Conclusion is what follows from the verdicts of steps.
type Conclusion struct {
	Name string
	When Condition
	// Within is the maximum distance between the onsets of Findings; 0 means any distance.
	Within time.Duration
	// Findings are the steps that are its evidence.
	Findings []string
	// Recovered holds when the incident is over; nil if not set.
	Recovered Condition

	Cause, Severity, Impact, Remediation, Verify string
	Range                                        hcl.Range
}
