package ddapi

import (
	"context"
	"net/url"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Listing is what a list of one kind found.
type Listing struct {
	// Owned are the objects, complete, that carry the stack's marker or the part of it that names the stack.
	Owned []map[string]any
	// Others are all other objects, or summaries of them, of kinds whose list cannot be filtered by tags.
	Others []map[string]any

	stack string // the StackSlug that was asked for
}

// List finds the objects that carry a stack's marker. stackSlug is the StackSlug of the stack's name. An object of the
// stack with a field that has not its JSON type is an error; see checkFields. One of others is not.
func (c *Client) List(ctx context.Context, k *kind.Kind, stackSlug string) (Listing, error) {
	list := k.Remote.List
	if list.TagFilter == "" {
		return c.listAll(ctx, k, stackSlug)
	}
	keep := func(o map[string]any) (bool, error) {
		whose, err := ownershipOf(k, o, stackSlug, func(m object.Marker) bool { return m.Claims(stackSlug) })
		switch {
		case err != nil:
		case whose == owned:
			err = checkFields(k, o)
		case whose == unknown:
			err = checkMarkerPlace(k, o) // Datadog says that it carries the stack's tag
		}
		return true, err
	}
	filter := url.Values{list.TagFilter: {object.TagStack + stackSlug}}
	all, err := c.pages(ctx, k, filter, keep, newAllowance(maxListWeight))
	return Listing{Owned: all, stack: stackSlug}, err
}

// listAll reads the whole list of a kind and picks out the stack's own objects, by their markers. Those of which the list
// holds summaries are read then.
func (c *Client) listAll(ctx context.Context, k *kind.Kind, stackSlug string) (Listing, error) {
	all, err := c.pages(ctx, k, nil, everything, newAllowance(maxListWeight))
	if err != nil {
		return Listing{}, err
	}
	l := Listing{stack: stackSlug}
	var ids []string
	for _, o := range all {
		whose, unread := ownershipOf(k, o, stackSlug, func(m object.Marker) bool { return m.Claims(stackSlug) })
		id, err := idOf(k, o)
		if unread == nil && whose == owned && !k.Remote.List.Summaries {
			unread = checkFields(k, o)
		}
		switch {
		case unread != nil:
			return Listing{}, c.misshapen(k, unread)
		case whose == owned && err != nil:
			return Listing{}, c.misshapen(k, err)
		case whose == owned:
			ids, l.Owned = append(ids, id), append(l.Owned, o)
		case err == nil:
			l.Others = append(l.Others, o) // others without an id cannot be asked about, so nothing is to be done with them
		}
	}
	if k.Remote.List.Summaries {
		l.Owned, err = c.readAll(ctx, k, ids, newAllowance(maxListWeight))
	}
	return l, err
}

// everything keeps all objects of a list.
func everything(map[string]any) (bool, error) { return true, nil }
