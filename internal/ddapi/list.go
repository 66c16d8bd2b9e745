package ddapi

import (
	"context"
	"errors"
	"fmt"
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

	stack string // the StackSlug that was asked for
}

// List finds the objects that carry a stack's marker. stackSlug is the StackSlug of the stack's name. An object of the
// stack with a field that has not its JSON type is an error; see checkFields. One of others is not.
func (c *Client) List(ctx context.Context, k *kind.Kind, stackSlug string) (Listing, error) {
	if k.Summaries {
		return c.listSummaries(ctx, k, stackSlug)
	}
	filter := url.Values{"monitor_tags": {object.TagStack + stackSlug}}
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
	all, err := c.filtered(ctx, k, filter, keep, newAllowance(maxListWeight))
	return Listing{Owned: all, stack: stackSlug}, err
}

// pageSize is the most monitors that Datadog returns at once.
const pageSize = 1000

// filtered reads a list in pages and returns what keep accepts; an error of keep ends it. A page begins after
// the last id of the one before it, so that nothing is skipped when something is deleted meanwhile. A page that is
// not full is the last. What is kept has to stay within the memory allowed.
func (c *Client) filtered(
	ctx context.Context, k *kind.Kind, filter url.Values, keep func(map[string]any) (bool, error), memory *allowance,
) ([]map[string]any, error) {
	var all []map[string]any
	after := int64(0)
	for range maxPages {
		var kept []map[string]any
		var count int
		var last, weight int64
		query := url.Values{"id_offset": {strconv.FormatInt(after, 10)}, "page_size": {strconv.Itoa(pageSize)}}
		for key, values := range filter {
			query[key] = values
		}
		err := c.do(ctx, call{
			doing: "list the " + k.Name + "s", permission: toRead(k),
			method: http.MethodGet, route: k.Endpoint, query: query,
			read: func(r *reading) error {
				kept, count, last, weight = nil, 0, after, 0
				return r.each("it", func(o map[string]any, w int64) error {
					id, err := idOf(k, o)
					if err != nil {
						return err
					}
					count++
					last = max(last, position(id))
					if wanted, err := keep(o); err != nil {
						return err
					} else if wanted {
						kept, weight = append(kept, o), weight+w
					}
					return memory.allows(weight)
				})
			},
		})
		if err != nil {
			return nil, err
		}
		memory.spend(weight)
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
	return nil, c.endless(k)
}

// position is the id of an object whose ids are numbers, else 0.
func position(id string) int64 {
	n, _ := strconv.ParseInt(id, 10, 64) // 0 where it is not one
	return n
}

// endless is the error for a list that does not end.
func (c *Client) endless(k *kind.Kind) error {
	return fmt.Errorf("cannot list the %ss: the list of %s has more than %d pages. Does DD_HOST point at Datadog?", k.Name,
		c.base, maxPages)
}

// misshapen is the error for an object that was listed and cannot be what it says.
func (c *Client) misshapen(k *kind.Kind, err error) error {
	text := fmt.Sprintf("cannot list the %ss: the answer of %s has an unexpected form: %s", k.Name, c.base, c.text(err.Error()))
	if field := (*fieldError)(nil); errors.As(err, &field) {
		text = sentences(text, fieldAdvice)
	}
	return errors.New(text)
}
