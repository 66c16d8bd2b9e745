package ddapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/DataDog/datadog-api-client-go/v2/api/datadog"
)

// call is one request and what to do with its answer.
type call struct {
	doing      string // what is being done, to stand after "cannot": "create the monitor"
	permission string // what the application key needs for it: "monitors_write"
	method     string
	path       string // "/api/v1/monitor/12"
	query      url.Values
	body       map[string]any // nil sends none
	stores     bool           // whether it changes anything in Datadog
	// read reads the answer of a success. It starts afresh whenever it is called, as a request may be repeated.
	read func(io.Reader) error
}

// do makes the request, and again where that is harmless and may help. It returns an *APIError for an answer that
// is no success or cannot be read, an *UnreachableError where there was none, and the context's error, wrapped,
// once that is done.
func (c *Client) do(ctx context.Context, call call) error {
	if call.stores && c.readOnly {
		return fmt.Errorf("cannot %s: %w", call.doing, ErrReadOnly)
	}
	for tries := 1; ; tries++ {
		again, err := c.try(ctx, call, tries)
		if err == nil || again == 0 {
			return err
		}
		if c.sleep(ctx, again) != nil {
			return stopped(ctx, call)
		}
	}
}

// try makes the request once. Where another try makes sense it returns how long to wait before that.
func (c *Client) try(ctx context.Context, call call, tries int) (again time.Duration, err error) {
	if ctx.Err() != nil {
		return 0, stopped(ctx, call)
	}
	request, err := c.prepare(ctx, call)
	if err != nil {
		return 0, fmt.Errorf("cannot %s: %s", call.doing, c.text(err.Error()))
	}
	c.requests.Add(1)
	response, err := c.core.CallAPI(request)
	if err != nil {
		if ctx.Err() != nil {
			return 0, stopped(ctx, call)
		}
		return waitAfterFault(call, tries, err), c.unreachable(call, err)
	}
	defer func() { _ = response.Body.Close() }() // what matters of it was read, or its error was
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return waitAfterStatus(call, tries, response), c.refused(call, response)
	}
	body := &beginning{from: response.Body}
	if err = call.read(body); err == nil {
		// Reading to the end lets the connection be used again; what is left does not matter.
		_, _ = io.Copy(io.Discard, io.LimitReader(body, maxErrorBody))
		return 0, nil
	}
	if ctx.Err() != nil {
		return 0, stopped(ctx, call)
	}
	return waitAfterFault(call, tries, err), c.unreadable(call, response, body, err)
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
	return c.core.PrepareRequest(ctx, c.base+call.path, call.method, body, headers, call.query, nil, nil)
}

// stopped says what was interrupted. It unwraps to the context's error.
func stopped(ctx context.Context, call call) error {
	return fmt.Errorf("interrupted, cannot %s: %w", call.doing, ctx.Err())
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
