package operation

import (
	"context"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/plan"
)

// Drift compares Datadog with the configuration. It also looks for objects of other owners with the names of the
// stack's objects. now is plan.Input.Now. The diagnostics are sorted.
func Drift(ctx context.Context, client Lister, stack *config.Stack, now time.Time) (*plan.DriftReport, hcl.Diagnostics, error) {
	found, err := discover(ctx, client, stack, plan.Build, now)
	if err != nil {
		return nil, nil, err
	}
	// Names of objects without a block are not looked up: they can be sensitive, and another object may have them.
	others, err := named(ctx, client, found.in.Kinds, found.listings, found.plan, (*plan.Change).Configured)
	if err != nil {
		return nil, nil, err
	}
	diag.Sort(found.diags)
	return plan.Drift(found.plan, others), found.diags, nil
}
