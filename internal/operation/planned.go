package operation

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Builder makes a plan of what is wanted and what is live: plan.Build or plan.BuildDestroy.
type Builder func(plan.Input) (*plan.Plan, hcl.Diagnostics)

// Input is what a plan is made of, apart from what Datadog holds.
type Input struct {
	Workspace *Workspace    // of the stack; its tests name the recordings to judge the changes by
	Stack     *config.Stack // read without errors
	// Diagnostics are what checking the stack found. They come back among the plan's.
	Diagnostics hcl.Diagnostics
	Targets     []object.Address // what the plan is limited to, with what it depends on; none is no limit
	Base        *Base            // the configuration before the change, to separate the change from drift; nil without one
	Build       Builder
	Parallel    int // how many requests are in flight at once
	// Now is the time by which objects belong to the past; see plan.Input.
	Now time.Time
}

// Planned is a plan and what was found out about it.
type Planned struct {
	Input
	// Changes is the plan, limited to the targets; nil if none could be made.
	Changes *plan.Plan
	// Later are the addresses that only Apply can have validated, once the ids in them are known.
	Later []object.Address
	// Live is how many live objects the whole stack has.
	Live int
	// Effects are what the changes would have meant in the recordings; nil without changes or recordings.
	Effects *behaviour.Report
	// Incomplete says that a test or a recording could not be read, so Effects may lack some.
	Incomplete bool
	// Against is what of the changes is the configuration's doing and what is drift; nil without a base.
	Against *plan.Base
	// Saved says that the changes are those of a saved plan, whatever the files want by now.
	Saved bool
}

// Regressed reports whether a change makes the monitors worse, or might and cannot be judged.
func (p *Planned) Regressed() bool {
	return p.Incomplete || p.Effects != nil && len(p.Effects.Regressions()) > 0
}

// Refused reports whether Datadog's own check found a fault, or a target matches nothing. Such a plan would fail in the
// middle. A blocked address concerns only itself.
func (p *Planned) Refused() bool {
	return slices.ContainsFunc(p.Diagnostics, func(d *hcl.Diagnostic) bool {
		code := diag.Code(d)
		return code == codeRefused || code == codeValidationFailed || code == codeUnknownTarget
	})
}

// HoldsProtected reports whether prevent_destroy forbids part of the plan.
func (p *Planned) HoldsProtected() bool {
	return slices.ContainsFunc(p.Diagnostics, func(d *hcl.Diagnostic) bool {
		return d.Severity == hcl.DiagError && diag.Code(d) == plan.CodeProtected
	})
}

// HasSecrets reports whether the stack, or an object of the plan, has sensitive values.
func (p *Planned) HasSecrets() bool {
	return len(secretsOf(p.Stack)) > 0 ||
		slices.ContainsFunc(p.Changes.Changes, func(c plan.Change) bool { return c.Desired.HasSecrets() })
}
