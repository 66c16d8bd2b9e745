package operation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// confirmWaits are the pauses before each listing. Datadog's lists can lag behind writes.
func confirmWaits() []time.Duration {
	return []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second}
}

// Confirmation is the state of Datadog after an apply.
type Confirmation struct {
	// Left is the part of the plan that Datadog does not show as applied.
	Left *plan.Plan
	// Others are other pending changes of the configuration. It is empty unless the plan was saved.
	Others *plan.Plan
	// Diagnostics are those that are not in the plan.
	Diagnostics hcl.Diagnostics
}

// Confirm lists the objects after an apply, to find changes that are not applied. Lists can lag behind, so it tries up
// to four times. sleep waits between the attempts, or until the context is done.
func Confirm(
	ctx context.Context, client Lister, p *Planned, sleep func(context.Context, time.Duration) error,
) (c Confirmation, err error) {
	for _, wait := range confirmWaits() {
		if wait > 0 {
			if err := sleep(ctx, wait); err != nil {
				return c, err
			}
		}
		found, err := discover(ctx, client, p.Stack, p.Build, p.Now)
		if err != nil {
			return c, fmt.Errorf("the plan was applied, but listing the objects to confirm it failed: %w", err)
		}
		c.Left, c.Others = p.splitPending(found.plan)
		if c.Diagnostics = p.newDiagnostics(onlyOf(c.Left, found.diags)); !canResolve(c.Left, c.Diagnostics) {
			break
		}
	}
	return c, nil
}

// canResolve reports whether another attempt can show the plan as applied: lists lag behind, and a concurrent run can
// still delete its duplicate of an object.
func canResolve(left *plan.Plan, diags hcl.Diagnostics) bool {
	if !diags.HasErrors() {
		return !left.Empty()
	}
	return !slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool {
		return d.Severity == hcl.DiagError && diag.Code(d) != plan.CodeDuplicates
	})
}

// splitPending splits the pending changes into those of the applied plan's objects and the rest.
func (p *Planned) splitPending(now *plan.Plan) (left, others *plan.Plan) {
	left, others = now, &plan.Plan{Stack: now.Stack}
	if len(p.Targets) > 0 {
		left, _ = now.Target(p.Targets)
	}
	if !p.Saved {
		return left, others
	}
	written := make(map[object.Address]bool, len(p.Changes.Changes))
	for i := range p.Changes.Changes {
		if c := &p.Changes.Changes[i]; c.Action != plan.NoOp {
			written[c.Address] = true
		}
	}
	left = &plan.Plan{Stack: now.Stack}
	for i := range now.Changes {
		part := others
		if written[now.Changes[i].Address] {
			part = left
		}
		part.Changes = append(part.Changes, now.Changes[i])
	}
	return left, others
}

// newDiagnostics returns the diagnostics that are not in the plan.
func (p *Planned) newDiagnostics(diags hcl.Diagnostics) hcl.Diagnostics {
	type key struct {
		extra   any
		summary string
	}
	known := make(map[key]bool, len(p.Diagnostics))
	for _, d := range p.Diagnostics {
		known[key{d.Extra, d.Summary}] = true
	}
	var out hcl.Diagnostics
	for _, d := range diags {
		if !known[key{d.Extra, d.Summary}] {
			out = append(out, d)
		}
	}
	diag.Sort(out) // like those of the plan
	return out
}
