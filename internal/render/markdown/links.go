package markdown

import (
	"net/url"
	"strings"

	"ddmon/internal/kind"
)

// AppLinks returns where an object's page is in Datadog's web application, such as https://app.datadoghq.eu; nil
// without one. Of what has no id or no page it returns "".
func AppLinks(app string) func(kind, id string) string {
	if app == "" {
		return nil
	}
	return func(name, id string) string {
		k := kind.Named(name)
		if id = strings.TrimSpace(id); k == nil || k.Page == "" || id == "" {
			return ""
		}
		return strings.TrimRight(app, "/") + strings.Replace(k.Page, "{id}", url.PathEscape(id), 1)
	}
}
