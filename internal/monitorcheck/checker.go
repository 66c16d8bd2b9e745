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

// Severity is the severity of a Problem. An error is a rejection by Datadog. A warning is a probable mistake that
// Datadog may accept, or an uncertain rejection.
type Severity = severity.Level

// The severities.
const (
	SeverityError   = severity.Error
	SeverityWarning = severity.Warning
)

// Problem is a problem of a monitor.
type Problem struct {
	// Code is stable across versions: "threshold_mismatch".
	Code     string
	Severity Severity
	// Field is the path of the value with the problem: "query", "message", "options.thresholds.warning".
	Field string
	// Offset and End are the position in the value of Field. Both are 0 if the problem is the whole value.
	Offset, End int
	// Message says in one sentence what is wrong, Hint what to do. Hint can be empty.
	Message, Hint string
	// ServerError is Datadog's error message, "" if it is not known.
	ServerError string
}

// checker collects the problems of one monitor.
type checker struct {
	m *monitor.Monitor
	q *ddquery.MonitorQuery
	// groups are the keys that the query groups by. groupsKnown is false if they cannot be determined.
	groups      []string
	groupsKnown bool
	problems    []Problem
	// filtered are the keys that the query filters on, computed for the first message that needs them.
	filtered map[string]bool
}

// add reports a problem with the whole of a field. The result is valid until the next call.
func (k *checker) add(code string, severity Severity, field, message, hint string) *Problem {
	k.problems = append(k.problems, Problem{Code: code, Severity: severity, Field: field, Message: message, Hint: hint})
	return &k.problems[len(k.problems)-1]
}

// at reports a problem with a node of the query. The result is valid until the next call.
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
	p.Offset, p.End, p.ServerError = e.Offset, e.End, serverQuery
	// Datadog splits a log-style query at its operator before it parses the rest.
	if len(ddquery.Sources(k.m.Type)) > 0 && !strings.ContainsAny(k.m.Query, "<>=") {
		p.ServerError = serverOperator
	}
}

// didYouMean returns a hint with the candidate closest to word, or "" if none is similar.
func didYouMean(word string, candidates []string) string {
	if best := suggest.Closest(word, candidates); best != "" {
		return "did you mean " + best + "?"
	}
	return ""
}

// serverNumber formats a number like Datadog's error messages: 90.0.
func serverNumber(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// number formats a number without an exponent or trailing zeros: 90.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
