package ddapi

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ddmon/internal/kind"
)

// call is a request and what to do with its response.
type call struct {
	action     string // in errors, after "cannot": "create the monitor"
	permission string // that the application key needs: "monitors_write"
	method     string
	route      string     // "/api/v1/monitor/{id}"
	id         string     // the value of {id} in the route
	kind       *kind.Kind // of the object with the id; nil if the id is not an object's
	query      url.Values
	body       map[string]any // nil for no body
	writes     bool           // whether it changes anything in Datadog
	conflicts  bool           // whether read also reads a 409 response
	// read reads a successful response. It is called once for each attempt and must start afresh.
	read func(*responseReader) error
	// check, if set, is called right before each attempt; see Client.Create.
	check func(ctx context.Context, lost bool) error
}

// hasID reports whether the request is about one object.
func (c call) hasID() bool { return strings.Contains(c.route, "{id}") }

func (c call) path() string { return strings.Replace(c.route, "{id}", url.PathEscape(c.id), 1) }

// budget names the rate limit that the request counts against. Datadog has one per endpoint, not per object.
func (c call) budget() string { return c.method + " " + c.route }

// idempotent reports whether the request can be retried although an earlier attempt may have been applied. Validation
// stores nothing, and updates and deletions have the same effect twice. A creation can be retried only with a check
// that looks for the object first.
func (c call) idempotent() bool {
	return !c.writes || c.method != http.MethodPost || c.check != nil
}
