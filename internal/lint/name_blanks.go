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
				p.find(spot{o: o, path: object.Path{key}}, "Name with blanks around it",
					"The %s starts or ends with a blank, which nobody sees and every search and sort minds. Take it away.", key)
			}
		}
	}}
}
