package lint

import (
	"regexp"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// maxTag is the maximum length of a tag [DOC getting_started/tagging].
const maxTag = 200

func tagFormat() Rule {
	return Rule{Code: "tag_format", Severity: diag.SeverityWarning, Run: func(p *pass) {
		invalid := regexp.MustCompile(`[^\p{L}\p{N}:_./*@!#-]`)
		letter := regexp.MustCompile(`^\p{L}`)
		for _, o := range p.in.Objects {
			seen := map[string]bool{}
			for i, tag := range tagsOf(o) {
				s := location{o: o, path: object.Path{"tags", i}}
				switch bad := invalid.FindString(tag); {
				case tag == "":
				case seen[tag]:
					p.addFinding(s, "Duplicate tag", "The tags contain %s twice. Remove one of them.", tag)
				case bad != "":
					p.addFinding(s, "Invalid character in tag", "Tags can contain letters, digits and _ - : . / only. Datadog may replace %q with an underscore. Remove the character.", bad)
				case !letter.MatchString(tag):
					p.addFinding(s, "Tag does not start with a letter", "A tag must start with a letter. Datadog may drop everything before the first one. Add a key, for example key:%s.", tag)
				case len([]rune(tag)) > maxTag:
					p.addFinding(s, "Tag too long", "A tag can have at most %d characters. Datadog may truncate it. Shorten the tag.", maxTag)
				}
				seen[tag] = true
			}
		}
	}}
}
