package ddapi

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"ddmon/internal/loopback"
)

// httpClient returns the HTTP client. It does not follow redirects, which would send the keys to another host and turn
// a POST into a GET. With loopbackOnly, it connects only to loopback addresses, without a proxy.
func httpClient(given *http.Client, loopbackOnly bool) *http.Client {
	client := http.Client{Timeout: attemptTimeout}
	if given != nil {
		client = *given
	} else if shared, ok := http.DefaultTransport.(*http.Transport); ok {
		transport := shared.Clone()
		transport.MaxIdleConnsPerHost = 32 // as many as an apply can keep busy
		transport.MaxResponseHeaderBytes = maxHeader
		if loopbackOnly {
			transport.Proxy = nil
			transport.DialContext = (&net.Dialer{Timeout: dialTimeout, Control: requireLoopback}).DialContext
		}
		client.Transport = transport
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

// dialTimeout limits connecting to a loopback address.
const dialTimeout = 30 * time.Second

// requireLoopback checks the resolved address right before connecting: a name such as localhost can resolve to any
// address.
func requireLoopback(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !loopback.Is(to.Addr()) {
		return fmt.Errorf("%s is not a loopback address, and keys are sent to other machines only over https. %s", to.Addr(), adviceHTTP)
	}
	return nil
}

// adviceHTTP is the advice if keys would be sent in plain text.
const adviceHTTP = "Use https, or set DDMON_ALLOW_HTTP=1 to send them unencrypted"
