package markdown

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
