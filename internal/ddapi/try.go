package ddapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/DataDog/datadog-api-client-go/v2/api/datadog"
)

// outcome is what came of one try.
type outcome struct {
	fault  fault
	err    error // nil if it was a success
	status int   // 0 if there was no answer
	header http.Header
}

// try makes the request once.
func (c *Client) try(ctx context.Context, call call) outcome {
	request, err := c.prepare(ctx, call)
	if err != nil {
		return outcome{fault: settled, err: fmt.Errorf("cannot %s: %s", call.doing, c.text(err.Error()))}
	}
	c.requests.Add(1)
	response, err := c.core.CallAPI(request)
	if err != nil {
		fault := faultOfConnection(ctx, err)
		return outcome{fault: fault, err: c.unreachable(call, err, fault)}
	}
	defer func() { _ = response.Body.Close() }() // what matters of it was read, or its error was
	got := outcome{status: response.StatusCode, header: response.Header}
	success := got.status >= 200 && got.status <= 299
	if !success && (got.status != http.StatusConflict || !call.conflicts) {
		got.fault, got.err = faultOfStatus(got.status), c.refused(call, response)
		if call.method == http.MethodDelete && NotFound(got.err) {
			got.fault, got.err = noFault, nil // it is gone, which was the point
		}
		return got
	}
	body := &meter{from: response.Body, limit: maxBody}
	if err = c.readBody(ctx, call, response, body); err != nil {
		got.fault, got.err = faultOfBody(body, err), c.unreadable(call, response, body, err)
		return got
	}
	c.clock.read(response.Header)
	return got
}

// readBody reads the answer of a success to its end, which also lets the connection be used again.
func (c *Client) readBody(ctx context.Context, call call, response *http.Response, body *meter) error {
	if response.ContentLength > body.limit {
		return exceeds("is longer than %s", megabytes(body.limit))
	}
	if coding := response.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return wrongShape("it is encoded as %s, which was not asked for", coding)
	}
	done := func() {}
	defer func() { done() }()
	body.alone = func() (err error) {
		done, err = c.large.take(ctx)
		return err
	}
	r := newReading(body)
	if err := call.read(r); err != nil {
		return err
	}
	return r.end()
}

// prepare makes the request with the client's core.
func (c *Client) prepare(ctx context.Context, call call) (*http.Request, error) {
	ctx = context.WithValue(ctx, datadog.ContextAPIKeys, c.keys)
	headers := map[string]string{"Accept": "application/json"}
	datadog.SetAuthKeys(ctx, &headers, [2]string{"apiKeyAuth", "DD-API-KEY"}, [2]string{"appKeyAuth", "DD-APPLICATION-KEY"})
	var body any
	if call.body != nil {
		raw, err := json.Marshal(call.body)
		if err != nil {
			return nil, err
		}
		headers["Content-Type"] = "application/json"
		body = raw
	}
	return c.core.PrepareRequest(ctx, c.base+call.path(), call.method, body, headers, call.query, nil, nil)
}
