package apply

import (
	"context"
	"fmt"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// updateOnce updates the object of the change.
func (g *guard) updateOnce(ctx context.Context, sent map[string]any) (map[string]any, error) {
	written, err := ignoreDone(g.client.Update(ctx, g.kind, g.change.ID, sent, g.update(sent)))
	if err != nil {
		return nil, err
	}
	return written, g.settle(context.WithoutCancel(ctx), plan.FromLive(g.kind, written), sent)
}

// settle corrects the marker of an object after a write, if only Datadog's answer shows what the marker must say. Another
// change of the object since the write is left alone: the next plan shows it.
func (g *guard) settle(ctx context.Context, stored *object.Object, sent map[string]any) error {
	marker, body := g.kind.Marker.Read(sent)
	if g.change.HasUnknown(g.kind, body) {
		raw, ok, err := g.client.Lookup(ctx, g.kind, stored.ID)
		switch {
		case err != nil:
			return fmt.Errorf("%s %s was written, but ddmon could not read it again: %w", g.kind.Name, stored.ID, err)
		case !ok:
			return nil
		}
		stored = plan.FromLive(g.kind, raw)
	}
	settled := g.change.Settle(g.kind, marker, body, stored)
	if settled == marker {
		return nil
	}
	renewed := g.kind.Marker.Write(body, settled)
	if g.kind.UpdateMerges {
		field := g.kind.Marker.Field()
		renewed = map[string]any{field: renewed[field]}
	}
	_, err := ignoreDone(g.client.Update(ctx, g.kind, stored.ID, renewed, func(ctx context.Context, _ bool) error {
		raw, ok, err := g.client.Lookup(ctx, g.kind, stored.ID)
		if err == nil && (!ok || !g.isSent(plan.FromLive(g.kind, raw), sent)) {
			return &alreadyDone{}
		}
		return err
	}))
	if err != nil {
		return fmt.Errorf("%s %s was written, but ddmon could not complete its marker: %w", g.kind.Name, stored.ID, err)
	}
	return nil
}
