package lint

import (
	"encoding/json"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

func priorityMissing() Rule {
	return Rule{Code: "priority_missing", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, m := range p.monitors {
			if n := m.body["priority"]; n != nil && !object.Equal(n, json.Number("0")) {
				continue
			}
			p.addFinding(m.field(), "Monitor without a priority",
				"Without a priority, the monitor cannot be sorted by importance during a large incident. Set a priority from 1 (highest) to 5 (lowest).")
		}
	}}
}
