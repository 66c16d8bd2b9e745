package lang

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// UnknownName reports a reference to a name that does not exist; what is its type, such as "variable", and advice says
// what to do.
func (r *Reporter) UnknownName(t hcl.Traversal, what, name string, known []string, advice string) {
	r.Error("unknown_name", "Unknown "+what, "The "+what+" \""+name+"\" does not exist."+diag.DidYouMean(name, known)+" "+advice, t.SourceRange())
}

// NamesLike returns candidates for a misspelt name. Among many names it returns only those with a common prefix:
// sorting all of them for each error would be slow.
func NamesLike[V any](all map[string]V, name string) []string {
	const few = 500
	if len(all) <= few {
		return object.SortedKeys(all)
	}
	var like []string
	for other := range all {
		if strings.HasPrefix(other, name[:len(name)/2]) {
			like = append(like, other)
		}
	}
	if len(like) > few {
		return nil
	}
	slices.Sort(like)
	return like
}

// InQuotes returns the names in quotes.
func InQuotes(names []string) []string {
	out := make([]string, len(names))
	for i, k := range names {
		out[i] = fmt.Sprintf("%q", k)
	}
	return out
}

// orList joins words: a, b or c.
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
