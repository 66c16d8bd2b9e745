package sandbox

import (
	"regexp"
	"slices"
	"strings"
)

// What the server computes from a monitor's query. Each function looks at as much of the text as it needs: the
// sandbox has no grammar, so that a query newer than it is still accepted.

var comparisonPattern = regexp.MustCompile(`(>=|<=|==|!=|>|<)\s*(-?[0-9.]+(?:[eE][-+]?[0-9]+)?|threshold)\s*$`)

// comparison returns the operator and the number at the end of a query.
func comparison(query string) (operator, number string, found bool) {
	m := comparisonPattern.FindStringSubmatch(query)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

var metricStart = regexp.MustCompile(`^\s*\w+\s*\(`)

// metricShape reports whether a metric query has its outer form: a call at the start, brackets that match.
func metricShape(query string) bool {
	return metricStart.MatchString(query) && balanced(query)
}

// balanced reports whether the brackets outside quotes match.
func balanced(query string) bool {
	var open []rune
	var quote rune
	closes := map[rune]rune{')': '(', '}': '{'}
	for _, r := range query {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '(' || r == '{':
			open = append(open, r)
		case closes[r] != 0:
			if len(open) == 0 || open[len(open)-1] != closes[r] {
				return false
			}
			open = open[:len(open)-1]
		}
	}
	return len(open) == 0
}

var bracePattern = regexp.MustCompile(`(?:\b(by)\s*)?\{([^{}]*)\}`)

// scopes returns the tags in the scopes of a metric query, each once, without operators.
func scopes(query string) []string {
	var out []string
	for _, m := range bracePattern.FindAllStringSubmatch(query, -1) {
		if m[1] == "by" {
			continue
		}
		for _, word := range strings.FieldsFunc(m[2], func(r rune) bool { return strings.ContainsRune(", ()\t\n", r) }) {
			word = strings.TrimPrefix(word, "!")
			operator := slices.Contains([]string{"AND", "OR", "NOT", "IN", "*"}, strings.ToUpper(word))
			if word != "" && !operator && !slices.Contains(out, word) {
				out = append(out, word)
			}
		}
	}
	return out
}

var metricPattern = regexp.MustCompile(`([A-Za-z][\w.]*)\{`)

// metrics returns the metric names of a query, each once.
func metrics(query string) []string {
	var out []string
	for _, m := range metricPattern.FindAllStringSubmatch(query, -1) {
		if !slices.Contains(out, m[1]) && m[1] != "by" {
			out = append(out, m[1])
		}
	}
	return out
}

var groupPattern = regexp.MustCompile(`\bby\s*\{\s*[^}\s]|\.by\(\s*[^)\s]`)

// multi reports whether a monitor alerts per group: its own query says so, or a query of events behind its
// formula does. Of the other data sources recordings show groups that make no multi alert. Service checks always
// are multi alerts, composites never.
func multi(kind, query string, variables any) bool {
	switch {
	case kind == "composite":
		return false
	case kind == "service check", groupPattern.MatchString(query):
		return true
	}
	list, _ := variables.([]any)
	return slices.ContainsFunc(list, func(v any) bool {
		variable, _ := v.(object)
		groups, _ := variable["group_by"].([]any)
		source := text(variable, "data_source")
		special := strings.HasPrefix(source, "data_quality") || strings.HasPrefix(source, "aggregate_")
		return len(groups) > 0 && !special
	})
}

var memberPattern = regexp.MustCompile(`\d+`)

// members returns the ids that a composite's query refers to, each once.
func members(query string) []string {
	ids := memberPattern.FindAllString(query, -1)
	slices.Sort(ids)
	return slices.Compact(ids)
}
