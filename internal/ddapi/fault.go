package ddapi

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
)

// fault is what went wrong with a try, as far as it matters for another one.
type fault int

const (
	noFault fault = iota
	// settled is what another try would not change: Datadog refused, or nobody could be connected to.
	settled
	// overLimit is a request over its rate limit. It was not carried out.
	overLimit
	// passing is what is often over a moment later. The request may have been carried out.
	passing
	// odd is a whole answer that is not one of Datadog's, or an error of the network that is not known. A proxy may
	// have had a hiccup, but more likely the address is wrong, and then nobody should wait long to hear so. The
	// request may have been carried out.
	odd
)

// loses reports whether the request may have been carried out although no answer says so.
func (f fault) loses() bool { return f == passing || f == odd }

// faultOfStatus judges an answer that is no success.
func faultOfStatus(status int) fault {
	switch {
	case status == http.StatusTooManyRequests:
		return overLimit
	case status == http.StatusNotImplemented:
		return settled
	case status == http.StatusRequestTimeout, status >= http.StatusInternalServerError:
		return passing // those that proxies make up, such as 524, too
	}
	return settled
}

// faultOfBody judges a success that could not be read.
func faultOfBody(body *meter, err error) fault {
	if body.err != nil || errors.Is(err, io.ErrUnexpectedEOF) {
		return passing // it broke off
	}
	return odd
}

// faultOfConnection judges a request without an answer.
func faultOfConnection(ctx context.Context, err error) fault {
	var broken *net.OpError
	switch {
	case ctx.Err() != nil:
		return passing // it was cut off, at whatever point
	case neverConnected(err):
		return settled
	case isTimeout(err), errors.As(err, &broken), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return passing
	}
	return odd
}

// neverConnected reports whether there was nobody to send a request to. Nothing happened then, and any request might
// be made again; but a wrong address or a server that is down does not mend within seconds, so that it is better said
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
