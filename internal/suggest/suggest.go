// Package suggest finds the name that was probably meant where an unknown one was written. It imports nothing of ddmon.
// Its entry point is Closest.
package suggest

import (
	"strings"

	"github.com/agext/levenshtein"
)

// The longest text that a candidate is looked for, and the most candidates that are compared with it: of more than these,
// only those that begin as it does are.
const (
	longestWritten  = 100
	mostComparisons = 500
)

// Closest returns the candidate most like what was written, or "" if none is close enough to be meant.
func Closest(written string, candidates []string) string {
	if len(written) > longestWritten {
		return ""
	}
	best, bestDistance := "", len(written)/3+2
	beginning, compared := written[:(len(written)+1)/2], 0
	for _, c := range candidates {
		if len(c) > 2*longestWritten || len(candidates) > mostComparisons && !strings.HasPrefix(c, beginning) {
			continue
		}
		if compared++; compared > mostComparisons {
			break
		}
		if d := levenshtein.Distance(written, c, nil); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}
