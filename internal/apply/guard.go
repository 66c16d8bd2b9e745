package apply

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// guard compares what there is with what the plan saw, right before a write. Without it two runs at once, or a person
// in Datadog, would be written over.
type guard struct {
	client Client
	kind   *kind.Kind
	stack  string
	change *plan.Change
	// begun says that a write was let through, theirs that another run has made the object. They are the calling
	// goroutine's.
	begun, theirs bool
}

// alreadyDone ends a write because what it was to bring about is there already: made by a try whose answer was lost, or by
// another run at the same time.
type alreadyDone struct{ body map[string]any }

func (s *alreadyDone) Error() string { return "it is there already" }

// unlessDone turns the end of such a write into its success.
func unlessDone(body map[string]any, err error) (map[string]any, error) {
	var done *alreadyDone
	if errors.As(err, &done) {
		return done.body, nil
	}
	return body, err
}

// let notes that a write goes ahead, and dates the marker in what is sent; nil for a deletion.
func (g *guard) let(sent map[string]any) error {
	g.begun = true
	if at, ok := g.client.ServerTime(); ok && sent != nil {
		marker, rest := g.kind.Marker.Read(sent)
		marker.Written, marker.Secret, marker.Places = at.Unix(), g.change.Desired.HasSecrets(), g.change.Desired.SecretPlaces()
		maps.Copy(sent, g.kind.Marker.Write(rest, marker))
	}
	return nil
}

// letAgain is let for a creation that may have been carried out already. It keeps its date, so that Datadog can refuse
// it as the same again. Once the date is old, an object created now would pass for a clone of itself.
func (g *guard) letAgain(sent map[string]any) error {
	marker, _ := g.kind.Marker.Read(sent)
	at, ok := g.client.ServerTime()
	if ok && marker.Written > 0 && at.Sub(time.Unix(marker.Written, 0)) > plan.CloneAge/2 {
		return errors.New("the answer to its creation was lost a while ago, and it is not listed: plan again to see whether the " +
			"object was made")
	}
	g.begun = true
	return nil
}

// live reads the object of the change by its id; nil if there is none.
func (g *guard) live(ctx context.Context) (*object.Object, map[string]any, error) {
	raw, ok, err := g.client.Lookup(ctx, g.kind, g.change.ID)
	if err != nil || !ok {
		return nil, nil, err
	}
	return plan.FromLive(g.kind, raw), raw, nil
}

// update is the check before sent takes the place of what the plan saw.
func (g *guard) update(sent map[string]any) Check {
	whole := sent
	if g.kind.UpdateMerges {
		whole = maps.Clone(g.change.Before)
		maps.Copy(whole, sent)
	}
	return func(ctx context.Context, lost bool) error {
		have, raw, err := g.live(ctx)
		if err != nil {
			return err
		}
		if lost && have != nil && g.isSent(have, whole) {
			return &alreadyDone{raw}
		}
		if conflict := g.change.Conflict(g.kind, g.stack, g.change.Before, have); conflict != nil {
			return conflict
		}
		return g.let(sent)
	}
}

// remove is the check before the live object is deleted. One that is gone is as it should be.
func (g *guard) remove() Check {
	c := *g.change
	if c.Action == plan.Replace {
		c.Action, c.Deposed = plan.Delete, true // this run has marked it
	}
	return func(ctx context.Context, _ bool) error {
		have, _, err := g.live(ctx)
		switch {
		case err != nil:
			return err
		case have == nil:
			return &alreadyDone{}
		}
		if conflict := c.Conflict(g.kind, g.stack, c.Before, have); conflict != nil {
			return conflict
		}
		return g.let(nil)
	}
}

// create is the check before an object is made: no object has the address yet. One that is just as it is to be made was
// made by another run, and is as good.
func (g *guard) create(sent map[string]any) Check {
	marker, _ := g.kind.Marker.Read(sent)
	return func(ctx context.Context, lost bool) error {
		found, err := g.client.Find(ctx, g.kind, marker)
		if err != nil {
			return err
		}
		for _, raw := range found {
			have := plan.FromLive(g.kind, raw)
			switch {
			case have.Marker.Replaced, have.ID == g.change.ID:
				// On its way out, and a list that is late may not show the mark of the one that this run has marked.
			case g.isSent(have, sent):
				g.theirs = !lost
				return &alreadyDone{raw}
			default:
				return &plan.Conflict{Address: g.change.Address, ID: have.ID, Reason: plan.ConflictExists, ModifiedAt: g.kind.ModifiedAt(have.Body)}
			}
		}
		if lost && !g.kind.RejectsDuplicates {
			return fmt.Errorf("the answer to its creation was lost, and it is not listed (yet): plan again, later, to see " +
				"whether the object was made")
		}
		if lost {
			return g.letAgain(sent)
		}
		return g.let(sent)
	}
}

// make makes an object, or finds that it is there. An answer without id is a failure, as nothing could refer to the
// object.
func (g *guard) make(ctx context.Context, sent map[string]any) (map[string]any, error) {
	made, err := g.client.Create(ctx, g.kind, sent, g.create(sent))
	var there *alreadyDone
	switch {
	case errors.As(err, &there):
		return there.body, nil
	case err != nil:
		return g.adopt(ctx, sent, err)
	case plan.FromLive(g.kind, made).ID == "":
		return nil, errors.New("the answer holds no id: plan again to see whether the object was made")
	}
	// Of no kind does Datadog refuse a second object now: the date in the marker makes those of two runs differ. Once it is
	// made this is part of making it, even if the run is interrupted.
	return g.settleRace(context.WithoutCancel(ctx), made, sent)
}

// adopt takes the object that Datadog refuses to make a twin of, if it is the one that was to be made: an earlier run
// made it, and lists did not show it yet. Otherwise it returns the refusal.
func (g *guard) adopt(ctx context.Context, sent map[string]any, refusal error) (map[string]any, error) {
	var twin interface{ DuplicateID() string }
	if !errors.As(refusal, &twin) || twin.DuplicateID() == "" {
		return nil, refusal
	}
	raw, ok, err := g.client.Lookup(ctx, g.kind, twin.DuplicateID())
	if err != nil || !ok {
		return nil, refusal
	}
	if !g.isSent(plan.FromLive(g.kind, raw), sent) {
		return nil, fmt.Errorf("%w. %s %s is not this stack's %s, so it is left alone: delete it, or make the two differ",
			refusal, g.kind.Name, twin.DuplicateID(), g.change.Address)
	}
	return raw, nil
}

// isSent reports whether a live object is what a write of this change makes of it, whenever it was written.
func (g *guard) isSent(have *object.Object, sent map[string]any) bool {
	marker, body := g.kind.Marker.Read(sent)
	if !have.Marker.SameAs(marker) {
		return false
	}
	_, edits, _ := plan.Compare(g.kind, body, have.Body, g.change.Ignore)
	return len(edits) == 0
}
