package render

import (
	"net/url"
	"strings"
)

// AppLinks returns where an object's page is in Datadog's web application, such as https://app.datadoghq.eu; nil
// without one. Of what has no id or no page it returns "".
func AppLinks(app string) func(kind, id string) string {
	if app == "" {
		return nil
	}
	paths := map[string]string{"monitor": "/monitors/", "dashboard": "/dashboard/"}
	return func(kind, id string) string {
		path, ok := paths[kind]
		if id = strings.TrimSpace(id); !ok || id == "" {
			return ""
		}
		return strings.TrimRight(app, "/") + path + url.PathEscape(id)
	}
}

// link is a link in Markdown; empty if the address is not one of the web.
func link(text, address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	u.Fragment = ""
	escaped := strings.NewReplacer("<", "%3C", ">", "%3E", "(", "%28", ")", "%29", "\\", "%5C", "`", "%60", "@", "%40",
		"*", "%2A", "|", "%7C", "[", "%5B", "]", "%5D", "\"", "%22", "'", "%27").Replace(u.String())
	return "[" + text + "](" + escaped + ")"
}
