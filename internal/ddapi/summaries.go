package ddapi

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"golang.org/x/sync/errgroup"

	"ddmon/internal/kind"
	"ddmon/internal/object"
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
	var l Listing
	var ids []string
	for _, s := range summaries {
		description, _ := s["description"].(string)
		id, _ := s["id"].(string)
		if m, _ := object.MarkerOfText(description); m.Claims(stackSlug) && id != "" {
			ids = append(ids, id)
		} else {
			l.Others = append(l.Others, s)
		}
	}
	l.Owned, err = c.readAll(ctx, k, ids)
	return l, err
}

// summaries reads the list of all objects of a kind, each once.
func (c *Client) summaries(ctx context.Context, k *kind.Kind) ([]map[string]any, error) {
	var all []map[string]any
	seen := make(map[any]bool)
	for start := 0; ; start = len(all) - overlap {
		var page []map[string]any
		query := url.Values{"count": {strconv.Itoa(pageSize)}, "start": {strconv.Itoa(max(start, 0))}}
		err := c.do(ctx, call{
			doing: "list the " + k.Name + "s", permission: toRead(k),
			method: http.MethodGet, route: k.Endpoint, query: query,
			read: func(r io.Reader) error {
				page = nil
				return eachUnder(decoder(r), k.Name+"s", func(o map[string]any) { page = append(page, o) })
			},
		})
		if err != nil {
			return nil, err
		}
		known := len(all)
		for _, s := range page {
			if id, ok := s["id"].(string); ok && !seen[id] {
				seen[id] = true
				all = append(all, s)
			}
		}
		if len(all) == known || len(page) < pageSize && len(page)%roundPage != 0 {
			return all, nil
		}
	}
}

// readAll reads objects by id, in the order of the ids. What was deleted since it was listed is left out.
func (c *Client) readAll(ctx context.Context, k *kind.Kind, ids []string) ([]map[string]any, error) {
	found := make([]map[string]any, len(ids))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelReads)
	for i, id := range ids {
		group.Go(func() error {
			var err error
			found[i], _, err = c.Lookup(ctx, k, id)
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
