package lint

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/monitorcheck"
	"ddmon/internal/object"
)

// validateMonitor reports the problems that monitorcheck finds in the query, the options and the message.
func (p *pass) validateMonitor(m *stackMonitor) {
	for _, problem := range monitorcheck.Check(m.view) {
		path := fieldPath(problem.Field)
		s := location{o: m.o, path: path}
		if text, ok := path.In(m.body).(string); ok {
			// If both are 0, the problem is the whole value, or the start of an empty one.
			s.isPart = problem.End > 0 && problem.End <= len(text)
			s.from, s.to = problem.Offset, problem.End
		}
		severity := diag.SeverityError
		if problem.Severity == monitorcheck.SeverityWarning {
			severity = diag.SeverityWarning
		}
		p.add(problem.Code, severity, s, monitorSummary(problem), p.ids.unfill(problemDetail(problem)))
	}
	p.validatePriority(m)
}

// fieldPath parses the path of a problem, such as a.b[0].c.
func fieldPath(field string) object.Path {
	path := object.Path{}
	for key := range strings.SplitSeq(field, ".") {
		key, rest, isElement := strings.Cut(key, "[")
		path = path.With(key)
		if index, err := strconv.Atoi(strings.TrimSuffix(rest, "]")); isElement && err == nil {
			path = path.With(index)
		}
	}
	return path
}

// monitorSummary names the part of the monitor that is wrong. The detail says what is wrong with it.
func monitorSummary(problem monitorcheck.Problem) string {
	word := "Invalid"
	if problem.Severity == monitorcheck.SeverityWarning {
		word = "Suspicious"
	}
	last := problem.Field[strings.LastIndexByte(problem.Field, '.')+1:]
	switch last {
	case "query", "type":
		return word + " " + last
	case "message", "escalation_message":
		return word + " template in the " + strings.ReplaceAll(last, "_", " ")
	}
	return word + " option " + last
}

func problemDetail(problem monitorcheck.Problem) string {
	detail := sentence(problem.Message)
	if problem.Hint != "" {
		detail += " " + sentence(problem.Hint)
	}
	if problem.ServerError != "" {
		detail += " Datadog would answer: " + strings.TrimSpace(problem.ServerError)
	}
	return detail
}

// firstWords are the first words of the messages and hints of ddquery and monitorcheck. Any other first word is a name,
// for example of an option, and remains lowercase.
const firstWords = " a add an arithmetic change close combine define did end expected give invalid it keep make monitors move only outliers put remove rename set split start the this two type unexpected unknown use with write "

// sentence capitalizes a clause and adds a full stop.
func sentence(s string) string {
	if word, _, _ := strings.Cut(s, " "); strings.Contains(firstWords, " "+word+" ") {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	if !strings.HasSuffix(s, "?") && !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// validatePriority checks that a priority is 1 to 5, or 0 for no priority [SPEC; TF].
func (p *pass) validatePriority(m *stackMonitor) {
	n, ok := m.body["priority"].(json.Number)
	if !ok {
		return
	}
	if f, err := n.Float64(); err == nil && (f < 0 || f > 5) {
		p.add("priority_range", diag.SeverityError, m.field("priority"), "Priority out of range",
			fmt.Sprintf("The priority is %s. It must be between 1 (highest) and 5 (lowest). Change it, or remove it.", n))
	}
}
