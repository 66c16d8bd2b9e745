package explain

import (
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// Section is a part of an explanation: a title without a full stop, and one complete sentence per line.
type Section struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
}

// Monitor explains a monitor from its body, which has the shape of the API's JSON. Fields missing from the body are
// skipped; a query that cannot be parsed is shown with its error.
//
// names returns the name of a composite's member, or "" if it is unknown. Its argument is the member's id or, if the
// member does not exist yet, its address. names can be nil.
func Monitor(body map[string]any, names func(id string) string) []Section {
	return newMonitor(body, names).sections()
}

func (m *explainer) sections() []Section {
	sections := []Section{
		{"Monitor", m.about()},
		{"What it measures", nil},
		{"How it is evaluated", nil},
		{"When it alerts", nil},
		{"When data is missing", nil},
		{"Who is notified", m.recipients()},
	}
	if m.query == nil {
		sections[1].Lines = m.parseError()
	} else {
		r := m.describe()
		sections[1].Lines = r.measures
		sections[2].Lines = append(r.evaluation, m.timing()...)
		sections[3].Lines = r.alerts
		sections[4].Lines = m.noData()
	}
	return withLines(sections)
}

// Query explains a query without its monitor. monitorType can be empty because the query's form determines it. The
// error is a *ddquery.Error.
func Query(monitorType, query string) ([]Section, error) {
	q, err := ddquery.ParseMonitor(monitorType, query)
	if err != nil {
		return nil, err
	}
	m := &explainer{query: q, view: &monitor.Monitor{Type: monitorType, Query: query}, queryOnly: true}
	r := m.describe()
	return withLines([]Section{
		{"What it measures", r.measures},
		{"How it is evaluated", r.evaluation},
		{"When it alerts", r.alerts},
	}), nil
}

// withLines removes empty sections and the line breaks that handles and names can contain.
func withLines(sections []Section) []Section {
	lineBreaks := strings.NewReplacer("\r", " ", "\n", " ")
	var out []Section
	for _, s := range sections {
		for i, line := range s.Lines {
			s.Lines[i] = lineBreaks.Replace(line)
		}
		if len(s.Lines) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// about returns the monitor's name, type and priority.
func (m *explainer) about() []string {
	name := strings.TrimSpace(m.view.Name)
	if name == "" {
		name = "Unnamed monitor"
	} else {
		name = quoted(name)
	}
	line := name + ", of type " + or(m.view.Type, "unknown")
	priority := "It has no priority."
	if m.hides != nil && m.hides(object.Path{"priority"}) {
		priority = "Its priority is a sensitive value."
	} else if p := m.view.Priority; p != nil && *p > 0 {
		priority = "Its priority is " + formatNumber(*p) + " (1 is the highest, 5 the lowest)."
	}
	lines := []string{line + ".", priority}
	if m.view.Draft {
		lines = append(lines, "It is a draft.")
	}
	return lines
}

func (m *explainer) parseError() []string {
	if m.text == object.Redacted {
		return []string{"Its query is a sensitive value."}
	}
	return []string{"Its query cannot be parsed: " + m.parseErr.Error() + ".", "The query is " + code(m.text) + "."}
}

// describe explains the query according to its form.
func (m *explainer) describe() description {
	switch q := m.query.Root.(type) {
	case *ddquery.MetricQuery:
		return m.metric(q)
	case *ddquery.FormulaQuery:
		return m.formula(q)
	case *ddquery.LogQuery:
		return m.log(q)
	case *ddquery.CheckQuery:
		return m.check(q)
	case *ddquery.CompositeQuery:
		return m.composite(q)
	case *ddquery.SLOQuery:
		return m.slo(q)
	}
	return description{measures: []string{"Monitors a Synthetic test, which is defined elsewhere."}}
}
