package ddapi

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"ddmon/internal/loopback"
)

const defaultSite = "datadoghq.com"

// baseURL finds the address of the API: the host if there is one, else that of the site.
func baseURL(host, site string) (string, error) {
	if host != "" {
		return hostURL(host)
	}
	if site == "" {
		site = defaultSite
	}
	if first, rest, ok := strings.Cut(site, "."); ok && (first == "app" || first == "api") && strings.Contains(rest, ".") {
		return "", fmt.Errorf("DD_SITE is %s: write the site alone, %s", clean(site), clean(rest))
	}
	if u, err := url.Parse("https://api." + site); err != nil || u.Host != "api."+site || !isHostname(site) || !hasPort(u) {
		return "", fmt.Errorf("DD_SITE is %s, which is no site: write it as %s or datadoghq.eu, or give a full URL in DD_HOST",
			clean(site), defaultSite)
	}
	return "https://api." + site, nil
}

// hostURL reads what a person may give as host.
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
	case err != nil || u.Host == "" || !isHostname(u.Hostname()) || !hasPort(u) || u.Scheme != "https" && u.Scheme != "http":
		return "", fmt.Errorf("DD_HOST is %s, which is no address: write it as https://api.%s", clean(host), defaultSite)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		// Not repeated: there may be a password in it.
		return "", fmt.Errorf("DD_HOST holds more than an address: write it as https://api.%s", defaultSite)
	}
	path := strings.TrimRight(u.Path, "/")
	for _, end := range []string{"/api", "/api/v1", "/api/v2"} {
		if strings.HasSuffix(path, end) {
			return "", fmt.Errorf("DD_HOST is %s: leave out %s, ddmon adds it", clean(host), end)
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

// checkPlainHTTP refuses an address of another machine that is not asked over https.
func checkPlainHTTP(base string) error {
	u, err := url.Parse(base)
	if err != nil || u.Scheme == "https" || loopback.IsHost(u.Host) {
		return err
	}
	return fmt.Errorf("DD_HOST is %s, to which the keys would be sent in plain text. %s", clean(base), adviceHTTP)
}

// hasPort reports whether a port that is given is one.
func hasPort(u *url.URL) bool {
	port := u.Port()
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" && !strings.HasSuffix(u.Host, ":") || err == nil && n > 0
}
