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

// outcome is the result of one attempt.
type outcome struct {
	failure failure
	err     error // nil on success
	status  int   // 0 without a response
	header  http.Header
}

// attempt sends the request once.
func (c *Client) attempt(ctx context.Context, call call) outcome {
	request, err := c.prepare(ctx, call)
	if err != nil {
		return outcome{failure: permanent, err: fmt.Errorf("cannot %s: %s", call.action, c.text(err.Error()))}
	}
	c.requests.Add(1)
	response, err := c.core.CallAPI(request)
	if err != nil {
		failure := failureOfConnection(ctx, err)
		return outcome{failure: failure, err: c.unreachable(call, err, failure)}
	}
	defer func() { _ = response.Body.Close() }() // the body was read, or its error is reported
	got := outcome{status: response.StatusCode, header: response.Header}
	success := got.status >= 200 && got.status <= 299
	if !success && (got.status != http.StatusConflict || !call.conflicts) {
		got.failure, got.err = failureOfStatus(got.status), c.statusError(call, response)
		if call.method == http.MethodDelete && NotFound(got.err) {
			got.failure, got.err = noFailure, nil // it is deleted already
		}
		return got
	}
	body := &meter{from: response.Body, limit: maxBody}
	if err = c.readBody(ctx, call, response, body); err != nil {
		got.failure, got.err = failureOfBody(body, err), c.bodyError(call, response, body, err)
		return got
	}
	c.clock.read(response.Header)
	return got
}

// readBody reads a successful response to its end, so that the connection can be reused.
func (c *Client) readBody(ctx context.Context, call call, response *http.Response, body *meter) error {
	if call.method == http.MethodGet && response.StatusCode != http.StatusOK && response.StatusCode != http.StatusConflict {
		return wrongShape("its status is %d %s, not 200", response.StatusCode, http.StatusText(response.StatusCode))
	}
	if response.ContentLength > body.limit {
		return exceeds("is longer than %s", megabytes(body.limit))
	}
	if coding := response.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return wrongShape("its content encoding is %s, which was not requested", coding)
	}
	done := func() {}
	defer func() { done() }()
	body.exclusive = func() (err error) {
		done, err = c.large.acquire(ctx)
		return err
	}
	r := newResponseReader(body)
	if err := call.read(r); err != nil {
		return err
	}
	return r.end()
}

// prepare builds the request with the core of Datadog's client.
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

// failure classifies a failed attempt to decide about a retry.
type failure int

const (
	noFailure failure = iota
	// permanent: a retry cannot succeed, because Datadog rejected the request or no connection was made.
	permanent
	// rateLimited: the request exceeded a rate limit and was not applied.
	rateLimited
	// transient: a retry often succeeds. The request may have been applied.
	transient
	// suspicious: a complete response that is not Datadog's, or an unknown network error. It could be a hiccup of a
	// proxy, but more likely the address is wrong, and then the user should learn it soon. The request may have been
	// applied.
	suspicious
)

// ambiguous reports whether the request may have been applied although no response confirms it.
func (f failure) ambiguous() bool { return f == transient || f == suspicious }

// failureOfStatus classifies an error response.
func failureOfStatus(status int) failure {
	switch {
	case status == http.StatusTooManyRequests:
		return rateLimited
	case status == http.StatusNotImplemented:
		return permanent
	case status == http.StatusRequestTimeout, status >= http.StatusInternalServerError:
		return transient // including nonstandard codes of proxies, such as 524
	}
	return permanent
}

// failureOfBody classifies a successful response that cannot be read.
func failureOfBody(body *meter, err error) failure {
	if body.err != nil || errors.Is(err, io.ErrUnexpectedEOF) {
		return transient // it was cut off
	}
	return suspicious
}

// failureOfConnection classifies a request without a response.
func failureOfConnection(ctx context.Context, err error) failure {
	var broken *net.OpError
	switch {
	case ctx.Err() != nil:
		return transient // it was cut off at an unknown point
	case neverConnected(err):
		return permanent
	case isTimeout(err), errors.As(err, &broken), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return transient
	}
	return suspicious
}

// neverConnected reports whether no connection was made. A retry would be safe, but a wrong address or a server that is
// down is rarely fixed within seconds, so it is better to fail immediately.
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
