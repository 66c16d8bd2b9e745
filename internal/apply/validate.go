package apply

import (
	"context"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/routine"
)

// Invalid is a body that Datadog would reject or could not validate.
type Invalid struct {
	Address object.Address
	Err     error
}

// ValidateAll validates the body of every change with Datadog, exactly as it would be sent. It returns the invalid
// bodies, in the order of the plan, and the addresses whose bodies have unknown ids, which Run validates later. If the
// context is done, ValidateAll sends no more requests, so callers must check the context's error.
func ValidateAll(ctx context.Context, p *plan.Plan, client Client, o Options) (bad []Invalid, later []object.Address) {
	r := newRun(p, client, o)
	errs := make([]error, len(p.Changes))
	group := routine.NewGroup(r.limit)
	for i := range p.Changes {
		c := &p.Changes[i]
		k := r.graph.kinds[c.Address.Kind]
		if k == nil || !k.Validates || !writes(c) || ctx.Err() != nil {
			continue
		}
		body, missing := c.Write(k, p.Stack, r.idOf)
		if len(missing) > 0 {
			later = append(later, c.Address)
			continue
		}
		group.Go(func() error {
			errs[i] = client.Validate(ctx, k, validatedAs(c), body)
			return nil
		})
	}
	_ = group.Wait() // the functions return no errors
	for i, err := range errs {
		if err != nil {
			bad = append(bad, Invalid{p.Changes[i].Address, err})
		}
	}
	return bad, later
}

func writes(c *plan.Change) bool {
	return c.Action == plan.Create || c.Action == plan.Update || c.Action == plan.Replace
}
