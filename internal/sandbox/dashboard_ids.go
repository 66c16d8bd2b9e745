package sandbox

import (
	"math/bits"
	"strconv"
	"strings"
)

// Ids come from a counter that only increases, scrambled so that they look like Datadog's: multiplying by a number that
// is coprime to the size of the id space gives each counter a unique id.

// dashboardSpace is the number of ids of nine letters and digits.
const dashboardSpace = 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36

func dashboardID(counter uint64) string {
	s := strconv.FormatUint(scramble(counter, 61_803_398_874_989, dashboardSpace), 36)
	s = strings.Repeat("0", 9-len(s)) + s
	return s[:3] + "-" + s[3:6] + "-" + s[6:]
}

// Widget ids have 16 digits and stay below 2^53, so that a float64 represents them exactly.
const (
	firstWidget = 1_000_000_000_000_000
	widgetSpace = 8_000_000_000_000_000
)

func widgetID(counter uint64) int64 {
	return firstWidget + int64(scramble(counter, 3_141_592_653_589_793, widgetSpace))
}

func scramble(counter, factor, space uint64) uint64 {
	high, low := bits.Mul64(counter, factor)
	return bits.Rem64(high, low, space)
}

// slug returns the readable end of a dashboard's URL: lower case letters, digits and hyphens, with hyphens in place of
// spaces, at most 80 characters, and no hyphen at the end.
func slug(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			b.WriteRune(r)
		}
	}
	return strings.TrimRight(b.String()[:min(b.Len(), 80)], "-")
}
