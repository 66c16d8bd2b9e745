// Package suggest finds the most similar known name for a misspelled one. It imports no other package of ddmon. Its
// entry point is Closest.
package suggest

import (
	"strings"

	"github.com/agext/levenshtein"
)

// maxLength is the maximum length of a name. maxComparisons is the maximum number of candidates to compare with it; if
// there are more, only those with the same prefix are compared.
const (
	maxLength      = 100
	maxComparisons = 500
)

// Closest returns the candidate most similar to name, or "" if none is similar enough.
func Closest(name string, candidates []string) string {
	if len(name) > maxLength {
		return ""
	}
	best, bestDistance := "", len(name)/3+2
	prefix, compared := name[:(len(name)+1)/2], 0
	for _, c := range candidates {
		if len(c) > 2*maxLength || len(candidates) > maxComparisons && !strings.HasPrefix(c, prefix) {
			continue
		}
		if compared++; compared > maxComparisons {
			break
		}
		if d := levenshtein.Distance(name, c, nil); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}
