package limit

import (
	"context"

	"github.com/hashicorp/hcl/v2"
)

// Meter counts what one reading of a configuration does. Once a limit of the whole is passed, nothing more is evaluated.
type Meter struct {
	ctx                  context.Context
	steps, bytes, tokens int
	calls                int
	fault                *Fault // the one that ended evaluation
	patterns             map[string]*pattern
}

// NewMeter returns a meter that also stops when the context is done; nil is one that never is.
func NewMeter(ctx context.Context) *Meter {
	if ctx == nil {
		ctx = context.Background()
	}
	return &Meter{ctx: ctx}
}

// Fault is the limit that ended evaluation, or nil.
func (m *Meter) Fault() *Fault { return m.fault }

// Steps is how many were counted.
func (m *Meter) Steps() int { return m.steps }

// Spend counts steps and bytes of values that are made.
func (m *Meter) Spend(steps, bytes int) *Fault {
	m.steps += steps
	m.bytes += bytes
	m.calls++
	switch {
	case m.fault != nil:
	case m.steps > MaxSteps || steps > MaxSteps || steps < 0:
		m.fault = tooManySteps()
	case m.bytes > MaxMemory || bytes < 0:
		m.fault = tooMuchMemory()
	case m.calls%1024 == 0 && m.ctx.Err() != nil:
		m.fault = &Fault{Summary: "Interrupted", Detail: "Reading the configuration was interrupted."}
	}
	return m.fault
}

// End ends evaluation for a reason that was reported: nothing more is evaluated.
func (m *Meter) End() {
	if m.fault == nil {
		m.fault = &Fault{Summary: "Evaluation ended", Detail: "Evaluation ended after too many problems."}
	}
}

// stopped is what a panic carries that ends an evaluation in the middle: HCL's own evaluation goes on after an error, and
// would go on for as long as it was going to take.
type stopped struct{}

// stop ends the evaluation in progress.
func (m *Meter) stop(f *Fault, at hcl.Range) {
	m.fault = f.Place(at)
	panic(stopped{})
}
