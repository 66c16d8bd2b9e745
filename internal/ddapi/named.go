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

// fewNames is up to how many names are asked for one by one. Beyond it, one list of everything costs less.
const fewNames = 8

// Named returns the objects, of whatever owner, that bear one of the titles and are not among l.Owned: what a missing
// object may be mistaken for. l is what List found of the kind; where that cannot be filtered by name, it is searched and
// nothing is asked, and the result may be summaries.
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
				return nil, c.misshapen(k, err)
			}
			if ok {
				named = append(named, o)
			}
		}
		return named, nil
	case len(wanted) > fewNames:
		return c.pages(ctx, k, nil, isNamed, newAllowance(maxListWeight))
	}
	return c.namedOneByOne(ctx, k, wanted, isNamed)
}

// checkNamed checks an object that bears the name of a missing one. Whatever it holds is no matter, unless it is the
// stack's own, or its marker cannot be read: the missing object would be made a second time.
func (l Listing) checkNamed(k *kind.Kind, o map[string]any) error {
	if m, _ := k.Marker.Read(o); l.stack != "" && m.Claims(l.stack) {
		return checkFields(k, o)
	}
	return checkMarkerPlace(k, o)
}

// namedOneByOne asks for each name. Datadog's filter takes what contains the name, so the answers overlap.
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
			}, newAllowance(maxMatchWeight))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(found...), nil
}
