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

// confirmWaits are the pauses before each request of Datadog's lists, which may not show at once what was written.
func confirmWaits() []time.Duration {
	return []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second}
}

// Confirmation is what Datadog shows after a plan was carried out.
type Confirmation struct {
	// Left is the part of the plan that Datadog does not show as done.
	Left *plan.Plan
	// Others is what else the files want by now. It is empty unless the plan was a saved one.
	Others *plan.Plan
	// Diagnostics are those that the plan did not have.
	Diagnostics hcl.Diagnostics
}

// Confirm lists again after a plan was carried out, to find what is left to do. Lists may lag behind, so it asks up to four
// times; sleep waits in between, or until the context is done.
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
			return c, fmt.Errorf("everything was done, but listing again to confirm it failed: %w", err)
		}
		c.Left, c.Others = p.carriedOut(found.plan)
		if c.Diagnostics = p.unknown(onlyOf(c.Left, found.diags)); !mayPass(c.Left, c.Diagnostics) {
			break
		}
	}
	return c, nil
}

// mayPass reports whether another list may show that nothing is left to do: lists lag behind, and another run may be about
// to delete the object that it created at the same time.
func mayPass(left *plan.Plan, diags hcl.Diagnostics) bool {
	if !diags.HasErrors() {
		return !left.Empty()
	}
	return !slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool {
		return d.Severity == hcl.DiagError && diag.Code(d) != plan.CodeDuplicates
	})
}

// carriedOut divides what there is to do now into what concerns the objects that were to be changed, and the rest.
func (p *Planned) carriedOut(now *plan.Plan) (left, others *plan.Plan) {
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

// unknown are the diagnostics that the plan did not have.
func (p *Planned) unknown(diags hcl.Diagnostics) hcl.Diagnostics {
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
	return out
}
