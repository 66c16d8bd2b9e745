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

// httpClient makes the client of the requests. It follows no redirect, which would take the keys to another host and make
// a GET of a POST. onlyHere makes it connect to loopback addresses only, without a proxy.
func httpClient(given *http.Client, onlyHere bool) *http.Client {
	client := http.Client{Timeout: answerTimeout}
	if given != nil {
		client = *given
	} else if shared, ok := http.DefaultTransport.(*http.Transport); ok {
		transport := shared.Clone()
		transport.MaxIdleConnsPerHost = 32 // as many as an apply may keep busy
		transport.MaxResponseHeaderBytes = maxHeader
		if onlyHere {
			transport.Proxy = nil
			transport.DialContext = (&net.Dialer{Timeout: dialTimeout, Control: refuseOthers}).DialContext
		}
		client.Transport = transport
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

// dialTimeout is how long a connection to this machine may take.
const dialTimeout = 30 * time.Second

// refuseOthers is asked with the address that a name has, right before the connection is made: what a name such as
// localhost stands for is up to the machine's own tables.
func refuseOthers(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !loopback.Is(to.Addr()) {
		return fmt.Errorf("%s is not this machine, and keys are not sent to others over http. %s", to.Addr(), adviceHTTP)
	}
	return nil
}

// adviceHTTP is what to do where keys would be sent in plain text.
const adviceHTTP = "Use https, or set DDMON_ALLOW_HTTP=1 to send the keys where others can read them"
