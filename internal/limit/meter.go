package limit

import (
	"context"

	"github.com/hashicorp/hcl/v2"
)

// Meter counts the steps and memory of reading a configuration. Once a total limit is exceeded, it evaluates nothing
// more.
type Meter struct {
	ctx                  context.Context
	steps, bytes, tokens int
	calls                int
	limitErr             *Error // ended evaluation
	patterns             map[string]*pattern
}

// NewMeter returns a meter that also stops when the context is done. A nil context never is.
func NewMeter(ctx context.Context) *Meter {
	if ctx == nil {
		ctx = context.Background()
	}
	return &Meter{ctx: ctx}
}

// Err returns the Error that ended evaluation, or nil.
func (m *Meter) Err() *Error { return m.limitErr }

// Steps returns the number of steps so far.
func (m *Meter) Steps() int { return m.steps }

// Spend counts steps and the bytes of new values.
func (m *Meter) Spend(steps, bytes int) *Error {
	m.steps += steps
	m.bytes += bytes
	m.calls++
	switch {
	case m.limitErr != nil:
	case m.steps > MaxSteps || steps > MaxSteps || steps < 0:
		m.limitErr = tooManySteps()
	case m.bytes > MaxMemory || bytes < 0:
		m.limitErr = tooMuchMemory()
	case m.calls%1024 == 0 && m.ctx.Err() != nil:
		m.limitErr = &Error{Summary: "Interrupted", Detail: "Reading the configuration was interrupted."}
	}
	return m.limitErr
}

// End ends evaluation for a reason that was already reported.
func (m *Meter) End() {
	if m.limitErr == nil {
		m.limitErr = &Error{Summary: "Evaluation ended", Detail: "Evaluation ended after too many errors."}
	}
}

// stopped is the value of a panic that ends an evaluation. HCL itself continues after errors, which could take any
// amount of time.
type stopped struct{}

// stop ends the current evaluation.
func (m *Meter) stop(f *Error, at hcl.Range) {
	m.limitErr = f.WithRange(at)
	panic(stopped{})
}
