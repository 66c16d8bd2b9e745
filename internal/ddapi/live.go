package ddapi

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"ddmon/internal/kind"
)

// MetricTags returns the tags, "key:value", that a metric had in the last four hours; ok is false if Datadog has no
// such metric.
func (c *Client) MetricTags(ctx context.Context, metric string) (tags []string, ok bool, err error) {
	var answer struct {
		Data struct {
			Attributes struct {
				Tags     []string `json:"tags"`
				Ingested []string `json:"ingested_tags"`
			} `json:"attributes"`
		} `json:"data"`
	}
	err = c.do(ctx, call{
		doing: "read the tags of the metric " + clean(metric), permission: "metrics_read",
		method: http.MethodGet, route: "/api/v2/metrics/{id}/all-tags", id: metric,
		read: func(r io.Reader) error { return json.NewDecoder(r).Decode(&answer) },
	})
	if NotFound(err) {
		return nil, false, nil
	}
	return append(answer.Data.Attributes.Tags, answer.Data.Attributes.Ingested...), err == nil, err
}

// Handles returns every handle that the organization's integrations, teams and people have, with its @. Datadog does
// not document the request; its own pages make it, and kennel does. Where it is gone there are none to return.
func (c *Client) Handles(ctx context.Context) ([]string, error) {
	var answer struct {
		Data []struct {
			Attributes struct {
				Handles []struct {
					Value string `json:"value"`
				} `json:"handles"`
			} `json:"attributes"`
		} `json:"data"`
	}
	err := c.do(ctx, call{
		doing: "list the notification handles", permission: "monitors_read",
		method: http.MethodGet, route: "/api/v2/notifications/handles", query: url.Values{"group_limit": {"99999"}},
		read: func(r io.Reader) error { return json.NewDecoder(r).Decode(&answer) },
	})
	if NotFound(err) {
		return nil, nil
	}
	var handles []string
	for _, group := range answer.Data {
		for _, h := range group.Attributes.Handles {
			handles = append(handles, h.Value)
		}
	}
	return handles, err
}

// Exists reports whether there is an object of a kind with this id.
func (c *Client) Exists(ctx context.Context, name, id string) (bool, error) {
	_, ok, err := c.Lookup(ctx, kind.Named(name), id)
	return ok, err
}
