package ddapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	body := &beginning{from: response.Body}
	if err = call.read(body); err != nil {
		got.fault, got.err = faultOfBody(body, err), c.unreadable(call, response, body, err)
		return got
	}
	c.clock.read(response.Header)
	// Reading to the end lets the connection be used again; what is left does not matter.
	_, _ = io.Copy(io.Discard, io.LimitReader(body, maxErrorBody))
	return got
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

// beginning keeps the first bytes of what is read through it, for an error.
type beginning struct {
	from io.Reader
	kept []byte
	err  error // why reading ended, if not by the end of the answer
}

const keptBytes = 300

func (b *beginning) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if room := keptBytes - len(b.kept); room > 0 {
		b.kept = append(b.kept, p[:min(n, room)]...)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		b.err = err
	}
	return n, err
}
