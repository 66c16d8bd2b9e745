package lint

import (
	"regexp"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// maxTag is how long a tag may be [DOC getting_started/tagging].
const maxTag = 200

func tagFormat() Rule {
	return Rule{Code: "tag_format", Severity: diag.SeverityWarning, Run: func(p *pass) {
		strange := regexp.MustCompile(`[^\p{L}\p{N}:_./*@!#-]`)
		letter := regexp.MustCompile(`^\p{L}`)
		for _, o := range p.in.Objects {
			seen := map[string]bool{}
			for i, tag := range tagsOf(o) {
				s := spot{o: o, path: object.Path{"tags", i}}
				switch bad := strange.FindString(tag); {
				case tag == "":
				case seen[tag]:
					p.find(s, "Tag given twice", "%s is among the tags already. Take one away.", tag)
				case bad != "":
					p.find(s, "Character that tags do not have", "A tag has letters, digits and _ - : . / only; Datadog may write %q as an underscore. Write the tag without it.", bad)
				case !letter.MatchString(tag):
					p.find(s, "Tag does not start with letter", "A tag starts with a letter; Datadog may drop what stands before the first one. Write a key before it, as key:%s.", tag)
				case len([]rune(tag)) > maxTag:
					p.find(s, "Tag too long", "A tag has at most %d characters, and Datadog may cut the rest off. Shorten it.", maxTag)
				}
				seen[tag] = true
			}
		}
	}}
}
