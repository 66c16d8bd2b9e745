package ddapi

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/DataDog/datadog-api-client-go/v2/api/datadog"
)

// outcome is what came of one attempt.
type outcome struct {
	failure failure
	err     error // nil if it was a success
	status  int   // 0 if there was no answer
	header  http.Header
}

// attempt makes the request once.
func (c *Client) attempt(ctx context.Context, call call) outcome {
	request, err := c.prepare(ctx, call)
	if err != nil {
		return outcome{failure: permanent, err: fmt.Errorf("cannot %s: %s", call.doing, c.text(err.Error()))}
	}
	c.requests.Add(1)
	response, err := c.core.CallAPI(request)
	if err != nil {
		failure := failureOfConnection(ctx, err)
		return outcome{failure: failure, err: c.unreachable(call, err, failure)}
	}
	defer func() { _ = response.Body.Close() }() // what matters of it was read, or its error was
	got := outcome{status: response.StatusCode, header: response.Header}
	success := got.status >= 200 && got.status <= 299
	if !success && (got.status != http.StatusConflict || !call.conflicts) {
		got.failure, got.err = failureOfStatus(got.status), c.refused(call, response)
		if call.method == http.MethodDelete && NotFound(got.err) {
			got.failure, got.err = noFailure, nil // it is deleted, which was the point
		}
		return got
	}
	body := &meter{from: response.Body, limit: maxBody}
	if err = c.readBody(ctx, call, response, body); err != nil {
		got.failure, got.err = failureOfBody(body, err), c.unreadable(call, response, body, err)
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

// failure is what went wrong with an attempt, as far as it matters for another one.
type failure int

const (
	noFailure failure = iota
	// permanent is what another attempt would not change: Datadog refused, or no connection could be made.
	permanent
	// rateLimited is a request over its rate limit. It was not carried out.
	rateLimited
	// transient is what is often over a moment later. The request may have been carried out.
	transient
	// suspicious is a whole answer that is not one of Datadog's, or an error of the network that is not known. A proxy may
	// have had a hiccup, but more likely the address is wrong, and then a user should not wait long to hear it. The
	// request may have been carried out.
	suspicious
)

// ambiguous reports whether the request may have been carried out although no answer says so.
func (f failure) ambiguous() bool { return f == transient || f == suspicious }

// failureOfStatus judges an answer that is no success.
func failureOfStatus(status int) failure {
	switch {
	case status == http.StatusTooManyRequests:
		return rateLimited
	case status == http.StatusNotImplemented:
		return permanent
	case status == http.StatusRequestTimeout, status >= http.StatusInternalServerError:
		return transient // those that proxies make up, such as 524, too
	}
	return permanent
}

// failureOfBody judges a success that could not be read.
func failureOfBody(body *meter, err error) failure {
	if body.err != nil || errors.Is(err, io.ErrUnexpectedEOF) {
		return transient // it broke off
	}
	return suspicious
}

// failureOfConnection judges a request without an answer.
func failureOfConnection(ctx context.Context, err error) failure {
	var broken *net.OpError
	switch {
	case ctx.Err() != nil:
		return transient // it was cut off, at whatever point
	case neverConnected(err):
		return permanent
	case isTimeout(err), errors.As(err, &broken), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return transient
	}
	return suspicious
}

// neverConnected reports whether no connection was made. Nothing happened then, and any request might
// be made again; but a wrong address or a server that is down is not fixed within seconds, so that it is better said
// at once.
func neverConnected(err error) bool {
	var (
		dns         *net.DNSError
		dial        *net.OpError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
	)
	return errors.As(err, &dns) || errors.As(err, &dial) && (dial.Op == "dial" || dial.Op == "proxyconnect") ||
		errors.As(err, &certificate) || errors.As(err, &record) || errors.Is(err, http.ErrSchemeMismatch)
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}
