package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render"
)

// confirmWaits are the pauses before Datadog's lists are asked again whether they show what was written.
func confirmWaits() []time.Duration {
	return []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second}
}

// confirmDone lists again: of what was carried out nothing may be left to do.
func (s *session) confirmDone(ctx context.Context, v verb) error {
	var left, besides *plan.Plan
	var diags hcl.Diagnostics
	for _, wait := range confirmWaits() {
		if wait > 0 {
			if err := s.app.Sleep(ctx, wait); err != nil {
				return err
			}
		}
		found, err := survey(ctx, s.stack, s.conn, v.build)
		if err != nil {
			return fmt.Errorf("everything was done, but listing again to confirm it failed: %w", err)
		}
		left, besides = s.carriedOut(found.plan)
		if diags = s.unknown(onlyOf(left, found.diags)); !mayPass(left, diags) {
			break
		}
	}
	if diags.HasErrors() {
		s.app.say("Everything was done, and now there is this:")
		if err := s.app.showDiagnostics(s.stack.Files, diags); err != nil {
			return err
		}
		return errFailed
	}
	if !left.Empty() {
		return s.notConfirmed(left)
	}
	if s.saved && !besides.Empty() {
		s.app.say("Besides this plan there is more to do by now, which `ddmon plan` shows.")
	}
	return s.verdict()
}

// mayPass reports whether another list may show that nothing is left to do: lists are late, and another run may be about
// to delete the object that it created at the same time.
func mayPass(left *plan.Plan, diags hcl.Diagnostics) bool {
	if !diags.HasErrors() {
		return !left.Empty()
	}
	return !slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool {
		return d.Severity == hcl.DiagError && diag.Code(d) != plan.CodeDuplicates
	})
}

// carriedOut divides a plan into what concerns the objects that were to be changed, and the rest.
func (s *session) carriedOut(p *plan.Plan) (left, besides *plan.Plan) {
	left, besides = p, &plan.Plan{Stack: p.Stack}
	if len(s.targets) > 0 {
		left, _ = p.Target(s.targets)
	}
	if !s.saved {
		return left, besides
	}
	written := make(map[object.Address]bool, len(s.changes.Changes))
	for i := range s.changes.Changes {
		if c := &s.changes.Changes[i]; c.Action != plan.NoOp {
			written[c.Address] = true
		}
	}
	left = &plan.Plan{Stack: p.Stack}
	for i := range p.Changes {
		part := besides
		if written[p.Changes[i].Address] {
			part = left
		}
		part.Changes = append(part.Changes, p.Changes[i])
	}
	return left, besides
}

// notConfirmed shows what is left although everything was done.
func (s *session) notConfirmed(left *plan.Plan) error {
	why := "Datadog does not show what was just written. This is left to do:"
	if s.saved {
		why = "This plan was carried out, and the files want something else by now, or Datadog does not show yet what was written:"
	}
	s.app.say("%s", why)
	if err := render.Plan(s.app.Stderr, render.View{Plan: s.app.hide.plan(left), Now: s.app.Now()}, s.app.stderrStyle()); err != nil {
		return err
	}
	return errFailed
}

// unknown are the diagnostics that did not come with the plan.
func (s *session) unknown(diags hcl.Diagnostics) hcl.Diagnostics {
	type key struct {
		extra   any
		summary string
	}
	known := make(map[key]bool, len(s.diags))
	for _, d := range s.diags {
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
