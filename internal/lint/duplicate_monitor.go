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
			key := m.sameAs()
			other := first[key]
			if other == nil {
				first[key] = m
				continue
			}
			p.find(m.field("query"), "Two monitors with one query",
				"%s asks the same of the same data, so both alert at the same time. Keep one of them, or say in the query what sets them apart.", other.o.Address)
		}
	}}
}

// sameAs returns a text that two monitors share if they alert at the same time.
func (m *stackMonitor) sameAs() string {
	query := m.view.Query
	if m.query != nil {
		query = m.query.String()
	}
	options, _ := m.body["options"].(map[string]any)
	// What else decides when it alerts: the counts of a service check, a formula's queries, and the schedule.
	rest, _ := json.Marshal([]any{options["variables"], options["scheduling_options"], options["evaluation_delay"]})
	if m.view.Type == "service check" {
		thresholds, _ := json.Marshal(options["thresholds"])
		rest = append(rest, thresholds...)
	}
	return strings.Replace(m.view.Type, "metric alert", "query alert", 1) + "\n" + query + "\n" + string(rest)
}
