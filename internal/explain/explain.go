package explain

import (
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// Section is a part of an explanation: a title without full stop and whole sentences, one a line.
type Section struct {
	Title string
	Lines []string
}

// Monitor explains a monitor from its body in the shape of the API's JSON. What the body lacks is left out; a query
// that cannot be parsed is shown with its error.
//
// names says what a composite's member is called. It is asked for an id in digits or, where the member does not exist
// yet, for its address; "" means unknown. names may be nil.
func Monitor(body map[string]any, names func(id string) string) []Section {
	return newMonitor(body, names).sections()
}

func (m *explainer) sections() []Section {
	sections := []Section{
		{"Monitor", m.about()},
		{"What it measures", nil},
		{"How often it looks", nil},
		{"When it alerts", nil},
		{"When data is missing", nil},
		{"Who is told", m.told()},
	}
	if m.query == nil {
		sections[1].Lines = m.unreadable()
	} else {
		r := m.read()
		sections[1].Lines = r.measures
		sections[2].Lines = append(r.looks, m.timing()...)
		sections[3].Lines = r.alerts
		sections[4].Lines = m.missing()
	}
	return withLines(sections)
}

// Query explains a query alone. The type may be empty: the query's form tells enough. The error is a *ddquery.Error.
func Query(monitorType, query string) ([]Section, error) {
	q, err := ddquery.ParseMonitor(monitorType, query)
	if err != nil {
		return nil, err
	}
	m := &explainer{query: q, view: &monitor.Monitor{Type: monitorType, Query: query}, bare: true}
	r := m.read()
	return withLines([]Section{
		{"What it measures", r.measures},
		{"How often it looks", r.looks},
		{"When it alerts", r.alerts},
	}), nil
}

// withLines leaves out empty sections. A handle or a name may hold the end of a line, which a sentence does not.
func withLines(sections []Section) []Section {
	inOneLine := strings.NewReplacer("\r", " ", "\n", " ")
	var out []Section
	for _, s := range sections {
		for i, line := range s.Lines {
			s.Lines[i] = inOneLine.Replace(line)
		}
		if len(s.Lines) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// about says what is not about the query: name, type, priority.
func (m *explainer) about() []string {
	name := strings.TrimSpace(m.view.Name)
	if name == "" {
		name = "A monitor without a name"
	} else {
		name = quoted(name)
	}
	line := name + ", of type " + or(m.view.Type, "unknown")
	priority := "It has no priority."
	if m.hides != nil && m.hides(object.Path{"priority"}) {
		priority = "Its priority is a sensitive value."
	} else if p := m.view.Priority; p != nil && *p > 0 {
		priority = "Its priority is " + figure(*p) + " (1 is the most urgent, 5 the least)."
	}
	lines := []string{line + ".", priority}
	if m.view.Draft {
		lines = append(lines, "It is a draft.")
	}
	return lines
}

func (m *explainer) unreadable() []string {
	if m.text == object.Redacted {
		return []string{"Its query is a sensitive value."}
	}
	return []string{"Its query cannot be read: " + m.fault.Error() + ".", "The query is " + code(m.text) + "."}
}

// read explains the query by its form.
func (m *explainer) read() reading {
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
	return reading{measures: []string{"Follows a synthetic test, which is defined elsewhere."}}
}
