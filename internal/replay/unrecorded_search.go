package replay

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/series"
	"ddmon/internal/suggest"
)

// A search says where logs come from (service, source, host and tags) and what happened (everything else). On a good
// day nothing happens, but the recording must have logs from there.

// search finds out whether a recording has logs or events from where a search looks, and whether any of them has each
// attribute of the search and each of the facets and measures.
func (f *finderOf) search(source string, s *ddquery.Search, facets []string) {
	var all []evaluate.Document
	switch source {
	case series.AbsentLogs:
		for i := range f.rec.Logs {
			all = append(all, evaluate.Document{Log: &f.rec.Logs[i]})
		}
	case series.AbsentEvents:
		for i := range f.rec.Events {
			all = append(all, evaluate.Document{Event: &f.rec.Events[i]})
		}
	default:
		return // not evaluated
	}
	var root ddquery.SearchNode
	if s != nil {
		root = s.Root
	}
	origins := origins(root, nil)
	var terms []string
	for _, o := range origins {
		terms = append(terms, o.text)
	}
	switch {
	case f.rec.DeclaresAbsent(source, terms):
		return
	case len(all) == 0:
		f.add(Unrecorded{Kind: source})
		return
	}
	f.account.Spend(evaluate.SizeOf(s) * len(all))
	missing := false
	for _, o := range origins {
		if !o.in(all) {
			missing = true
			f.add(Unrecorded{Kind: source, Name: o.text, Similar: o.similar(all)})
		}
	}
	if from := onlyOrigins(root); !missing && from != nil && !matchesAny(from, all) {
		f.add(Unrecorded{Kind: source, Name: strings.Join(terms, " ")})
	}
	for _, name := range attributes(root, facets) {
		f.account.Spend(len(all))
		if !slices.ContainsFunc(all, func(d evaluate.Document) bool { return len(d.Facet(name)) > 0 }) {
			f.add(Unrecorded{Kind: kindAttribute, Name: name, Of: source})
		}
	}
}

// attributes returns the facets and the attributes that every result of a search must have.
func attributes(n ddquery.SearchNode, facets []string) []string {
	var names []string
	for _, name := range facets {
		if name != "" && name != "*" {
			names = append(names, name)
		}
	}
	return required(n, names)
}

// required appends the attributes that every result of a search must have.
func required(n ddquery.SearchNode, into []string) []string {
	switch n := n.(type) {
	case *ddquery.SearchGroup:
		return required(n.X, into)
	case *ddquery.SearchLogic:
		if n.Op == "OR" {
			return into
		}
		for _, t := range n.Terms {
			into = required(t, into)
		}
	case *ddquery.SearchField:
		if n.Field.Kind == ddquery.FieldAttribute {
			return append(into, "@"+n.Field.Name)
		}
	}
	return into
}

// origin is a term of a search that says where logs come from.
type origin struct {
	field *ddquery.Field
	node  ddquery.SearchNode
	text  string
}

// isOrigin reports whether a field says where logs come from.
func isOrigin(f *ddquery.Field) bool {
	switch f.Kind {
	case ddquery.FieldReserved:
		return f.Name == "service" || f.Name == "source" || f.Name == "host"
	case ddquery.FieldTag:
		return true
	default:
		return false
	}
}

// origins appends the origins that every result of a search must have. Alternatives (OR) are checked together by
// onlyOrigins.
func origins(n ddquery.SearchNode, into []origin) []origin {
	switch n := n.(type) {
	case *ddquery.SearchGroup:
		return origins(n.X, into)
	case *ddquery.SearchLogic:
		if n.Op == "OR" {
			return into
		}
		for _, t := range n.Terms {
			into = origins(t, into)
		}
	case *ddquery.SearchField:
		if isOrigin(n.Field) {
			return append(into, origin{n.Field, n, ddquery.Print(n)})
		}
	}
	return into
}

// onlyOrigins returns the part of a search that says where logs come from, or nil if it does not say.
func onlyOrigins(n ddquery.SearchNode) ddquery.SearchNode {
	switch n := n.(type) {
	case *ddquery.SearchGroup:
		return onlyOrigins(n.X)
	case *ddquery.SearchField:
		if isOrigin(n.Field) {
			return n
		}
	case *ddquery.SearchLogic:
		logic := &ddquery.SearchLogic{Op: n.Op}
		for _, t := range n.Terms {
			if part := onlyOrigins(t); part != nil {
				logic.Terms = append(logic.Terms, part)
			} else if n.Op == "OR" {
				return nil // anything can match
			}
		}
		if len(logic.Terms) > 0 {
			return logic
		}
	}
	return nil
}

func (o *origin) in(all []evaluate.Document) bool { return matchesAny(o.node, all) }

// similar returns a similar value of the field with its name.
func (o *origin) similar(all []evaluate.Document) string {
	values := map[string]bool{}
	for i := range all {
		list := all[i].TagValues(o.field.Name)
		if o.field.Kind == ddquery.FieldReserved {
			list = all[i].Reserved(o.field.Name)
		}
		for _, v := range list {
			values[o.field.Raw+":"+v] = true
		}
	}
	return suggest.Closest(o.text, sorted(values))
}

func matchesAny(n ddquery.SearchNode, all []evaluate.Document) bool {
	match, err := evaluate.CompileSearch(&ddquery.Search{Root: n})
	if err != nil {
		return true // not evaluated
	}
	for i := range all {
		if match(all[i]) {
			return true
		}
	}
	return false
}
