package lint

import (
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

func nameBlanks() Rule {
	return Rule{Code: "name_blanks", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, o := range p.in.Objects {
			key := "name"
			if o.Address.Kind == "dashboard" {
				key = "title"
			}
			name, _ := o.Body[key].(string)
			if strings.TrimSpace(name) != name {
				p.addFinding(location{o: o, path: object.Path{key}}, "Name with leading or trailing spaces",
					"The %s starts or ends with a space. It is invisible, but affects searching and sorting. Remove it.", key)
			}
		}
	}}
}
