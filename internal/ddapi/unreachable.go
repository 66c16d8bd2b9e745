package ddapi

import (
	"errors"
	"fmt"
	"net"
	"strings"
)

// UnreachableError says that no answer came.
type UnreachableError struct {
	Doing string
	Base  string // the address that was tried
	Why   string
	// MayHaveHappened is set for a write whose answer was lost.
	MayHaveHappened bool

	err error
}

// Error says in one line what was tried and what to do.
func (e *UnreachableError) Error() string {
	advice := "Check the network, the site (DD_SITE) or address (DD_HOST), and the proxy (HTTPS_PROXY)."
	if e.MayHaveHappened {
		advice += " " + mayHaveHappened + "."
	}
	return sentences(fmt.Sprintf("cannot %s: no answer from %s: %s", e.Doing, e.Base, e.Why), advice)
}

// Unwrap returns the network's error.
func (e *UnreachableError) Unwrap() error { return e.err }

// unreachable makes the error for a request without an answer.
func (r *reporter) unreachable(call call, err error, failure failure) error {
	out := &UnreachableError{Doing: call.doing, Base: r.base, MayHaveHappened: call.stores && failure.ambiguous(), err: err}
	var dns *net.DNSError
	var dial *net.OpError
	switch {
	case errors.As(err, &dns):
		out.Why = "there is no host " + clean(dns.Name)
		if !dns.IsNotFound {
			out.Why = "the name " + clean(dns.Name) + " could not be looked up"
		}
	case strings.Contains(err.Error(), "server response headers exceeded"): // net/http has no error of its own for it
		out.Why = fmt.Sprintf("its headers are longer than %d kB", maxHeader>>10)
	case isTimeout(err):
		out.Why = "it took too long"
	case errors.As(err, &dial) && dial.Op == "dial":
		out.Why = r.text(dial.Err.Error())
	default:
		out.Why = r.text(innermost(err))
	}
	return out
}

// innermost leaves out the method and URL that net/http puts before an error; the message names them in its own way.
func innermost(err error) string {
	if inner := errors.Unwrap(err); inner != nil {
		return inner.Error()
	}
	return err.Error()
}
