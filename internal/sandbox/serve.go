package sandbox

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"ddmon/internal/loopback"
)

// The limits of the server that NewHTTPServer returns.
const (
	// readHeaderTimeout and readTimeout limit the time until the headers of a request and the full request have arrived.
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 30 * time.Second
	// idleTimeout is how long a connection is kept for the next request.
	idleTimeout = 2 * time.Minute
	// writeTimeout limits the time from the arrival of a request to the end of the response, without Options.Latency.
	writeTimeout = 10 * time.Minute
	maxHeader    = 64 << 10
)

// NewHTTPServer returns a server for s with timeouts for stalled requests. Unless it is public, it accepts only
// requests whose host is localhost, a loopback address, or the address at which the request arrived. Otherwise a web
// page could point its own host name to this machine (DNS rebinding) and read and delete everything. Cross-origin
// requests from browsers are always rejected.
func NewHTTPServer(s *Server, public bool) *http.Server {
	return &http.Server{
		Handler:           &originCheck{next: s, public: public},
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		WriteTimeout: writeTimeout + s.latency, MaxHeaderBytes: maxHeader,
	}
}

// originCheck rejects requests that a browser sends for a page of another site.
type originCheck struct {
	next   *Server
	public bool
}

func (d *originCheck) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.next.setDate(w)
	switch {
	case !d.public && !isForThisMachine(r):
		gatewayError(http.StatusForbidden, "The sandbox does not serve the host "+printableHost(r.Host)+
			": use localhost or 127.0.0.1, or start it with --public").write(w)
	case isCrossOrigin(r):
		gatewayError(http.StatusForbidden, "The sandbox does not accept cross-origin requests").write(w)
	default:
		d.next.ServeHTTP(w, r)
	}
}

// printableHost returns a host for an error message, truncated if it is too long for a host name.
func printableHost(host string) string {
	const maxLength = 100
	return strings.ToValidUTF8(host[:min(len(host), maxLength)], "")
}

// isForThisMachine reports whether the Host of a request is this machine.
func isForThisMachine(r *http.Request) bool {
	u, err := url.Parse("//" + r.Host)
	if err != nil || u.Host != r.Host {
		return false
	}
	if loopback.IsHost(u.Hostname()) {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.Unmap() == localAddr(r)
}

// localAddr returns the address of this machine at which a request arrived.
func localAddr(r *http.Request) netip.Addr {
	address, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if address == nil {
		return netip.Addr{}
	}
	at, _ := netip.ParseAddrPort(address.String()) // if it is invalid: the zero address, which matches no request
	return at.Addr().Unmap()
}

// isCrossOrigin reports whether a browser sent the request for a page of another site. The standard library allows
// reads, because the page cannot see the response. Here reads can have an effect too, because faults count them.
func isCrossOrigin(r *http.Request) bool {
	write := *r
	write.Method = http.MethodPost
	return http.NewCrossOriginProtection().Check(&write) != nil
}
