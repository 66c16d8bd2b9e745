package ddapi

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
)

// UnreachableError reports a request without a response.
type UnreachableError struct {
	Action string
	Base   string // the base URL
	Reason string
	// MayBeApplied is set for a write whose response was lost.
	MayBeApplied bool

	err   error
	sites bool // whether to list the sites, because the base is not one of them
}

// Error says in one line what failed, why, and what to do.
func (e *UnreachableError) Error() string {
	advice := "Check the network, the site (DD_SITE) or address (DD_HOST), and the proxy (HTTPS_PROXY)."
	if e.sites {
		advice = "Check DD_SITE and DD_HOST: Datadog's sites are " + strings.Join(sites, ", ") + "."
	}
	if e.MayBeApplied {
		advice += " " + adviceMayBeApplied + "."
	}
	return sentences(fmt.Sprintf("cannot %s: no response from %s: %s", e.Action, e.Base, e.Reason), advice)
}

// Unwrap returns the network's error.
func (e *UnreachableError) Unwrap() error { return e.err }

// sites are Datadog's sites.
var sites = []string{
	"datadoghq.com", "datadoghq.eu", "us3.datadoghq.com", "us5.datadoghq.com", "ap1.datadoghq.com", "ap2.datadoghq.com", "ddog-gov.com",
}

// isUnknownSite reports whether a base URL has the form of a site's, but is not that of a site in the list.
func isUnknownSite(base string) bool {
	site, isSite := strings.CutPrefix(base, "https://api.")
	return isSite && !slices.Contains(sites, site)
}

// unreachable builds the error for a request without a response.
func (r *reporter) unreachable(call call, err error, failure failure) error {
	out := &UnreachableError{Action: call.action, Base: r.base, MayBeApplied: call.writes && failure.ambiguous(), err: err}
	var dns *net.DNSError
	var dial *net.OpError
	switch {
	case errors.As(err, &dns):
		out.sites = isUnknownSite(r.base)
		out.Reason = "host " + clean(dns.Name) + " does not exist"
		if !dns.IsNotFound {
			out.Reason = "host " + clean(dns.Name) + " cannot be resolved"
		}
	case strings.Contains(err.Error(), "server response headers exceeded"): // net/http has no error type for it
		out.Reason = fmt.Sprintf("the response headers are longer than %d kB", maxHeader>>10)
	case isTimeout(err):
		out.Reason = "the request timed out"
	case errors.As(err, &dial) && dial.Op == "dial":
		out.Reason = r.text(dial.Err.Error())
	default:
		out.Reason = r.text(innermost(err))
	}
	return out
}

// innermost removes the method and URL that net/http adds to an error; the message already names them.
func innermost(err error) string {
	if inner := errors.Unwrap(err); inner != nil {
		return inner.Error()
	}
	return err.Error()
}
