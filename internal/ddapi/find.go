package ddapi

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Lookup is Get; ok is false if Datadog says that there is none.
func (c *Client) Lookup(ctx context.Context, k *kind.Kind, id string) (o map[string]any, ok bool, err error) {
	o, err = c.Get(ctx, k, id)
	switch {
	case NotFound(err):
		return nil, false, nil
	case err != nil:
		return nil, false, err
	}
	return o, true, nil
}

// Find returns the objects, complete, that carry the stack and the slug of a marker, whatever else their marker says.
// One that is marked as replaced need not be among them. What is found is as new as the call. Their fields are checked as
// those of List are.
func (c *Client) Find(ctx context.Context, k *kind.Kind, m object.Marker) ([]map[string]any, error) {
	carries := func(o map[string]any) (bool, error) {
		whose, err := ownershipOf(k, o, m.Stack, func(found object.Marker) bool { return claims(found, m) })
		return whose == owned, err
	}
	checked := func(o map[string]any) (bool, error) {
		ours, err := carries(o)
		if err == nil && ours {
			err = checkFields(k, o)
		}
		return ours, err
	}
	list := k.Remote.List
	if list.TagFilter != "" {
		tags := object.TagID + m.Slug
		if list.TagsCombine {
			tags = object.TagStack + m.Stack + "," + tags
		}
		return c.pages(ctx, k, url.Values{list.TagFilter: {tags}}, checked, newAllowance(maxMatchWeight))
	}
	all, err := c.lists.of(k.Name).get(ctx, func() ([]map[string]any, error) {
		return c.pages(ctx, k, nil, everything, newAllowance(maxListWeight))
	})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, s := range all {
		ours, err := carries(s)
		if err == nil && !ours {
			continue
		}
		id := ""
		if err == nil {
			id, err = idOf(k, s)
		}
		if err != nil {
			return nil, c.misshapen(k, err)
		}
		ids = append(ids, id)
	}
	found, err := c.readAll(ctx, k, ids, newAllowance(maxMatchWeight))
	return slices.DeleteFunc(found, func(o map[string]any) bool {
		ours, _ := carries(o) // its fields were checked
		return !ours
	}), err
}

// claims reports whether a marker names the stack and slug of another, if only among others.
func claims(m, want object.Marker) bool {
	return m.Claims(want.Stack) && (m.Slug == want.Slug || slices.Contains(strings.Fields(m.Also), want.Slug))
}
