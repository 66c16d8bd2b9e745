package lint

import (
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

func tagCase() Rule {
	return Rule{Code: "tag_case", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, o := range p.in.Objects {
			for i, tag := range tagsOf(o) {
				if lower := strings.ToLower(tag); lower != tag {
					p.find(spot{o: o, path: object.Path{"tags", i}}, "Tag with upper-case letters",
						"Datadog writes tags in lower case, but keeps those of a monitor as they are, so that searches and rules for one do not find the other. Write %s.", lower)
				}
			}
		}
	}}
}

// tagsOf returns an object's tags; index i of the result is index i of the list.
func tagsOf(o *object.Object) []string {
	list, _ := o.Body["tags"].([]any)
	tags := make([]string, len(list))
	for i, t := range list {
		tags[i], _ = t.(string)
	}
	return tags
}
