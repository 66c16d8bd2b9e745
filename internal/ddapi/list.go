package ddapi

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Listing is what a list of one kind found.
type Listing struct {
	// Owned are the objects, complete, that carry the stack's marker or the part of it that names the stack.
	Owned []map[string]any
	// Others are summaries of all other objects, for kinds that are listed so; see Kind.Summaries.
	Others []map[string]any
}

// List finds the objects that carry a stack's marker. stackSlug is the StackSlug of the stack's name.
func (c *Client) List(ctx context.Context, k *kind.Kind, stackSlug string) (Listing, error) {
	if k.Summaries {
		return c.listSummaries(ctx, k, stackSlug)
	}
	owned, err := c.filtered(ctx, k, url.Values{"monitor_tags": {object.TagStack + stackSlug}}, nil)
	return Listing{Owned: owned}, err
}

// pageSize is the most monitors that Datadog returns at once.
const pageSize = 1000

// filtered reads a list in pages and returns what keep accepts; a nil keep accepts everything. A page begins after
// the last id of the one before it, so that nothing is skipped when something is deleted meanwhile. A page that is
// not full is the last.
func (c *Client) filtered(
	ctx context.Context, k *kind.Kind, filter url.Values, keep func(map[string]any) bool,
) ([]map[string]any, error) {
	var all []map[string]any
	for after := int64(0); ; {
		var kept []map[string]any
		var count int
		var last int64
		query := url.Values{"id_offset": {strconv.FormatInt(after, 10)}, "page_size": {strconv.Itoa(pageSize)}}
		for key, values := range filter {
			query[key] = values
		}
		err := c.do(ctx, call{
			doing: "list the " + k.Name + "s", permission: toRead(k),
			method: http.MethodGet, route: k.Endpoint, query: query,
			read: func(r io.Reader) error {
				kept, count, last = nil, 0, after
				return each(decoder(r), func(o map[string]any) {
					count++
					last = max(last, idOf(o))
					if keep == nil || keep(o) {
						kept = append(kept, o)
					}
				})
			},
		})
		if err != nil {
			return nil, err
		}
		all = append(all, kept...)
		if count < pageSize {
			return all, nil
		}
		if last == after {
			return nil, fmt.Errorf("cannot list the %ss: %s answers every page with the first one. Does DD_HOST point at "+
				"Datadog?", k.Name, c.base)
		}
		after = last
	}
}

// idOf is the id of an object whose ids are numbers, else 0.
func idOf(o map[string]any) int64 {
	n, _ := o["id"].(json.Number)
	id, _ := n.Int64()
	return id
}
