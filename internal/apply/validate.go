package apply

import (
	"context"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/routine"
)

// Invalid is a body that Datadog would refuse, or could not be asked about.
type Invalid struct {
	Address object.Address
	Err     error
}

// ValidateAll has Datadog check the body of every change of the plan that writes one, exactly as it would be sent. It
// returns what was refused, in the plan's order, and the addresses whose bodies hold ids that are not known yet; Run
// validates those when they are. Once the context is done nothing more is asked, so the caller looks at its error too.
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
