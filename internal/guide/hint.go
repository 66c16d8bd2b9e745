package guide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/suggest"
	"ddmon/internal/wildcard"
)

// maxValues is the number of existing values that a hint lists.
const maxValues = 5

// maxTerms is the number of conditions of a query that are tried: each takes up to two questions.
const maxTerms = 10

// hint says what to change in a query that has no hits in the control window: it looks for a condition without which the
// query has hits, and for existing values of that tag.
func (r *runner) hint(ctx context.Context, result *StepResult) {
	q := result.Step.Question
	if q.Product == Metric {
		result.Hint = r.metricHint(ctx, q.Query)
		return
	}
	terms := searchTerms(q.Query)
	for _, t := range terms[:min(len(terms), maxTerms)] {
		if text := r.termHint(ctx, q, t); text != "" {
			result.Hint = text
			return
		}
	}
	if q.Product == Logs {
		result.Hint = r.productHint(ctx, q)
	}
}

// termHint says what is wrong with one condition of a search; "" if the search has no hits without it either.
func (r *runner) termHint(ctx context.Context, q Question, t term) string {
	r.asked++
	values, err := r.control.Source.Values(ctx, q.Product, t.without, t.facet, r.control.Window)
	if err != nil {
		return ""
	}
	if len(values) > 0 {
		return existing(fmt.Sprintf("%s:%s matches nothing", t.facet, t.value), t.facet, t.value, values)
	}
	other := otherSigil(t.facet)
	r.asked++
	if values, err = r.control.Source.Values(ctx, q.Product, t.without, other, r.control.Window); err == nil && len(values) > 0 {
		kind := "an attribute"
		if strings.HasPrefix(t.facet, "@") {
			kind = "a tag"
		}
		return existing(fmt.Sprintf("%s has no values, because it is %s: write %s", t.facet, kind, other), other, t.value, values)
	}
	return ""
}

// otherSigil returns @name for the tag name, and name for the attribute @name.
func otherSigil(facet string) string {
	if name, ok := strings.CutPrefix(facet, "@"); ok {
		return name
	}
	return "@" + facet
}

// existing lists existing values of a facet and suggests one.
func existing(problem, facet, value string, values []string) string {
	text := problem + ". Existing values: " + strings.Join(values[:min(len(values), maxValues)], ", ")
	if more := len(values) - maxValues; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	text += "."
	if meant := meant(value, values); meant != "" && meant != value {
		text += fmt.Sprintf(" Did you mean %s:%s?", facet, meant)
	}
	return text
}

// meant returns the existing value that was probably meant: one that contains it, or a similar one.
func meant(value string, values []string) string {
	word := strings.ToLower(strings.Trim(value, "*"))
	if wildcard.Search(value)(value) && slices.Contains(values, value) {
		return ""
	}
	containing := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return word == "" || !strings.Contains(strings.ToLower(v), word) })
	if len(containing) > 0 {
		return slices.MinFunc(containing, func(a, b string) int { return len(a) - len(b) })
	}
	return suggest.Closest(value, values)
}

// productHint says whether the data is in the event stream instead of the logs.
func (r *runner) productHint(ctx context.Context, q Question) string {
	terms := searchTerms(q.Query)
	for _, t := range terms[:min(len(terms), maxTerms)] {
		word := strings.Trim(t.value, "*")
		if word == "" {
			continue
		}
		r.asked++
		line, err := r.control.Source.Line(ctx, Question{Product: Events, Query: quote(word)}, r.control.Window, false)
		if err == nil && line == nil {
			r.asked++
			line, err = r.source.Line(ctx, Question{Product: Events, Query: quote(word)}, Window{r.options.At.Add(-DefaultLookback), r.options.At}, false)
		}
		if err == nil && line != nil {
			return fmt.Sprintf("The event stream has events about %s, such as %q: use events instead of logs.", word, line.Text)
		}
	}
	return ""
}

func quote(word string) string { return `"` + strings.ReplaceAll(word, `"`, "") + `"` }

// metricHint says which metric or tag of a query does not exist in the control window.
func (r *runner) metricHint(ctx context.Context, query string) string {
	s, w := r.control.Source, r.control.Window
	metrics, terms := metricTerms(query)
	for _, name := range metrics[:min(len(metrics), maxTerms)] {
		r.asked++
		similar, err := s.Similar(ctx, name, w)
		if err != nil || similar == name {
			continue
		}
		text := "The metric " + name + " has no data."
		if similar != "" {
			text += " Did you mean " + similar + "?"
		}
		return text
	}
	for _, t := range terms[:min(len(terms), maxTerms)] {
		r.asked++
		values, err := s.Values(ctx, Metric, t.metric, t.key, w)
		switch match := wildcard.Search(t.value); {
		case err != nil || slices.ContainsFunc(values, match):
		case len(values) == 0:
			return fmt.Sprintf("%s has no tag %s.", t.metric, t.key)
		default:
			return existing(fmt.Sprintf("%s has no tag %s:%s", t.metric, t.key, t.value), t.key, t.value, values)
		}
	}
	return ""
}
