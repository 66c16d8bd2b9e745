package evaluate

import (
	"net/netip"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/wildcard"
)

// Matcher reports whether a document matches.
type Matcher func(Document) bool

// CompileSearch compiles a log search.
func CompileSearch(s *ddquery.Search) (Matcher, error) {
	if s == nil || s.Root == nil {
		return func(Document) bool { return true }, nil
	}
	return searchNode(s.Root, nil)
}

// searchNode compiles a part of a search. of is the field to search, nil for full-text search.
func searchNode(n ddquery.SearchNode, of *ddquery.Field) (Matcher, error) {
	switch n := n.(type) {
	case *ddquery.SearchLogic:
		return searchLogic(n, of)
	case *ddquery.SearchNot:
		x, err := searchNode(n.X, of)
		if err != nil || n.Op == "+" {
			return x, err
		}
		return func(d Document) bool { return !x(d) }, nil
	case *ddquery.SearchGroup:
		return searchNode(n.X, of)
	case *ddquery.SearchField:
		if n.Field.Kind == ddquery.FieldCalculated {
			return nil, NotEvaluated("the calculated field " + n.Field.Raw + " in the search is not supported")
		}
		return searchNode(n.X, n.Field)
	case *ddquery.SearchVariable:
		return nil, NotEvaluated("the template variable $" + n.Name + " in the search is not supported")
	case *ddquery.SearchCall:
		return searchCall(n)
	case *ddquery.Term:
		if of == nil && n.Glob && n.Raw == "*" {
			return func(Document) bool { return true }, nil
		}
		return searchValue(of, n.Text, n.Raw, n.Glob), nil
	case *ddquery.Phrase:
		return searchValue(of, n.Text, n.Raw, false), nil
	case *ddquery.Compare:
		return anyValue(of, func(v string) bool { return ordered(v, n.Op, n.X.Text) }), nil
	case *ddquery.Range:
		return searchRange(n, of), nil
	}
	return nil, NotEvaluated("unsupported search expression")
}

func searchLogic(n *ddquery.SearchLogic, of *ddquery.Field) (Matcher, error) {
	var terms []Matcher
	for _, t := range n.Terms {
		m, err := searchNode(t, of)
		if err != nil {
			return nil, err
		}
		terms = append(terms, m)
	}
	or := n.Op == "OR"
	return func(d Document) bool {
		for _, t := range terms {
			if t(d) == or {
				return or
			}
		}
		return !or
	}, nil
}

// searchValue matches a term, wildcard or phrase with a field. Full-text search and message match whole words and
// ignore case. Tags ignore case, because Datadog stores them in lower case. Attributes must be equal.
func searchValue(of *ddquery.Field, text, raw string, isGlob bool) Matcher {
	whole := func(s string) bool { return s == text }
	if isGlob {
		whole = wildcard.Search(raw)
	}
	switch {
	case of == nil:
		return fullText(text, raw, isGlob, Document.texts)
	case of.Kind == ddquery.FieldAll:
		return fullText(text, raw, isGlob, Document.everyText)
	case of.Kind == ddquery.FieldReserved && of.Name == "message":
		return fullText(text, raw, isGlob, func(d Document) []string { return d.Reserved("message") })
	case of.Kind == ddquery.FieldReserved && of.Name == "status":
		return anyValue(of, func(v string) bool {
			return strings.EqualFold(v, text) || severity(v) == severity(text) || isGlob && whole(v)
		})
	case of.Kind == ddquery.FieldTag || of.Name == "tags":
		lower := strings.ToLower(text)
		if isGlob {
			match := wildcard.Search(strings.ToLower(raw))
			return anyValue(of, func(v string) bool { return match(strings.ToLower(v)) })
		}
		return anyValue(of, func(v string) bool { return strings.ToLower(v) == lower })
	}
	return anyValue(of, whole)
}

// anyValue matches if any value of a field matches. A missing field never matches.
func anyValue(of *ddquery.Field, match func(string) bool) Matcher {
	return func(d Document) bool {
		for _, v := range valuesOf(d, of) {
			if match(v) {
				return true
			}
		}
		return false
	}
}

// severity normalizes the spellings of a log's status.
func severity(status string) string {
	switch s := strings.ToLower(status); s {
	case "err", "error":
		return "error"
	case "warn", "warning":
		return "warn"
	case "emerg", "emergency", "f", "fatal":
		return "emergency"
	case "crit", "critical":
		return "critical"
	case "information", "informational", "i", "info":
		return "info"
	case "debug", "trace", "verbose":
		return "debug"
	default:
		return s
	}
}

func searchRange(n *ddquery.Range, of *ddquery.Field) Matcher {
	low, high := boundary(n.Low), boundary(n.High)
	above, below := ">", "<"
	if n.LowIncluded {
		above = ">="
	}
	if n.HighIncluded {
		below = "<="
	}
	return anyValue(of, func(v string) bool {
		return (low == "*" || ordered(v, above, low)) && (high == "*" || ordered(v, below, high))
	})
}

func boundary(n ddquery.SearchNode) string {
	switch n := n.(type) {
	case *ddquery.Term:
		return n.Text
	case *ddquery.Phrase:
		return n.Text
	}
	return ""
}

// ordered compares two values as numbers if both are numbers, otherwise as strings.
func ordered(value, op, limit string) bool {
	a, err1 := strconv.ParseFloat(value, 64)
	b, err2 := strconv.ParseFloat(limit, 64)
	if err1 == nil && err2 == nil {
		return ddquery.Satisfies(a, op, b)
	}
	return ddquery.Satisfies(float64(strings.Compare(value, limit)), op, 0)
}

// searchCall compiles CIDR(@network.ip, 10.0.0.0/8, …).
func searchCall(n *ddquery.SearchCall) (Matcher, error) {
	if n.Name.Name != "CIDR" || len(n.Args) < 2 {
		return nil, NotEvaluated("the search function " + n.Name.Name + " is not supported")
	}
	var nets []netip.Prefix
	for _, a := range n.Args[1:] {
		p, err := netip.ParsePrefix(a.Text)
		if err != nil {
			return nil, NotEvaluated(a.Text + " in the search is not a valid network")
		}
		nets = append(nets, p)
	}
	path := strings.TrimPrefix(n.Args[0].Text, "@")
	return func(d Document) bool {
		for _, v := range d.Values(path) {
			ip, err := netip.ParseAddr(v)
			for _, p := range nets {
				if err == nil && p.Contains(ip) {
					return true
				}
			}
		}
		return false
	}, nil
}
