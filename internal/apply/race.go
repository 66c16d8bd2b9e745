package apply

import (
	"context"
	"fmt"

	"ddmon/internal/plan"
)

// settleRace looks again after a creation: between the look before it and the creation another run may have created the
// same object, and Datadog does not keep two from having one address. Of several, the oldest stays; every run finds the
// same one, so each deletes only what it made itself. It returns the object that stays. Where lists show a new object
// late, several may remain, which the next plan reports.
func (g *guard) settleRace(ctx context.Context, made, sent map[string]any) (map[string]any, error) {
	mine := plan.FromLive(g.kind, made)
	marker, _ := g.kind.Marker.Read(sent)
	found, err := g.client.Find(ctx, g.kind, marker)
	if err != nil {
		return nil, fmt.Errorf("%s %s was created, but it could not be checked that no other run created it too: %w",
			g.kind.Name, mine.ID, err)
	}
	for _, raw := range found {
		if listed := plan.FromLive(g.kind, raw); listed.ID == mine.ID {
			mine = listed // both runs compare what the list says
		}
	}
	oldest := mine
	var stays map[string]any
	for _, raw := range found {
		switch other := plan.FromLive(g.kind, raw); {
		case other.ID == mine.ID || other.ID == g.change.ID || other.Marker.Replaced:
		case plan.CreatedBefore(g.kind, other, oldest):
			oldest, stays = other, raw
		}
	}
	if stays == nil {
		return made, nil
	}
	if err := g.withdraw(ctx, mine.ID, sent); err != nil {
		return nil, err
	}
	if g.isSent(oldest, sent) {
		g.theirs = true
		return stays, nil
	}
	return nil, &plan.Conflict{Address: g.change.Address, ID: oldest.ID, Reason: plan.ConflictExists, ModifiedAt: g.kind.ModifiedAt(oldest.Body)}
}

// withdraw deletes what this run has just created, as long as it is still that.
func (g *guard) withdraw(ctx context.Context, id string, sent map[string]any) error {
	err := g.client.Delete(ctx, g.kind, id, func(ctx context.Context, _ bool) error {
		raw, ok, err := g.client.Lookup(ctx, g.kind, id)
		switch {
		case err != nil:
			return err
		case !ok:
			return &alreadyDone{}
		case !g.isSent(plan.FromLive(g.kind, raw), sent):
			return fmt.Errorf("%s %s has been changed since it was created", g.kind.Name, id)
		}
		return nil
	})
	if _, err = unlessDone(nil, err); err != nil {
		return fmt.Errorf("another run created %s too, and %s %s, which this run created later, could not be deleted: %w",
			g.change.Address, g.kind.Name, id, err)
	}
	return nil
}
