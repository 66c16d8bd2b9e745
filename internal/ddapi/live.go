package ddapi

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/kind"
)

// MetricTags returns the tags, "key:value", of a metric in the last four hours. ok is false if Datadog has no such
// metric.
func (c *Client) MetricTags(ctx context.Context, metric string) (tags []string, ok bool, err error) {
	if strings.Trim(metric, ".") == "" {
		return nil, false, nil // dots alone are path segments with a special meaning
	}
	err = c.do(ctx, call{
		action: "read the tags of the metric " + clean(metric), permission: "metrics_read",
		method: http.MethodGet, route: "/api/v2/metrics/{id}/all-tags", id: metric,
		read: func(r *responseReader) (err error) {
			tags, err = metricTags(r)
			return err
		},
	})
	if NotFound(err) {
		return nil, false, nil
	}
	return tags, err == nil, err
}

// Time returns Datadog's time, by which the data is ordered. It also checks the API key. ok is false if Datadog does not
// say.
func (c *Client) Time(ctx context.Context) (at time.Time, ok bool, err error) {
	err = c.do(ctx, call{action: "check the API key", permission: "any", method: http.MethodGet, route: "/api/v1/validate", read: anyObject})
	if err != nil {
		return at, false, err
	}
	at, ok = c.ServerTime()
	return at, ok, nil
}

// ActiveMetrics returns the names of the metrics that have reported since a time, sorted.
func (c *Client) ActiveMetrics(ctx context.Context, since time.Time) (names []string, err error) {
	err = c.do(ctx, call{
		action: "list the active metrics", permission: "metrics_read", method: http.MethodGet, route: "/api/v1/metrics",
		query: map[string][]string{"from": {strconv.FormatInt(since.Unix(), 10)}},
		read: func(r *responseReader) error {
			response, err := r.object("it")
			if err != nil {
				return err
			}
			names, err = stringsOf(response, "metrics")
			return err
		},
	})
	slices.Sort(names)
	return names, err
}

func metricTags(r *responseReader) ([]string, error) {
	response, err := r.object("it")
	if err != nil {
		return nil, err
	}
	data, err := member[map[string]any](response, "data")
	if err != nil {
		return nil, err
	}
	attributes, err := optional[map[string]any](data, "attributes")
	if err != nil {
		return nil, err
	}
	var tags []string
	for _, key := range []string{"tags", "ingested_tags"} {
		list, err := optional[[]any](attributes, key)
		if err != nil {
			return nil, err
		}
		for _, item := range list {
			tag, err := typed[string](item, "an item of "+strconv.Quote(key))
			if err != nil {
				return nil, err
			}
			tags = append(tags, tag)
		}
	}
	return tags, nil
}

// Handles returns the handles of the organization's integrations, teams and users, with their @. The endpoint is not
// documented; Datadog's web application and kennel use it. Without the endpoint, there are no handles.
func (c *Client) Handles(ctx context.Context) (handles []string, err error) {
	err = c.do(ctx, call{
		action: "list the notification handles", permission: "monitors_read",
		method: http.MethodGet, route: "/api/v2/notifications/handles", query: url.Values{"group_limit": {"99999"}},
		read: func(r *responseReader) error {
			handles = nil
			return r.eachUnder("data", func(group map[string]any, _ int64) error {
				some, err := handlesOf(group)
				handles = append(handles, some...)
				return err
			})
		},
	})
	if NotFound(err) {
		return nil, nil
	}
	return handles, err
}

func handlesOf(group map[string]any) ([]string, error) {
	attributes, err := optional[map[string]any](group, "attributes")
	if err != nil {
		return nil, err
	}
	handles, err := objects(attributes, "handles")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, handle := range handles {
		value, err := optional[string](handle, "value")
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, nil
}

// Exists reports whether an object of a kind has this id.
func (c *Client) Exists(ctx context.Context, name, id string) (bool, error) {
	k := kind.Named(name)
	if !isID(k, id) {
		return false, nil
	}
	anyFields := func(*kind.Kind, map[string]any) error { return nil } // it exists, whatever its fields
	_, err := c.get(ctx, k, id, anyFields, newMemoryLimit(maxWeight))
	if NotFound(err) {
		return false, nil
	}
	return err == nil, err
}
