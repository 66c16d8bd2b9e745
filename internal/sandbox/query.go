package sandbox

import (
	"regexp"
	"slices"
	"strings"
)

// These functions compute what the server derives from a monitor's query. They do not use the parser, so that they also
// work for queries that are accepted but cannot be parsed.

var bracePattern = regexp.MustCompile(`(?:\b(by)\s*)?\{([^{}]*)\}`)

// queryScopes returns the distinct tags in the scopes of a metric query, without operators.
func queryScopes(query string) []string {
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

// queryMetrics returns the distinct metric names in a query.
func queryMetrics(query string) []string {
	var out []string
	for _, m := range metricPattern.FindAllStringSubmatch(query, -1) {
		if !slices.Contains(out, m[1]) && m[1] != "by" {
			out = append(out, m[1])
		}
	}
	return out
}

var groupPattern = regexp.MustCompile(`\bby\s*\{\s*[^}\s]|\.by\(\s*[^)\s]`)

// isMultiAlert reports whether a monitor alerts per group, because its query or an event query in its formula has
// groups. In recordings, groups in queries of some other data sources do not make a multi alert. Service checks are
// always multi alerts, composites never.
func isMultiAlert(kind, query string, variables any) bool {
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
		source := stringField(variable, "data_source")
		special := strings.HasPrefix(source, "data_quality") || strings.HasPrefix(source, "aggregate_")
		return len(groups) > 0 && !special
	})
}

var memberPattern = regexp.MustCompile(`\d+`)

// compositeMembers returns the distinct monitor ids in the query of a composite.
func compositeMembers(query string) []string {
	ids := memberPattern.FindAllString(query, -1)
	slices.Sort(ids)
	return slices.Compact(ids)
}
