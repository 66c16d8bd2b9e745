package lint

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
)

// claim is a phrase of a text such as "above 90" or "less than 5", which says when a monitor alerts.
type claim struct {
	ddquery.Span
	above bool
	// strict reports that the number itself is excluded.
	strict   bool
	number   float64
	decimals int
}

var (
	claimPattern = regexp.MustCompile(`(?i)(?:\b(above|over|more than|greater than|higher than|larger than|exceed(?:s|ed|ing)?|at least|below|under|less than|lower than|fewer than|smaller than|at most)\b|(>=|<=|≥|≤|>|<)) *(?:a |the )?(?:threshold (?:of )?)?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)( ?[\pL%]*)`)
	// condition matches words after which a number belongs to an instruction or describes the normal case.
	condition = regexp.MustCompile(`(?i)\b(if|when|whenever|until|unless|while|once|should|must|usually|normally|normal|typically|not|never|expected|example|e\.g)\b`)
	// duration matches units of time: "above 5 minutes" usually says for how long.
	duration = regexp.MustCompile(`(?i)^ ?(ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|milliseconds?)$`)
)

// link matches an address, or the target of a link. Variables in it can contain blanks.
var link = regexp.MustCompile(`(?i)(?:\b[a-z][a-z0-9+.-]*://|\bwww\.|\]\()(?:\{\{[^{}]*\}\}|\S)+`)

// outsideLinks returns the claims of a text, in order, that are not in a link, where > and numbers are part of a search.
func outsideLinks(claims []claim, text string) []claim {
	links := link.FindAllStringIndex(text, -1)
	return slices.DeleteFunc(claims, func(c claim) bool {
		for len(links) > 0 && links[0][1] <= c.From {
			links = links[1:]
		}
		return len(links) > 0 && links[0][0] <= c.From
	})
}

// claimsIn returns the claims of a text that starts at offset of a message. It skips numbers in conditions, in
// durations and in words such as 5xx.
func claimsIn(text string, offset int) []claim {
	var claims []claim
	for _, at := range claimPattern.FindAllStringSubmatchIndex(text, -1) {
		before, unit := sentenceBefore(text[:at[0]]), text[at[8]:at[9]]
		symbol := at[4] >= 0
		if condition.MatchString(before) || duration.MatchString(unit) || attached(unit) || symbol && strings.Trim(before, " \t-=>") == "" {
			continue
		}
		digits := strings.ReplaceAll(text[at[6]:at[7]], ",", "")
		number, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			continue
		}
		c := claim{number: number, Span: ddquery.Span{From: offset + at[0], To: offset + at[7]}}
		if strings.HasPrefix(unit, "%") {
			c.To++
		}
		c.above, c.strict = sideOf(strings.ToLower(text[max(at[2], at[4]):max(at[3], at[5])]))
		if _, fraction, ok := strings.Cut(digits, "."); ok {
			c.decimals = len(fraction)
		}
		claims = append(claims, c)
	}
	return claims
}

// sentenceBefore returns the end of a text after its last full stop or line break.
func sentenceBefore(text string) string {
	text = text[strings.LastIndexByte(text, '\n')+1:]
	for _, end := range []string{". ", "! ", "? ", "; ", ": "} {
		text = text[strings.LastIndex(text, end)+1:]
	}
	return text
}

// attached reports whether letters follow the number directly, as in 5xx, and are not a unit.
func attached(unit string) bool {
	switch strings.ToLower(unit) {
	case "", "%", "k", "m", "g", "t", "b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib":
		return false
	}
	return unit[0] != ' ' && unit[0] != '%'
}

// sideOf returns the meaning of a word or symbol of claimPattern.
func sideOf(word string) (above, strict bool) {
	switch word {
	case "at least", ">=", "≥":
		return true, false
	case "at most", "<=", "≤":
		return false, false
	case "below", "under", "less than", "lower than", "fewer than", "smaller than", "<":
		return false, true
	}
	return true, true
}

// scales are the factors between units of the same quantity: percent, thousands, powers of 1024 and units of time.
var scales = [...]float64{1, 100, 1e3, 1e6, 1e9, 1e12, 1 << 10, 1 << 20, 1 << 30, 1 << 40, 60, 3600, 86400}

// states reports whether the claim is about a threshold of a query with the operator, in any unit. A number that is
// rounded after a conversion is accurate enough, and so is "at least 3" for > 2.
func (c *claim) states(threshold float64, op string) bool {
	if strict := len(op) == 1; strict != c.strict && math.Abs(c.number-threshold) == 1 {
		return true
	}
	tolerance := min(0.5*math.Pow10(-c.decimals), c.number/50)
	for _, scale := range scales {
		for _, v := range []float64{threshold * scale, threshold / scale} {
			v = math.Abs(v)
			if v == c.number || scale != 1 && math.Abs(v-c.number) <= tolerance {
				return true
			}
		}
	}
	return false
}
