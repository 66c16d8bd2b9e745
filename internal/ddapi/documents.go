package ddapi

import (
	"context"
	"net/http"
	"time"
)

// Document is a log or an event.
type Document struct {
	At time.Time
	// Title is the title of an event.
	Title, Message string
}

// FirstLog returns the first log of a window that matches a search, or the last one; nil if none matches.
func (c *Client) FirstLog(ctx context.Context, search string, from, to time.Time, last bool) (*Document, error) {
	return c.firstDocument(ctx, "search logs", "logs_read_data", "/api/v2/logs/events/search", search, from, to, last)
}

// FirstEvent is FirstLog for events.
func (c *Client) FirstEvent(ctx context.Context, search string, from, to time.Time, last bool) (*Document, error) {
	return c.firstDocument(ctx, "search events", "events_read", "/api/v2/events/search", search, from, to, last)
}

func (c *Client) firstDocument(ctx context.Context, action, permission, route, search string, from, to time.Time, last bool) (found *Document, err error) {
	sort := "timestamp"
	if last {
		sort = "-timestamp"
	}
	err = c.do(ctx, call{
		action: action, permission: permission, method: http.MethodPost, route: route,
		body: map[string]any{"filter": searchFilter(search, from, to), "sort": sort, "page": map[string]any{"limit": 1}},
		read: func(r *responseReader) error {
			found = nil
			return r.eachUnder("data", func(o map[string]any, _ int64) (err error) {
				if found == nil {
					found, err = document(o)
				}
				return err
			})
		},
	})
	return found, err
}

// document reads a log or an event. An event has its title and its time in milliseconds among its own attributes.
func document(o map[string]any) (*Document, error) {
	attributes, err := member[map[string]any](o, "attributes")
	if err != nil {
		return nil, err
	}
	text, err := member[string](attributes, "timestamp")
	if err != nil {
		return nil, err
	}
	d := &Document{}
	if d.At, err = time.Parse(time.RFC3339, text); err != nil {
		return nil, wrongShape(`"timestamp" is not a time`)
	}
	if d.Message, err = optional[string](attributes, "message"); err != nil {
		return nil, err
	}
	own, err := optional[map[string]any](attributes, "attributes")
	if err != nil || o["type"] != "event" {
		return d, err
	}
	if ms, ok := float(own["timestamp"]); ok {
		d.At = time.UnixMilli(int64(ms))
	}
	d.Title, err = optional[string](own, "title")
	return d, err
}
