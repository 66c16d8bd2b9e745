package ddapi

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/routine"
)

// maxNameQueries is the maximum number of names to search one by one. For more, listing everything is cheaper.
const maxNameQueries = 8

// Named returns the objects with one of the titles that are not in l.Owned, regardless of their owner: a missing object
// could be one of them. l is the result of List. If the kind cannot be filtered by name, Named searches l without a
// request, and the result can be summaries.
func (c *Client) Named(ctx context.Context, k *kind.Kind, l Listing, titles []string) ([]map[string]any, error) {
	wanted := make(map[string]bool, len(titles))
	for _, t := range titles {
		wanted[strings.TrimSpace(t)] = true
	}
	found := make(map[string]bool, len(l.Owned))
	for _, o := range l.Owned {
		found[fmt.Sprint(o["id"])] = true
	}
	isNamed := func(o map[string]any) (bool, error) {
		title, _ := o[k.Title].(string)
		if !wanted[strings.TrimSpace(title)] || found[fmt.Sprint(o["id"])] {
			return false, nil
		}
		return true, l.checkNamed(k, o)
	}
	switch {
	case len(wanted) == 0:
		return nil, nil
	case k.Remote.List.NameFilter == "":
		var named []map[string]any
		for _, o := range l.Others {
			ok, err := isNamed(o)
			if err != nil {
				return nil, c.listError(k, err)
			}
			if ok {
				named = append(named, o)
			}
		}
		return named, nil
	case len(wanted) > maxNameQueries:
		return c.pages(ctx, k, nil, isNamed, newMemoryLimit(maxListWeight))
	}
	return c.namedOneByOne(ctx, k, wanted, isNamed)
}

// checkNamed checks an object with the name of a missing one. Its fields matter only if it is the stack's, or if its
// marker cannot be read: otherwise the missing object would be created a second time.
func (l Listing) checkNamed(k *kind.Kind, o map[string]any) error {
	if m, _ := k.Marker.Read(o); l.stack != "" && m.Claims(l.stack) {
		return checkFields(k, o)
	}
	return checkMarkerField(k, o)
}

// namedOneByOne searches for each name. Datadog's filter matches substrings, so the results are filtered again.
func (c *Client) namedOneByOne(
	ctx context.Context, k *kind.Kind, wanted map[string]bool, isNamed func(map[string]any) (bool, error),
) ([]map[string]any, error) {
	titles := object.SortedKeys(wanted)
	found := make([][]map[string]any, len(titles))
	group, ctx := routine.WithContext(ctx, parallelReads)
	for i, title := range titles {
		group.Go(func() error {
			var err error
			found[i], err = c.pages(ctx, k, url.Values{k.Remote.List.NameFilter: {title}}, func(o map[string]any) (bool, error) {
				if name, _ := o[k.Title].(string); strings.TrimSpace(name) != title {
					return false, nil
				}
				return isNamed(o)
			}, newMemoryLimit(maxMatchWeight))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(found...), nil
}
