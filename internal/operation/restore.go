package operation

import (
	"context"
	"fmt"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// Restore restores a saved plan. If an object has changed after the plan was made, the error names it.
func Restore(ctx context.Context, client Lister, in Input, saved *planfile.Saved, at Origin, keys Keys) (*Planned, error) {
	if err := saved.Check(in.Stack.Name, at.Tool, at.Datadog); err != nil {
		return nil, err
	}
	if err := saved.Unlock(keys.named); err != nil {
		return nil, err
	}
	kinds := kind.All()
	listings, _, err := list(ctx, client, kinds, in.Stack) // the plan already warned
	if err != nil {
		return nil, err
	}
	live := owned(kinds, listings)
	if err := addUnlisted(ctx, client, in.Stack.Objects, live); err != nil {
		return nil, err
	}
	if conflicts := saved.Stale(live, kinds); len(conflicts) > 0 {
		return nil, staleError(conflicts)
	}
	p := &Planned{Input: in, Live: len(live), Saved: true}
	if p.Changes, err = saved.Plan(in.Stack.Objects, live); err != nil {
		return p, err
	}
	if late := p.Changes.Ended(in.Now); len(late) > 0 {
		return nil, fmt.Errorf("the plan is stale, nothing was changed: %s has ended. Plan again and review the new plan", late[0])
	}
	return p, nil
}

// staleError lists the objects that changed after the plan was made.
func staleError(conflicts []*plan.Conflict) error {
	lines := make([]string, len(conflicts))
	for i, c := range conflicts {
		lines[i] = "  " + c.Error()
	}
	return fmt.Errorf("the plan is stale, nothing was changed:\n%s\nPlan again and review the new plan", strings.Join(lines, "\n"))
}
