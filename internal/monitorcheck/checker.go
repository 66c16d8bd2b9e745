package monitorcheck

import (
	"errors"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/severity"
	"ddmon/internal/suggest"
)

// Severity says what a Problem means. An error is what Datadog would refuse, a warning what it may accept though it cannot
// be meant, or what we are not sure of.
type Severity = severity.Level

// The severities.
const (
	SeverityError   = severity.Error
	SeverityWarning = severity.Warning
)

// Problem is something wrong with a monitor.
type Problem struct {
	// Code is stable across versions: "threshold_mismatch".
	Code     string
	Severity Severity
	// Field is the path of the value concerned: "query", "message", "options.thresholds.warning".
	Field string
	// Offset and End are the place inside the value of Field; both are 0 where all of it is meant.
	Offset, End int
	// Message says in one sentence what is wrong, Hint what to do; Hint may be empty.
	Message, Hint string
	// Server is the text that Datadog is known to refuse this with; "" where its words are not known.
	Server string
}

// checker collects the problems of one monitor.
type checker struct {
	m *monitor.Monitor
	q *ddquery.MonitorQuery
	// groups are the keys that the query groups by; grouped is false where the query does not tell.
	groups   []string
	grouped  bool
	problems []Problem
	// filtered are the keys that the query filters on; nil until a message asks for them.
	filtered map[string]bool
}

// add reports a problem with the whole of a field. The result is valid until the next call.
func (k *checker) add(code string, severity Severity, field, message, hint string) *Problem {
	k.problems = append(k.problems, Problem{Code: code, Severity: severity, Field: field, Message: message, Hint: hint})
	return &k.problems[len(k.problems)-1]
}

// at reports a problem with a node of the query.
func (k *checker) at(n ddquery.Node, code string, severity Severity, message, hint string) *Problem {
	p := k.add(code, severity, "query", message, hint)
	p.Offset, p.End = n.Pos(), n.End()
	return p
}

const (
	serverQuery    = "The value provided for parameter 'query' is invalid"
	serverOperator = serverQuery + ": invalid operator specified: "
)

func (k *checker) syntax(err error) {
	var e *ddquery.Error
	if !errors.As(err, &e) {
		return
	}
	p := k.add(e.Code, SeverityError, "query", e.Message, e.Hint)
	p.Offset, p.End, p.Server = e.Offset, e.End, serverQuery
	// Datadog splits a log-style query at its operator before it looks at anything else.
	if len(ddquery.Sources(k.m.Type)) > 0 && !strings.ContainsAny(k.m.Query, "<>=") {
		p.Server = serverOperator
	}
}

// didYouMean returns a hint at the candidate most like word, or "" if none is close.
func didYouMean(word string, candidates []string) string {
	if best := suggest.Closest(word, candidates); best != "" {
		return "did you mean " + best + "?"
	}
	return ""
}

// serverNumber writes a number as Datadog's messages do: 90.0.
func serverNumber(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// number writes a number as a person does: 90.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
