package lint

import (
	"encoding/json"
	"strings"

	"ddmon/internal/diag"
)

func duplicateMonitor() Rule {
	return Rule{Code: "duplicate_monitor", Severity: diag.SeverityWarning, Run: func(p *pass) {
		first := map[string]*stackMonitor{}
		for _, m := range p.monitors {
			key := m.alertKey()
			other := first[key]
			if other == nil {
				first[key] = m
				continue
			}
			p.addFinding(m.field("query"), "Duplicate monitor",
				"%s has the same query and alerts at the same time. Keep one of them, or make the queries different.", other.o.Address)
		}
	}}
}

// alertKey returns a key that is equal for two monitors that alert at the same time.
func (m *stackMonitor) alertKey() string {
	query := m.view.Query
	if m.query != nil {
		query = m.query.String()
	}
	options, _ := m.body["options"].(map[string]any)
	// Other settings also affect when it alerts: the counts of a service check, a formula's queries, and the schedule.
	rest, _ := json.Marshal([]any{options["variables"], options["scheduling_options"], options["evaluation_delay"]})
	if m.view.Type == "service check" {
		thresholds, _ := json.Marshal(options["thresholds"])
		rest = append(rest, thresholds...)
	}
	return strings.Replace(m.view.Type, "metric alert", "query alert", 1) + "\n" + query + "\n" + string(rest)
}
