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
					p.addFinding(location{o: o, path: object.Path{"tags", i}}, "Tag with uppercase letters",
						"Datadog converts tags to lowercase, except those of a monitor, so a search or notification rule does not match this tag. Write %s.", lower)
				}
			}
		}
	}}
}

// tagsOf returns an object's tags. The result has the same indexes as the list.
func tagsOf(o *object.Object) []string {
	list, _ := o.Body["tags"].([]any)
	tags := make([]string, len(list))
	for i, t := range list {
		tags[i], _ = t.(string)
	}
	return tags
}
