package apply

import (
	"context"
	"fmt"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// call is a step that can be run.
type call struct {
	step Step
	id   string // of the object; empty for a new one
	// guard checks a write; nil if nothing is written.
	guard *guard
	do    func(context.Context) (map[string]any, error)
}

// calls returns the steps of a node. Its dependencies must be finished.
func (r *run) calls(n int) ([]call, error) {
	c := r.graph.change(n)
	k := r.graph.kinds[c.Address.Kind]
	if k == nil {
		return nil, fmt.Errorf("this version of ddmon does not support the kind %q", c.Address.Kind)
	}
	if r.graph.nodes[n].task == remove {
		return []call{r.removal(k, c)}, nil
	}
	body, missing := c.Write(k, r.graph.plan.Stack, r.idOf)
	if len(missing) > 0 {
		return nil, fmt.Errorf("the id of %s is unknown, and this plan does not create the object: plan again", addresses(missing))
	}
	var out []call
	if k.Validates && holdsReferences(c) {
		out = append(out, r.validation(k, c, body))
	}
	switch c.Action {
	case plan.Update:
		return append(out, r.update(Update, k, c, body)), nil
	case plan.Replace:
		out = append(out, r.update(Mark, k, c, c.WriteReplaced(k, r.graph.plan.Stack)))
	case plan.Create, plan.Delete, plan.NoOp, plan.Blocked:
	}
	return append(out, r.creation(k, c, body)), nil
}

func (r *run) guard(k *kind.Kind, c *plan.Change) *guard {
	return &guard{client: r.client, kind: k, stack: r.graph.plan.Stack, change: c}
}

func (r *run) validation(k *kind.Kind, c *plan.Change, body map[string]any) call {
	id := validatedAs(c)
	return call{Validate, id, nil, func(ctx context.Context) (map[string]any, error) {
		return nil, r.client.Validate(ctx, k, id, body)
	}}
}

func (r *run) update(step Step, k *kind.Kind, c *plan.Change, body map[string]any) call {
	g := r.guard(k, c)
	return call{step, c.ID, g, func(ctx context.Context) (map[string]any, error) {
		if step == Mark {
			return ignoreDone(r.client.Update(ctx, k, c.ID, body, g.update(body)))
		}
		return g.updateOnce(ctx, body)
	}}
}

func (r *run) removal(k *kind.Kind, c *plan.Change) call {
	g := r.guard(k, c)
	return call{Delete, c.ID, g, func(ctx context.Context) (map[string]any, error) {
		return ignoreDone(nil, r.client.Delete(ctx, k, c.ID, g.remove()))
	}}
}

// creation returns the call that creates an object.
func (r *run) creation(k *kind.Kind, c *plan.Change, body map[string]any) call {
	g := r.guard(k, c)
	return call{Create, "", g, func(ctx context.Context) (map[string]any, error) {
		made, err := g.createOnce(ctx, body)
		if err != nil && c.Action == plan.Replace {
			err = fmt.Errorf("%w. The old %s %s is marked as replaced but still active; the next apply creates the new one "+
				"and then deletes the old one", err, k.Name, c.ID)
		}
		return made, err
	}}
}

// validatedAs returns the id for the validation of a change's body; empty for a new object, including a replacement.
func validatedAs(c *plan.Change) string {
	if c.Action == plan.Update {
		return c.ID
	}
	return ""
}

// holdsReferences reports whether a body had unknown ids when the plan was made, so it was not validated then.
func holdsReferences(c *plan.Change) bool {
	found := false
	object.WalkRefs(c.After, func(object.Path, object.Address) { found = true })
	return found
}

func addresses(all []object.Address) string {
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = a.String()
	}
	return strings.Join(out, ", ")
}
