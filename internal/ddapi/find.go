package ddapi

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Lookup is Get for an object that may not exist; ok is false if it does not.
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

// Find returns the complete objects whose marker has the stack and the slug of m. An object that is marked as replaced
// can be missing. The result is never older than the call. Fields are checked as in List.
func (c *Client) Find(ctx context.Context, k *kind.Kind, m object.Marker) ([]map[string]any, error) {
	isMarked := func(o map[string]any) (bool, error) {
		owner, err := ownershipOf(k, o, m.Stack, func(found object.Marker) bool { return claims(found, m) })
		return owner == owned, err
	}
	checked := func(o map[string]any) (bool, error) {
		ours, err := isMarked(o)
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
		return c.pages(ctx, k, url.Values{list.TagFilter: {tags}}, checked, newMemoryLimit(maxMatchWeight))
	}
	all, err := c.lists.of(k.Name).get(ctx, func() ([]map[string]any, error) {
		return c.pages(ctx, k, nil, keepAll, newMemoryLimit(maxListWeight))
	})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, s := range all {
		ours, err := isMarked(s)
		if err == nil && !ours {
			continue
		}
		id := ""
		if err == nil {
			id, err = idOf(k, s)
		}
		if err != nil {
			return nil, c.listError(k, err)
		}
		ids = append(ids, id)
	}
	found, err := c.readAll(ctx, k, ids, newMemoryLimit(maxMatchWeight))
	return slices.DeleteFunc(found, func(o map[string]any) bool {
		ours, _ := isMarked(o) // its fields were checked
		return !ours
	}), err
}

// claims reports whether a marker has the stack and, possibly among others, the slug of want.
func claims(m, want object.Marker) bool {
	return m.Claims(want.Stack) && (m.Slug == want.Slug || slices.Contains(strings.Fields(m.Also), want.Slug))
}
