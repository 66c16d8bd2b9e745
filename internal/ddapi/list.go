package ddapi

import (
	"context"
	"net/url"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Listing is the result of listing one kind.
type Listing struct {
	// Owned are the complete objects with the stack's ownership marker, or the part of it that names the stack.
	Owned []map[string]any
	// Others are all other objects, or their summaries, of kinds that cannot be filtered by tag.
	Others []map[string]any

	stack string // the StackSlug passed to List
}

// List returns the objects with a stack's ownership marker. stackSlug is the StackSlug of the stack's name. A field of
// the wrong JSON type is an error in the stack's objects (see checkFields), but not in others.
func (c *Client) List(ctx context.Context, k *kind.Kind, stackSlug string) (Listing, error) {
	list := k.Remote.List
	if list.TagFilter == "" {
		return c.listAll(ctx, k, stackSlug)
	}
	keep := func(o map[string]any) (bool, error) {
		owner, err := ownershipOf(k, o, stackSlug, func(m object.Marker) bool { return m.Claims(stackSlug) })
		switch {
		case err != nil:
		case owner == owned:
			err = checkFields(k, o)
		case owner == unknown:
			err = checkMarkerField(k, o) // Datadog reports that it has the stack's tag
		}
		return true, err
	}
	filter := url.Values{list.TagFilter: {object.TagStack + stackSlug}}
	all, err := c.pages(ctx, k, filter, keep, newMemoryLimit(maxListWeight))
	return Listing{Owned: all, stack: stackSlug}, err
}

// listAll reads the whole list of a kind and selects the stack's objects by their markers. If the list contains only
// summaries, it then reads these objects.
func (c *Client) listAll(ctx context.Context, k *kind.Kind, stackSlug string) (Listing, error) {
	all, err := c.pages(ctx, k, nil, keepAll, newMemoryLimit(maxListWeight))
	if err != nil {
		return Listing{}, err
	}
	l := Listing{stack: stackSlug}
	var ids []string
	for _, o := range all {
		owner, invalid := ownershipOf(k, o, stackSlug, func(m object.Marker) bool { return m.Claims(stackSlug) })
		id, err := idOf(k, o)
		if invalid == nil && owner == owned && !k.Remote.List.Summaries {
			invalid = checkFields(k, o)
		}
		switch {
		case invalid != nil:
			return Listing{}, c.listError(k, invalid)
		case owner == owned && err != nil:
			return Listing{}, c.listError(k, err)
		case owner == owned:
			ids, l.Owned = append(ids, id), append(l.Owned, o)
		case err == nil:
			l.Others = append(l.Others, o) // without an id, nothing can be done with the object
		}
	}
	if k.Remote.List.Summaries {
		l.Owned, err = c.readAll(ctx, k, ids, newMemoryLimit(maxListWeight))
	}
	return l, err
}

// keepAll keeps all objects of a list.
func keepAll(map[string]any) (bool, error) { return true, nil }
