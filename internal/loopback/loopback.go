// Package loopback recognizes loopback addresses. Other machines can neither read the traffic to them nor connect to
// them. IsHost checks hosts as users write them, Is checks parsed addresses.
package loopback

import (
	"net/netip"
	"strings"
)

// IsHost reports whether a host, with or without port, is this machine: localhost or a loopback address in standard
// notation. Programs interpret other notations (127.1, 2130706433) differently.
func IsHost(host string) bool {
	host = strings.Trim(withoutPort(host), "[]")
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && Is(addr)
}

// withoutPort removes the port from a host. In an IPv6 address a colon starts the port only after brackets.
func withoutPort(host string) string {
	i := strings.LastIndexByte(host, ':')
	if i >= 0 && (strings.HasSuffix(host[:i], "]") || !strings.Contains(host[:i], ":")) {
		return host[:i]
	}
	return host
}

// Is reports whether an address is a loopback address, including IPv4-mapped IPv6 addresses.
func Is(addr netip.Addr) bool { return addr.Unmap().IsLoopback() }
