package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// search is a disjunction of conjunctions of terms: `type:metric tag:(a OR b) -"foo bar" OR cpu`.
type search [][]term

// term is one condition of a search. Without a field, it matches the name.
type term struct {
	field  string
	values []string // one of them must match
	not    bool
}

// parseSearch parses the common part of the search syntax. Parentheses are supported only around the values of a field.
func parseSearch(query string) (search, string) {
	s := search{nil}
	not := false
	for _, word := range searchWords(query) {
		switch word {
		case "AND":
			continue
		case "OR":
			s = append(s, nil)
			continue
		case "NOT":
			not = true
			continue
		}
		t := readTerm(word)
		t.not, not = t.not != not, false
		if problem := t.check(); problem != "" {
			return nil, problem
		}
		s[len(s)-1] = append(s[len(s)-1], t)
	}
	return s, ""
}

// searchWords splits at spaces outside of quotes and parentheses.
func searchWords(query string) []string {
	quoted, depth := false, 0
	return strings.FieldsFunc(query, func(r rune) bool {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '(':
			depth++
		case r == ')':
			depth--
		}
		return r == ' ' && !quoted && depth <= 0
	})
}

func readTerm(word string) term {
	rest, not := strings.CutPrefix(word, "-")
	t := term{not: not}
	if field, value, found := strings.Cut(rest, ":"); found && slices.Contains(searchFields(), field) {
		t.field, rest = field, value
	}
	inner, isGroup := strings.CutPrefix(rest, "(")
	if !isGroup {
		t.values = []string{unquote(rest)}
		return t
	}
	for _, value := range searchWords(strings.TrimSuffix(inner, ")")) {
		if value != "OR" {
			t.values = append(t.values, unquote(value))
		}
	}
	return t
}

func unquote(s string) string { return strings.ToLower(strings.Trim(s, `"`)) }

func searchFields() []string {
	return []string{"tag", "type", "status", "id", "priority", "muted", "scope", "metric", "title", "name"}
}

func (t term) check() string {
	if t.field != "status" {
		return ""
	}
	for _, value := range t.values {
		if !slices.Contains([]string{"alert", "warn", "no data", "ok", "ignored", "skipped"}, value) {
			return fmt.Sprintf("Query parsing error: '%s' is not a valid monitor status", value)
		}
	}
	return ""
}

func (s search) matches(m *searchResult) bool {
	return slices.ContainsFunc(s, func(all []term) bool {
		return !slices.ContainsFunc(all, func(t term) bool { return t.matches(m) == t.not })
	})
}

func (t term) matches(m *searchResult) bool {
	return slices.ContainsFunc(t.values, func(value string) bool {
		if t.field == "" || t.field == "title" || t.field == "name" {
			return strings.Contains(strings.ToLower(m.name), strings.Trim(value, "*"))
		}
		return slices.ContainsFunc(m.fields[t.field], func(have string) bool {
			prefix, wild := strings.CutSuffix(value, "*")
			return strings.EqualFold(have, value) || wild && strings.HasPrefix(strings.ToLower(have), prefix)
		})
	})
}
