package apply

import (
	"context"
	"fmt"
	"time"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// tieWait is how long a run waits for the other one to finish its check for duplicates.
const tieWait = 2 * time.Second

// resolveRace checks for duplicates after a create. Between the check before the create and the create itself, another
// run could have created the same object, and Datadog allows several objects with one address. The oldest stays. All
// runs agree on it, so each run deletes only its own object. resolveRace returns the object that stays. If lists lag
// behind, duplicates can remain; the next plan reports them.
func (g *guard) resolveRace(ctx context.Context, made, sent map[string]any) (map[string]any, error) {
	mine := plan.FromLive(g.kind, made)
	oldest, stays, tied, err := g.duplicates(ctx, mine, sent)
	if err == nil && len(tied) > 0 && stays == nil {
		// Datadog dates SLOs to the second, and their ids have no order. If the other run checked before this object
		// existed, it keeps its own. If it checks later, it deletes its own, because it also sees this one as older.
		if err = g.client.Wait(ctx, tieWait); err == nil {
			_, _, tied, err = g.duplicates(ctx, mine, sent)
		}
		if len(tied) > 0 {
			stays = tied[0]
			oldest = plan.FromLive(g.kind, stays)
		}
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s %s was created, but ddmon could not check whether another run also created it: %w",
			g.kind.Name, mine.ID, err)
	case stays == nil:
		return made, nil
	}
	switch undone, err := g.undoCreate(ctx, mine.ID, oldest, sent); {
	case err != nil:
		return nil, err
	case !undone:
		return made, nil
	}
	if g.isSent(oldest, sent) {
		g.theirs = true
		return stays, nil
	}
	return nil, &plan.Conflict{Address: g.change.Address, ID: oldest.ID, Reason: plan.ConflictExists, ModifiedAt: g.kind.ModifiedAt(oldest.Body)}
}

// duplicates finds the other objects at the address of an object that this run created. oldest is the oldest of all, as
// stays if it is not the run's own. tied are those created at the same time as far as Datadog says.
func (g *guard) duplicates(ctx context.Context, mine *object.Object, sent map[string]any) (oldest *object.Object, stays map[string]any, tied []map[string]any, err error) {
	marker, _ := g.kind.Marker.Read(sent)
	found, err := g.find(ctx, marker)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, raw := range found {
		if listed := plan.FromLive(g.kind, raw); listed.ID == mine.ID {
			mine = listed // all runs compare the listed objects
		}
	}
	oldest = mine
	for _, raw := range found {
		other := plan.FromLive(g.kind, raw)
		if other.ID == mine.ID || other.ID == g.change.ID || other.Marker.Replaced {
			continue
		}
		if !g.kind.Remote.ID.Number && g.kind.CreatedAt(other.Body) == g.kind.CreatedAt(mine.Body) {
			tied = append(tied, raw)
		}
		if plan.CreatedBefore(g.kind, other, oldest) {
			oldest, stays = other, raw
		}
	}
	return oldest, stays, tied, nil
}

// undoCreate deletes the object that this run created, unless it was edited, or the object that stays no longer does: its
// run can have been slow to delete it. It reports whether the object is deleted.
func (g *guard) undoCreate(ctx context.Context, id string, stays *object.Object, sent map[string]any) (undone bool, err error) {
	undone = true
	err = g.client.Delete(ctx, g.kind, id, func(ctx context.Context, _ bool) error {
		raw, ok, err := g.client.Lookup(ctx, g.kind, id)
		switch {
		case err != nil:
			return err
		case !ok:
			return &alreadyDone{}
		case !g.isSent(plan.FromLive(g.kind, raw), sent):
			return fmt.Errorf("%s %s was changed after it was created", g.kind.Name, id)
		}
		raw, ok, err = g.client.Lookup(ctx, g.kind, stays.ID)
		if err == nil && (!ok || !plan.FromLive(g.kind, raw).Marker.HasAddressOf(stays.Marker)) {
			undone = false
			return &alreadyDone{}
		}
		return err
	})
	if _, err = ignoreDone(nil, err); err != nil {
		return false, fmt.Errorf("another run also created %s, and ddmon could not delete %s %s, which this run created later: %w",
			g.change.Address, g.kind.Name, id, err)
	}
	return undone, nil
}
