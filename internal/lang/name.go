package lang

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// UnknownName reports a reference to a name that does not exist; what is the kind of it, as "variable", declare says
// what to do.
func (r *Reporter) UnknownName(t hcl.Traversal, what, name string, known []string, declare string) {
	r.Error("unknown_name", "Unknown "+what, "There is no "+what+" \""+name+"\"."+diag.DidYouMean(name, known)+" "+declare, t.SourceRange())
}

// NamesLike are the names that one may be a slip of. Of thousands they are those that begin as it does: to put all in order
// for each error would take long.
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

// InQuotes puts names into quotes.
func InQuotes(names []string) []string {
	out := make([]string, len(names))
	for i, k := range names {
		out[i] = fmt.Sprintf("%q", k)
	}
	return out
}

// either lists words as alternatives: a, b or c.
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
