package operation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/ddapi"
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/routine"
)

// Lister finds live objects. *ddapi.Client is one.
type Lister interface {
	// List finds the objects with a stack's marker. stackSlug is the object.StackSlug of the stack's name.
	List(ctx context.Context, k *kind.Kind, stackSlug string) (ddapi.Listing, error)
	// Named returns objects with one of the titles that List did not find.
	Named(ctx context.Context, k *kind.Kind, l ddapi.Listing, titles []string) ([]map[string]any, error)
	// Lookup reads an object by its id, with all its fields; ok is false if it does not exist.
	Lookup(ctx context.Context, k *kind.Kind, id string) (o map[string]any, ok bool, err error)
}

// discovery is a plan with its input.
type discovery struct {
	plan     *plan.Plan
	diags    hcl.Diagnostics
	in       plan.Input
	listings []ddapi.Listing // of the kinds of in
}

// discover lists the stack's objects and builds a plan. For each object to be created, it also looks for live objects
// with the same name, because the object could exist already. now is plan.Input.Now.
func discover(ctx context.Context, client Lister, stack *config.Stack, build Builder, now time.Time) (*discovery, error) {
	kinds := kind.All()
	listings, skipped, err := list(ctx, client, kinds, stack)
	if err != nil {
		return nil, err
	}
	live := owned(kinds, listings)
	if err := addUnlisted(ctx, client, stack.Objects, live); err != nil {
		return nil, err
	}
	in := plan.Input{Stack: stack.Name, Kinds: kinds, Desired: stack.Objects, Live: live, Now: now,
		HasSecrets: len(stack.Sensitive) > 0 || slices.ContainsFunc(stack.Objects, (*object.Object).HasSecrets)}
	p, diags := build(in)
	lookalikes, err := named(ctx, client, kinds, listings, p, func(c *plan.Change) bool { return c.Action == plan.Create })
	if err != nil {
		return nil, err
	}
	if len(lookalikes) > 0 {
		in.Live = append(in.Live, lookalikes...)
		p, diags = build(in)
	}
	return &discovery{plan: p, diags: append(diags, skipped...), in: in, listings: listings}, nil
}

// owned returns the stack's objects in the listings.
func owned(kinds []*kind.Kind, listings []ddapi.Listing) []*object.Object {
	var live []*object.Object
	for i, k := range kinds {
		for _, raw := range listings[i].Owned {
			live = append(live, plan.FromLive(k, raw))
		}
	}
	return live
}

// list lists all kinds in parallel. Keys that were made for a stack of monitors must not need the permissions of kinds
// that the stack does not have. Such a kind is skipped, with a warning, if Datadog returns 403 for it but not for all.
func list(ctx context.Context, client Lister, kinds []*kind.Kind, stack *config.Stack) ([]ddapi.Listing, hcl.Diagnostics, error) {
	listings, forbidden := make([]ddapi.Listing, len(kinds)), make([]error, len(kinds))
	group, ctx := routine.WithContext(ctx, 0)
	for i, k := range kinds {
		group.Go(func() error {
			var err error
			listings[i], err = client.List(ctx, k, object.StackSlug(stack.Name))
			if ddapi.Forbidden(err) && !has(stack, k) {
				listings[i], forbidden[i] = ddapi.Listing{}, err
				return nil
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, err
	}
	if !slices.Contains(forbidden, nil) {
		return nil, nil, forbidden[0]
	}
	var skipped hcl.Diagnostics
	for i, k := range kinds {
		if forbidden[i] != nil {
			skipped = append(skipped, diag.Warning("kind_forbidden", "Kind of objects not checked", fmt.Sprintf(
				"Datadog returned 403 for the list of %s. The stack has no %s block, so only orphaned %s can be missing from the plan. To "+
					"check for them, give the application key the permission %s.", k.Plural, k.Name, k.Plural, k.Remote.ReadPermission), hcl.Range{}))
		}
	}
	return listings, skipped, nil
}

// has reports whether the stack has objects of a kind.
func has(stack *config.Stack, k *kind.Kind) bool {
	return slices.ContainsFunc(stack.Objects, func(o *object.Object) bool { return o.Address.Kind == k.Name })
}

// named returns objects that are not in the listings and have the name of an object in the plan. include selects the
// objects of the plan.
func named(
	ctx context.Context, client Lister, kinds []*kind.Kind, listings []ddapi.Listing, p *plan.Plan,
	include func(*plan.Change) bool,
) ([]*object.Object, error) {
	titles := make(map[string][]string)
	for i := range p.Changes {
		if c := &p.Changes[i]; include(c) && c.Title != "" {
			titles[c.Address.Kind] = append(titles[c.Address.Kind], c.Title)
		}
	}
	var out []*object.Object
	for i, k := range kinds {
		found, err := client.Named(ctx, k, listings[i], titles[k.Name])
		if err != nil {
			return nil, err
		}
		for _, raw := range found {
			out = append(out, plan.FromLive(k, raw))
		}
	}
	return out, nil
}
