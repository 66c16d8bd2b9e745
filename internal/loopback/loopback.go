// Package loopback recognizes the addresses at which a machine reaches itself. What is sent there, others cannot read, and
// what listens there, others cannot reach. The entry points are IsHost, for what people write, and Is, for addresses.
package loopback

import (
	"net/netip"
	"strings"
)

// IsHost reports whether a bare host, with or without port, is this machine: it is localhost, or a loopback address in its
// usual notation. Other names and notations (127.1, 2130706433) mean different hosts to different programs.
func IsHost(host string) bool {
	host = strings.Trim(withoutPort(host), "[]")
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && Is(addr)
}

// withoutPort cuts the port off a host. The colons of IPv6 begin one only behind brackets.
func withoutPort(host string) string {
	i := strings.LastIndexByte(host, ':')
	if i >= 0 && (strings.HasSuffix(host[:i], "]") || !strings.Contains(host[:i], ":")) {
		return host[:i]
	}
	return host
}

// Is reports whether an address is a loopback address, of IPv4 within IPv6 too.
func Is(addr netip.Addr) bool { return addr.Unmap().IsLoopback() }
