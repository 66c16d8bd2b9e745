package ddapi

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"ddmon/internal/kind"
)

// overlap is how many objects of a page are requested again with the next page, if pages begin at an offset, but at most
// half of them. A deletion between two requests shifts later objects, and without the overlap some would be skipped.
const overlap = 20

// shortest is the shortest page after which the list can go on. The limits for the length of a page are not documented,
// and proxies have their own, so only a page that no limit can have cut short is the last one without another request.
const shortest = 10

// cursor is where the next page of a list begins.
type cursor struct {
	paging kind.Paging
	after  int64           // the last id, if pages begin after an id
	seen   map[string]bool // the ids so far
	again  int             // how many objects of the last page to request again, if pages begin at an offset
}

func (p *cursor) query() url.Values {
	from := p.after
	if !p.paging.AfterID {
		from = int64(max(len(p.seen)-p.again, 0))
	}
	return url.Values{
		p.paging.From: {strconv.FormatInt(from, 10)}, p.paging.Size: {strconv.Itoa(p.paging.Most)},
	}
}

// pages reads a list in pages and returns each object that keep accepts, once. An error of keep ends it, and so does
// exceeding the memory limit. It checks ids only if pages begin after an id; otherwise the caller does, with idOf.
func (c *Client) pages(
	ctx context.Context, k *kind.Kind, filter url.Values, keep func(map[string]any) (bool, error), memory *memoryLimit,
) ([]map[string]any, error) {
	var all []map[string]any
	at := cursor{paging: k.Remote.List.Paging, seen: map[string]bool{}}
	for range maxPages {
		page, err := c.page(ctx, k, &at, filter, keep, memory)
		if err != nil {
			return nil, err
		}
		memory.spend(page.weight)
		all = append(all, page.kept...)
		switch more, moved := at.next(page); {
		case !more:
			return all, nil
		case !moved:
			return nil, fmt.Errorf("cannot list the %s: %s returns the first page for every page. Check that DD_HOST "+
				"points to Datadog", k.Plural, c.base)
		}
	}
	return nil, fmt.Errorf("cannot list the %s: the list of %s has more than %d pages. Check that DD_HOST points to Datadog",
		k.Plural, c.base, maxPages)
}

// page is the content of one response.
type page struct {
	kept   []map[string]any
	ids    map[string]bool // of all new objects
	count  int             // of all objects
	last   int64           // the largest id, if pages begin after an id
	weight int64           // of kept
}

func (c *Client) page(
	ctx context.Context, k *kind.Kind, at *cursor, filter url.Values, keep func(map[string]any) (bool, error), memory *memoryLimit,
) (page, error) {
	query := at.query()
	for key, values := range filter {
		query[key] = values
	}
	var p page
	err := c.do(ctx, call{
		action: "list the " + k.Plural, permission: k.Remote.ReadPermission,
		method: http.MethodGet, route: k.Remote.Path, query: query,
		read: func(r *responseReader) error {
			p = page{last: at.after, ids: map[string]bool{}}
			return r.eachListed(k, func(o map[string]any, w int64) error {
				isNew, err := p.add(k, at, o)
				if err != nil || !isNew || k.Remote.Gone.Holds(o) {
					return err
				}
				if wanted, err := keep(o); err != nil || !wanted {
					return err
				}
				p.kept, p.weight = append(p.kept, o), p.weight+w
				return memory.check(p.weight)
			})
		},
	})
	return p, err
}

// add counts an object and reports whether it is new. A list that changes while it is read can contain an object twice,
// which must not look like two objects.
func (p *page) add(k *kind.Kind, at *cursor, o map[string]any) (isNew bool, err error) {
	p.count++
	id := fmt.Sprint(o["id"])
	if at.paging.AfterID {
		if id, err = idOf(k, o); err != nil {
			return false, err
		}
		n, _ := strconv.ParseInt(id, 10, 64) // 0 if it is not a number
		p.last = max(p.last, n)
	}
	isNew = !at.seen[id] && !p.ids[id]
	p.ids[id] = true
	return isNew, nil
}

// next moves to the next page. more is false after the last one; moved is false if the page did not advance the list.
func (p *cursor) next(got page) (more, moved bool) {
	known := len(p.seen)
	maps.Copy(p.seen, got.ids)
	p.again = min(overlap, got.count/2)
	canBeFull := len(p.seen) > known && got.count >= shortest
	if p.paging.AfterID {
		moved = got.last > p.after
		p.after = got.last
		return canBeFull || got.count >= p.paging.Most, moved
	}
	return canBeFull, true
}

// listError builds the error for an invalid object in a list.
func (c *Client) listError(k *kind.Kind, err error) error {
	text := fmt.Sprintf("cannot list the %s: the response from %s has an unexpected format: %s", k.Plural, c.base, c.text(err.Error()))
	if field := (*fieldError)(nil); errors.As(err, &field) {
		text = sentences(text, fieldAdvice)
	}
	return errors.New(text)
}
