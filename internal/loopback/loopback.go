// Package loopback recognizes the addresses at which a machine reaches itself. What is sent there, others cannot read, and
// what listens there, others cannot reach. The entry points are IsHost, for what people write, and Is, for addresses.
package loopback

import (
	"net"
	"net/netip"
	"strings"
)

// IsHost reports whether a bare host, with or without port, is this machine: it is localhost, or a loopback address in its
// usual notation. Other names and notations (127.1, 2130706433) mean different hosts to different programs.
func IsHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && Is(addr)
}

// Is reports whether an address is a loopback address, of IPv4 within IPv6 too.
func Is(addr netip.Addr) bool { return addr.Unmap().IsLoopback() }
