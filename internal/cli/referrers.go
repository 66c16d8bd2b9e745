package cli

import (
	"context"

	"ddmon/internal/kind"
	"ddmon/internal/plan"
)

// findReferrers asks Datadog who refers to the objects that are to go, in other stacks and by hand, and notes it in the
// plan. What stands in the stack itself the plan knows.
func findReferrers(ctx context.Context, conn *connection, p *plan.Plan) error {
	going := make(map[string][]string)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action == plan.Delete || c.Action == plan.Replace {
			going[c.Address.Kind] = append(going[c.Address.Kind], c.ID)
		}
	}
	for kindName, ids := range going {
		found, err := conn.CanDelete(ctx, kind.Named(kindName), ids)
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
