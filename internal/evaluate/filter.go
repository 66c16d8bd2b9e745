package evaluate

import (
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/wildcard"
)

// Filter reports whether a series with the given tags is in a scope.
type Filter func(tags []string) bool

func everything([]string) bool { return true }

// CompileFilter compiles the filter of a scope. It ignores the case of tags, because Datadog stores them in lower case.
func CompileFilter(f ddquery.Filter) (Filter, error) {
	switch f := f.(type) {
	case nil, *ddquery.Everything:
		return everything, nil
	case *ddquery.FilterGroup:
		return CompileFilter(f.X)
	case *ddquery.FilterNot:
		x, err := CompileFilter(f.X)
		return func(tags []string) bool { return !x(tags) }, err
	case *ddquery.FilterLogic:
		return compileLogic(f)
	case *ddquery.Tag:
		if f.Value == nil {
			return hasTag(wildcard.Tag(strings.ToLower(f.Key.Name))), nil
		}
		return compileTag(f.Key.Name, f.Value)
	case *ddquery.In:
		return compileIn(f)
	case *ddquery.Variable:
		return nil, NotEvaluated("the template variable $" + f.Name + " in the scope is not supported")
	}
	return nil, NotEvaluated("unsupported filter in the scope")
}

func compileLogic(f *ddquery.FilterLogic) (Filter, error) {
	var terms []Filter
	for _, t := range f.Terms {
		term, err := CompileFilter(t)
		if err != nil {
			return nil, err
		}
		terms = append(terms, term)
	}
	or := f.Op == "OR"
	return func(tags []string) bool {
		for _, t := range terms {
			if t(tags) == or {
				return or
			}
		}
		return !or
	}, nil
}

func compileTag(key string, v *ddquery.Value) (Filter, error) {
	if v.Regex {
		return nil, NotEvaluated("regular expressions in the scope are not supported")
	}
	if name, ok := v.Variable(); ok {
		return nil, NotEvaluated("the template variable $" + name + " in the scope is not supported")
	}
	text := strings.ToLower(key + ":" + v.Text)
	if v.Quoted {
		return hasTag(func(tag string) bool { return tag == text }), nil
	}
	return hasTag(wildcard.Tag(text)), nil
}

func compileIn(f *ddquery.In) (Filter, error) {
	var values []Filter
	for _, v := range f.Values {
		value, err := compileTag(f.Key.Name, v)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return func(tags []string) bool {
		for _, v := range values {
			if v(tags) {
				return !f.Not
			}
		}
		return f.Not
	}, nil
}

func hasTag(match func(string) bool) Filter {
	return func(tags []string) bool {
		for _, tag := range tags {
			if match(strings.ToLower(tag)) {
				return true
			}
		}
		return false
	}
}
