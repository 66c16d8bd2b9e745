package ddapi_test

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"

	"ddmon/internal/ddapi"
)

// roundTripFunc is an http.RoundTripper without a network.
type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// newResponse returns a response for a roundTripFunc.
func newResponse(status int, body string, headers ...string) *http.Response {
	r := &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), Header: http.Header{}}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// TestNetworkErrors: no attempt of a request gets a response.
func TestNetworkErrors(t *testing.T) {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for name, tt := range map[string]struct {
		err   error
		tries int  // of requests that can be retried
		lost  bool // whether a write may have been applied
	}{
		"refused":           {dial(syscall.ECONNREFUSED), 1, false},
		"dial timeout":      {dial(os.ErrDeadlineExceeded), 1, false},
		"no such host":      {dial(&net.DNSError{Name: "x", IsNotFound: true}), 1, false},
		"name service down": {&net.DNSError{Name: "x", IsTemporary: true}, 1, false},
		"proxy":             {&net.OpError{Op: "proxyconnect", Err: syscall.ECONNREFUSED}, 1, false},
		"certificate":       {&tls.CertificateVerificationError{Err: errors.New("expired")}, 1, false},
		"no TLS":            {http.ErrSchemeMismatch, 1, false},
		"timeout":           {os.ErrDeadlineExceeded, 5, true},
		"reset":             {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, 5, true},
		"closed":            {io.EOF, 5, true},
		"closed early":      {io.ErrUnexpectedEOF, 5, true},
		"unknown":           {errors.New("http2: INTERNAL_ERROR"), 2, true},
	} {
		for op, do := range operations(t.Context()) {
			t.Run(op+"/"+name, func(t *testing.T) {
				w := &waits{}
				c := newClient(t, ddapi.Config{Host: "x.invalid", Sleep: w.sleep, HTTPClient: &http.Client{
					Transport: roundTripFunc(func(*http.Request) (*http.Response, error) { return nil, tt.err }),
				}})
				err := do(c)
				want := tt.tries
				if op == "unchecked create" {
					want = 1
				}
				writes := op != "get" && op != "validate"
				var e *ddapi.UnreachableError
				if !errors.As(err, &e) || c.Requests() != want || e.MayBeApplied != (tt.lost && writes) {
					t.Errorf("%d attempts, %v", c.Requests(), err)
				}
				if strings.Contains(err.Error(), "run `ddmon plan`") != (tt.lost && writes) {
					t.Errorf("%v", err)
				}
			})
		}
	}
}
