package ddapi

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ddmon/internal/kind"
)

// call is one request and what to do with its answer.
type call struct {
	doing      string // what is being done, to stand after "cannot": "create the monitor"
	permission string // what the application key needs for it: "monitors_write"
	method     string
	route      string     // "/api/v1/monitor/{id}"
	id         string     // the value of {id} in the route
	kind       *kind.Kind // of the object with the id; nil if the id is not one of an object
	query      url.Values
	body       map[string]any // nil sends none
	stores     bool           // whether it changes anything in Datadog
	conflicts  bool           // whether 409 is an answer like a success, for read
	// read reads the answer of a success. It starts afresh whenever it is called, as a request may be repeated.
	read func(*reading) error
	// check, if there is one, is asked right before each try; see Client.Create.
	check func(ctx context.Context, lost bool) error
}

// ofOne reports whether the request is about one object.
func (c call) ofOne() bool { return strings.Contains(c.route, "{id}") }

func (c call) path() string { return strings.Replace(c.route, "{id}", url.PathEscape(c.id), 1) }

// budget names the rate limit that the request counts against. Datadog has one for each endpoint, whatever the object.
func (c call) budget() string { return c.method + " " + c.route }

// repeats reports whether the request may be made again although an earlier try may have been carried out. To
// validate stores nothing. To replace or delete something twice comes to the same as once. To create something does
// not, unless there is a check that looks whether it is there.
func (c call) repeats() bool {
	return !c.stores || c.method != http.MethodPost || c.check != nil
}
