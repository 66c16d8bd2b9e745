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

// guard compares the live object with the one that the plan saw, right before a write. It prevents overwriting changes
// of a concurrent run or of a user.
type guard struct {
	client Client
	kind   *kind.Kind
	stack  string
	change *plan.Change
	// begun reports that a write was allowed, theirs that another run created the object. Only the goroutine of the
	// request uses them.
	begun, theirs bool
}

// alreadyDone cancels a write that is not needed, because an attempt without a response or a concurrent run already did
// it.
type alreadyDone struct{ body map[string]any }

func (s *alreadyDone) Error() string { return "already done" }

// ignoreDone converts alreadyDone to success.
func ignoreDone(body map[string]any, err error) (map[string]any, error) {
	var done *alreadyDone
	if errors.As(err, &done) {
		return done.body, nil
	}
	return body, err
}

// allow allows a write of a live object, nil for a creation, and sets the date in the marker of the body; nil for a
// deletion.
func (g *guard) allow(live, sent map[string]any) error {
	g.begun = true
	if at, ok := g.client.ServerTime(); ok && sent != nil {
		marker, rest := g.kind.Marker.Read(sent)
		marker.Written = plan.WrittenAt(g.kind, live, at).Unix()
		marker.Secret, marker.Places = g.change.Desired.HasSecrets(), g.change.Desired.SecretPlaces()
		maps.Copy(sent, g.kind.Marker.Write(rest, marker))
	}
	return nil
}

// allowRetry is allow for a create that could have succeeded already. It keeps the date, so Datadog can reject it as a
// duplicate. If the date is too old, a new object would look like a clone. The first attempt already set begun.
func (g *guard) allowRetry(sent map[string]any) error {
	marker, _ := g.kind.Marker.Read(sent)
	at, ok := g.client.ServerTime()
	if ok && marker.Written > 0 && at.Sub(time.Unix(marker.Written, 0)) > plan.CloneAge/2 {
		return errors.New("the response to the create request was lost, and the object is not listed: plan again to see whether " +
			"it was created")
	}
	return nil
}

// live reads the object of the change by its id; nil if it does not exist.
func (g *guard) live(ctx context.Context) (*object.Object, map[string]any, error) {
	raw, ok, err := g.client.Lookup(ctx, g.kind, g.change.ID)
	if err != nil || !ok {
		return nil, nil, err
	}
	return plan.FromLive(g.kind, raw), raw, nil
}

// update returns the check before an update with the body sent.
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
		return g.allow(raw, sent)
	}
}

// remove returns the check before a delete. If the object does not exist, nothing is left to do.
func (g *guard) remove() Check {
	c := *g.change
	if c.Action == plan.Replace {
		c.Action, c.Deposed = plan.Delete, true // marked by this run
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
		return g.allow(nil, nil)
	}
}

// create returns the check before a create: no object must have the address. An equal object was created by another run
// and is used instead.
func (g *guard) create(sent map[string]any) Check {
	marker, _ := g.kind.Marker.Read(sent)
	return func(ctx context.Context, lost bool) error {
		found, err := g.find(ctx, marker)
		if err != nil {
			return err
		}
		for _, raw := range found {
			have := plan.FromLive(g.kind, raw)
			switch {
			case have.Marker.Replaced, have.ID == g.change.ID:
				// The object is being replaced. Lists can lag behind and not show the mark that this run set.
			case g.isSent(have, sent):
				g.theirs = !lost
				return &alreadyDone{raw}
			default:
				return &plan.Conflict{Address: g.change.Address, ID: have.ID, Reason: plan.ConflictExists, ModifiedAt: g.kind.ModifiedAt(have.Body)}
			}
		}
		if lost && !g.kind.RejectsDuplicates {
			return fmt.Errorf("the response to the create request was lost, and the object is not listed yet: plan again later to " +
				"see whether it was created")
		}
		if lost {
			return g.allowRetry(sent)
		}
		return g.allow(nil, sent)
	}
}

// find returns the objects with a marker. It reads those separately whose configuration sets a field that lists do not
// have.
func (g *guard) find(ctx context.Context, marker object.Marker) ([]map[string]any, error) {
	found, err := g.client.Find(ctx, g.kind, marker)
	if err != nil || len(g.kind.Unlisted(g.change.After)) == 0 {
		return found, err
	}
	whole := make([]map[string]any, 0, len(found))
	for _, raw := range found {
		o, ok, err := g.client.Lookup(ctx, g.kind, plan.FromLive(g.kind, raw).ID)
		switch {
		case err != nil:
			return nil, err
		case ok:
			whole = append(whole, o)
		}
	}
	return whole, nil
}

// createOnce creates an object unless it exists. A response without id is an error, because nothing could refer to the
// object.
func (g *guard) createOnce(ctx context.Context, sent map[string]any) (map[string]any, error) {
	made, err := g.client.Create(ctx, g.kind, sent, g.create(sent))
	var done *alreadyDone
	switch {
	case errors.As(err, &done):
		return done.body, nil
	case err != nil:
		return g.adopt(ctx, sent, err)
	case plan.FromLive(g.kind, made).ID == "":
		return nil, errors.New("the response has no id: plan again to see whether the object was created")
	}
	// Datadog does not reject duplicates of two runs, because the dates in their markers differ. This check is part of
	// the creation and must finish even if the run is interrupted.
	ctx = context.WithoutCancel(ctx)
	if made, err = g.resolveRace(ctx, made, sent); err != nil || g.theirs {
		return made, err
	}
	return made, g.settle(ctx, plan.FromLive(g.kind, made), sent)
}

// adopt returns the object that Datadog rejected a create as a duplicate of, if it is the one to be created: an earlier
// run created it, and lists did not show it yet. Otherwise adopt returns the rejection.
func (g *guard) adopt(ctx context.Context, sent map[string]any, rejection error) (map[string]any, error) {
	var duplicate interface{ DuplicateID() string }
	if !errors.As(rejection, &duplicate) || duplicate.DuplicateID() == "" {
		return nil, rejection
	}
	raw, ok, err := g.client.Lookup(ctx, g.kind, duplicate.DuplicateID())
	if err != nil || !ok {
		return nil, rejection
	}
	if !g.isSent(plan.FromLive(g.kind, raw), sent) {
		return nil, fmt.Errorf("%w. %s %s is not this stack's %s, so ddmon does not change it: delete it, or make the two differ",
			rejection, g.kind.Name, duplicate.DuplicateID(), g.change.Address)
	}
	return raw, nil
}

// isSent reports whether a live object equals the result of sending a body, except for the date in its marker.
func (g *guard) isSent(have *object.Object, sent map[string]any) bool {
	marker, body := g.kind.Marker.Read(sent)
	if !have.Marker.SameAs(marker) {
		return false
	}
	return plan.IsStored(g.kind, body, have.Body, g.change.Ignore)
}
