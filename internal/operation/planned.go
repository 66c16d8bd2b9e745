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

// Builder builds a plan: plan.Build or plan.BuildDestroy.
type Builder func(plan.Input) (*plan.Plan, hcl.Diagnostics)

// Input is the input of a plan, apart from the live objects.
type Input struct {
	Workspace *Workspace    // of the stack; its tests name the recordings to replay
	Stack     *config.Stack // without errors
	// Diagnostics are the findings of checking the stack. The plan's diagnostics include them.
	Diagnostics hcl.Diagnostics
	Targets     []object.Address // limit the plan to these and their dependencies; empty for the whole stack
	Base        *Base            // the configuration before the change, to separate the change from drift; can be nil
	Build       Builder
	Parallel    int // the maximum number of requests in flight
	// Now is the time at which to decide whether an object has ended; see plan.Input.
	Now time.Time
}

// Planned is a plan with the results of its checks.
type Planned struct {
	Input
	// Changes is the plan, limited to the targets; nil if it could not be made.
	Changes *plan.Plan
	// Later are the addresses with unknown ids, which are validated during Apply.
	Later []object.Address
	// Live is the number of live objects in the whole stack.
	Live int
	// Effects are the effects of the changes on the recordings; nil without changes or recordings.
	Effects *behaviour.Report
	// Incomplete reports that a test or a recording could not be read, so Effects can be incomplete.
	Incomplete bool
	// Against separates the configuration change from drift; nil without a base.
	Against *plan.Base
	// Saved reports that the changes come from a saved plan, not from the current configuration.
	Saved bool
}

// Refused reports whether Datadog's validation found an error, or a target matches nothing. Such a plan must not be
// applied, because it would fail halfway. A blocked address affects only itself.
func (p *Planned) Refused() bool {
	return slices.ContainsFunc(p.Diagnostics, func(d *hcl.Diagnostic) bool {
		code := diag.Code(d)
		return code == codeRefused || code == codeValidationFailed || code == codeUnknownTarget
	})
}

// MissesTarget reports whether a target matches nothing. The rest of the plan says nothing about it.
func (p *Planned) MissesTarget() bool {
	return slices.ContainsFunc(p.Diagnostics, func(d *hcl.Diagnostic) bool { return diag.Code(d) == codeUnknownTarget })
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
