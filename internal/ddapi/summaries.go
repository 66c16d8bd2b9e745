package ddapi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/routine"
)

const (
	// parallelReads bounds how many objects are read at once.
	parallelReads = 10
	// overlap is how many summaries of a page are asked for again with the next. Pages begin at a position, so a
	// deletion between two of them moves what follows, and without the overlap something would be skipped.
	overlap = 20
	// roundPage is what every limit that the server may have on a page's length is a multiple of. The limit is not
	// documented, so a shorter page than was asked for is known to be the last only if it is not as round as that.
	roundPage = 50
)

// listSummaries reads all summaries and then the stack's own objects, by the marker in their description.
func (c *Client) listSummaries(ctx context.Context, k *kind.Kind, stackSlug string) (Listing, error) {
	summaries, err := c.summaries(ctx, k)
	if err != nil {
		return Listing{}, err
	}
	l := Listing{stack: stackSlug}
	var ids []string
	for _, s := range summaries {
		whose, unread := ownershipOf(k, s, stackSlug, func(m object.Marker) bool { return m.Claims(stackSlug) })
		id, err := idOf(k, s)
		switch {
		case unread != nil:
			return Listing{}, c.misshapen(k, unread)
		case whose == owned && err != nil:
			return Listing{}, c.misshapen(k, err)
		case whose == owned:
			ids = append(ids, id)
		case err == nil:
			l.Others = append(l.Others, s) // others without an id cannot be asked about, so nothing is to be done with them
		}
	}
	l.Owned, err = c.readAll(ctx, k, ids, newAllowance(maxListWeight))
	return l, err
}

// summaries reads the list of all objects of a kind, each once. Their ids are not checked: see idOf.
func (c *Client) summaries(ctx context.Context, k *kind.Kind) ([]map[string]any, error) {
	var all []map[string]any
	seen := make(map[string]bool)
	memory := newAllowance(maxListWeight)
	for range maxPages {
		start := len(all) - overlap
		var page []map[string]any
		var weight int64
		query := url.Values{"count": {strconv.Itoa(pageSize)}, "start": {strconv.Itoa(max(start, 0))}}
		err := c.do(ctx, call{
			doing: "list the " + k.Name + "s", permission: toRead(k),
			method: http.MethodGet, route: k.Endpoint, query: query,
			read: func(r *reading) error {
				page, weight = nil, 0
				return r.eachUnder(k.Name+"s", func(o map[string]any, w int64) error {
					page, weight = append(page, o), weight+w
					return memory.allows(weight)
				})
			},
		})
		if err != nil {
			return nil, err
		}
		memory.spend(weight)
		known := len(all)
		for _, s := range page {
			if id := fmt.Sprint(s["id"]); !seen[id] {
				seen[id] = true
				all = append(all, s)
			}
		}
		if len(all) == known || len(page) < pageSize && len(page)%roundPage != 0 {
			return all, nil
		}
	}
	return nil, c.endless(k)
}

// readAll reads objects by id, in the order of the ids. What was deleted since it was listed is left out. All together
// have to stay within the memory allowed.
func (c *Client) readAll(
	ctx context.Context, k *kind.Kind, ids []string, memory *allowance,
) ([]map[string]any, error) {
	found := make([]map[string]any, len(ids))
	group, ctx := routine.WithContext(ctx, parallelReads)
	for i, id := range ids {
		group.Go(func() error {
			o, err := c.get(ctx, k, id, checkFields, memory)
			if NotFound(err) {
				return nil
			}
			found[i] = o
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var out []map[string]any
	for _, o := range found {
		if o != nil {
			out = append(out, o)
		}
	}
	return out, nil
}
