package ddapi

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"ddmon/internal/loopback"
)

const defaultSite = "datadoghq.com"

// baseURL returns the API's base URL: the host if it is set, otherwise the site's.
func baseURL(host, site string) (string, error) {
	if host != "" {
		return hostURL(host)
	}
	if site == "" {
		site = defaultSite
	}
	if first, rest, ok := strings.Cut(site, "."); ok && (first == "app" || first == "api") && strings.Contains(rest, ".") {
		return "", fmt.Errorf("invalid DD_SITE %q: use only the site, %s", clean(site), clean(rest))
	}
	if u, err := url.Parse("https://api." + site); err != nil || u.Host != "api."+site || !isHostname(site) || !hasValidPort(u) {
		return "", fmt.Errorf("invalid DD_SITE %q: use a site such as %s or datadoghq.eu, or set DD_HOST to a full URL",
			clean(site), defaultSite)
	}
	return "https://api." + site, nil
}

// hostURL parses DD_HOST.
func hostURL(host string) (string, error) {
	full := host
	if !strings.Contains(full, "://") {
		scheme := "https://"
		if loopback.IsHost(host) {
			scheme = "http://"
		}
		full = scheme + host
	}
	u, err := url.Parse(full)
	switch {
	case err != nil || u.Host == "" || !isHostname(u.Hostname()) || !hasValidPort(u) || u.Scheme != "https" && u.Scheme != "http":
		return "", fmt.Errorf("invalid DD_HOST %q: use a URL such as https://api.%s", clean(host), defaultSite)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		// The error must not repeat it: it could contain a password.
		return "", fmt.Errorf("DD_HOST contains credentials, a query or a fragment: use a URL such as https://api.%s", defaultSite)
	}
	path := strings.TrimRight(u.Path, "/")
	for _, end := range []string{"/api", "/api/v1", "/api/v2"} {
		if strings.HasSuffix(path, end) {
			return "", fmt.Errorf("invalid DD_HOST %q: remove %s, ddmon adds it", clean(host), end)
		}
	}
	return u.Scheme + "://" + u.Host + path, nil
}

func isHostname(s string) bool {
	if s == "" {
		return false
	}
	for _, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !letter && !strings.ContainsRune(".-_:", r) {
			return false
		}
	}
	return true
}

// checkPlainHTTP rejects http URLs of other machines.
func checkPlainHTTP(base string) error {
	u, err := url.Parse(base)
	if err != nil || u.Scheme == "https" || loopback.IsHost(u.Host) {
		return err
	}
	return fmt.Errorf("DD_HOST is %s, so the keys would be sent in plain text. %s", clean(base), adviceHTTP)
}

// hasValidPort reports whether the port, if any, is valid.
func hasValidPort(u *url.URL) bool {
	port := u.Port()
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" && !strings.HasSuffix(u.Host, ":") || err == nil && n > 0
}
