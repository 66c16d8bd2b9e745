package lint

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
)

// names returns the names of keys.
func names(keys []*ddquery.Ident) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k.Name
	}
	return out
}

// keyList returns the keys for a message.
func keyList(keys []*ddquery.Ident) string { return strings.Join(names(keys), ", ") }

// scopeKeys returns the keys that a source filters on or groups by, in source order. It skips keys under a NOT, because
// a tag that the metric does not have excludes nothing.
func scopeKeys(s *ddquery.Source) []*ddquery.Ident {
	var keys []*ddquery.Ident
	ddquery.Walk(s, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.FilterNot:
			return false
		case *ddquery.Tag:
			if n.Value != nil {
				keys = append(keys, n.Key)
			}
		case *ddquery.In:
			if !n.Not {
				keys = append(keys, n.Key)
			}
		case *ddquery.GroupBy:
			keys = append(keys, n.Keys...)
		}
		return true
	})
	return keys
}

// groupKeys returns the sorted keys that a source groups by.
func groupKeys(s *ddquery.Source) []string {
	if s.By == nil {
		return nil
	}
	keys := names(s.By.Keys)
	slices.Sort(keys)
	return slices.Compact(keys)
}
