package operation

import (
	"context"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// validate validates the plan's bodies with Datadog and returns the errors as diagnostics with their locations. later
// are the objects with unknown ids, which Apply validates.
func validate(ctx context.Context, client apply.Client, p *plan.Plan, parallel int) (diags hcl.Diagnostics, later []object.Address) {
	invalid, later := apply.ValidateAll(ctx, p, client, apply.Options{Kinds: kind.All(), Parallel: parallel})
	desired := make(map[object.Address]*object.Object)
	for i := range p.Changes {
		if o := p.Changes[i].Desired; o != nil {
			desired[o.Address] = o
		}
	}
	for _, bad := range invalid {
		diags = append(diags, refusal(desired[bad.Address], bad.Err, codeValidationFailed, "Validation failed")...)
	}
	return diags, later
}
