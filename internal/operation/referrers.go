package operation

import (
	"context"

	"ddmon/internal/kind"
	"ddmon/internal/plan"
)

// Referrers finds references to objects. *ddapi.Client implements it.
type Referrers interface {
	// CanDelete returns, by id, the objects outside the stack that refer to each of the objects.
	CanDelete(ctx context.Context, k *kind.Kind, ids []string) (map[string][]string, error)
}

// findReferrers sets Referrers of the objects to be deleted: objects of other stacks, and unmanaged ones. References
// within the stack are already in the plan.
func findReferrers(ctx context.Context, client Referrers, p *plan.Plan) error {
	deleted := make(map[string][]string)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action == plan.Delete || c.Action == plan.Replace {
			deleted[c.Address.Kind] = append(deleted[c.Address.Kind], c.ID)
		}
	}
	for kindName, ids := range deleted {
		found, err := client.CanDelete(ctx, kind.Named(kindName), ids)
		if err != nil {
			return err
		}
		for i := range p.Changes {
			if c := &p.Changes[i]; c.Address.Kind == kindName {
				c.Referrers = found[c.ID] // nil for the ids that are not deleted
			}
		}
	}
	return nil
}
