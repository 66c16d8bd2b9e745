package operation

import (
	"context"

	"ddmon/internal/kind"
	"ddmon/internal/plan"
)

// Referrers finds what refers to objects. *ddapi.Client is one.
type Referrers interface {
	// CanDelete returns, by id, what outside of the stack refers to each of the objects.
	CanDelete(ctx context.Context, k *kind.Kind, ids []string) (map[string][]string, error)
}

// findReferrers asks Datadog what refers to the objects that are to be deleted, in other stacks and by hand, and notes it in
// the plan. References within the stack are in the plan already.
func findReferrers(ctx context.Context, client Referrers, p *plan.Plan) error {
	going := make(map[string][]string)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action == plan.Delete || c.Action == plan.Replace {
			going[c.Address.Kind] = append(going[c.Address.Kind], c.ID)
		}
	}
	for kindName, ids := range going {
		found, err := client.CanDelete(ctx, kind.Named(kindName), ids)
		if err != nil {
			return err
		}
		for i := range p.Changes {
			if c := &p.Changes[i]; c.Address.Kind == kindName && (c.Action == plan.Delete || c.Action == plan.Replace) {
				c.Referrers = found[c.ID]
			}
		}
	}
	return nil
}
