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

// The limits of a server that NewHTTPServer makes.
const (
	// readHeaderTimeout and readTimeout bound how long the headers of a request and all of it may take to arrive.
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 30 * time.Second
	// idleTimeout is how long a connection is kept for the next request.
	idleTimeout = 2 * time.Minute
	// writeTimeout bounds how long an answer may take from the request's arrival on, without Options.Latency.
	writeTimeout = 10 * time.Minute
	maxHeader    = 64 << 10
)

// NewHTTPServer returns a server for s whose limits end requests that do not go on. Unless it is public, it answers only
// requests for this machine by name: those for localhost, a loopback address, or the address they arrived at. A web page
// could otherwise have its own name lead here (DNS rebinding) and read and delete everything. Requests that a browser
// makes for the page of another site are refused in any case.
func NewHTTPServer(s *Server, public bool) *http.Server {
	return &http.Server{
		Handler:           &originCheck{next: s, public: public},
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout,
		WriteTimeout: writeTimeout + s.latency, MaxHeaderBytes: maxHeader,
	}
}

// originCheck refuses requests that a web page of someone else makes a browser send.
type originCheck struct {
	next   *Server
	public bool
}

func (d *originCheck) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.next.setDate(w)
	switch {
	case !d.public && !isForThisMachine(r):
		gatewayError(http.StatusForbidden, "The sandbox does not answer for the host "+printableHost(r.Host)+
			": use localhost or 127.0.0.1, or start it with --public").write(w)
	case isCrossOrigin(r):
		gatewayError(http.StatusForbidden, "The sandbox does not answer web pages of other sites").write(w)
	default:
		d.next.ServeHTTP(w, r)
	}
}

// printableHost writes a host into an error, cut where it is longer than any.
func printableHost(host string) string {
	const longest = 100
	return strings.ToValidUTF8(host[:min(len(host), longest)], "")
}

// isForThisMachine judges the host that a request names.
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

// localAddr is the address of this machine at which a request arrived.
func localAddr(r *http.Request) netip.Addr {
	address, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if address == nil {
		return netip.Addr{}
	}
	at, _ := netip.ParseAddrPort(address.String()) // the zero address, which no request is for, where it is not one
	return at.Addr().Unmap()
}

// isCrossOrigin reports whether a browser says that the request is made for the page of another site. The standard
// library lets such a page read, as it is not shown the answer; here a read may do something too (faults count it).
func isCrossOrigin(r *http.Request) bool {
	write := *r
	write.Method = http.MethodPost
	return http.NewCrossOriginProtection().Check(&write) != nil
}
