package replay

import (
	"maps"
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/series"
	"ddmon/internal/wildcard"
)

// positiveTags appends the tags that a filter asks for, in lower case. Tags after NOT are left out.
func positiveTags(f ddquery.Filter, into []string) []string {
	switch f := f.(type) {
	case *ddquery.FilterGroup:
		return positiveTags(f.X, into)
	case *ddquery.FilterLogic:
		for _, t := range f.Terms {
			into = positiveTags(t, into)
		}
	case *ddquery.Tag:
		text := f.Key.Name
		if f.Value != nil {
			text += ":" + f.Value.Text
		}
		return append(into, strings.ToLower(text))
	case *ddquery.In:
		if f.Not {
			return into
		}
		for _, v := range f.Values {
			into = append(into, strings.ToLower(f.Key.Name+":"+v.Text))
		}
	}
	return into
}

// tagKnown reports whether a tag, which can have wildcards, is among known tags in lower case.
func tagKnown(term string, known map[string]bool) bool {
	if known[term] || term == "*" {
		return true
	}
	match := wildcard.Tag(term)
	for tag := range known {
		if match(tag) {
			return true
		}
	}
	return false
}

func hasKey(tags []string, key string) bool {
	return slices.ContainsFunc(tags, func(tag string) bool {
		k, _, _ := strings.Cut(tag, ":")
		return strings.EqualFold(k, key)
	})
}

// keysOf returns the tag keys of some series.
func keysOf(all []*series.Series) []string {
	keys := map[string]bool{}
	for _, s := range all {
		for _, tag := range s.Tags {
			k, _, _ := strings.Cut(tag, ":")
			keys[k] = true
		}
	}
	return sorted(keys)
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

func lower(words []string) []string {
	for i, w := range words {
		words[i] = strings.ToLower(w)
	}
	return words
}
