package markdown

import (
	"net/url"
	"strings"

	"ddmon/internal/kind"
)

// AppLinks returns a function for the URL of an object's page in the Datadog web app, such as https://app.datadoghq.eu;
// nil if app is empty. The URL is empty for an object without an id or a page.
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
