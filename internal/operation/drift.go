package operation

import (
	"context"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/plan"
)

// Drift asks Datadog what is not as configured. In addition to the stack's own objects it looks for others with their
// names. By now, objects belong to the past; see plan.Input. Diagnostics come back sorted.
func Drift(ctx context.Context, client Lister, stack *config.Stack, now time.Time) (*plan.DriftReport, hcl.Diagnostics, error) {
	found, err := discover(ctx, client, stack, plan.Build, now)
	if err != nil {
		return nil, nil, err
	}
	all := func(*plan.Change) bool { return true }
	others, err := named(ctx, client, found.in.Kinds, found.listings, found.plan, all)
	if err != nil {
		return nil, nil, err
	}
	diag.Sort(found.diags)
	return plan.Drift(found.plan, others), found.diags, nil
}
