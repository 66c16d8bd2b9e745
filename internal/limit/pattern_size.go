package limit

import (
	"io"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pattern is a compiled regular expression for estimating costs.
type pattern struct {
	tooLarge     bool
	size, groups int
	whole        *regexp.Regexp // nil if invalid
	// next searches for the pattern after the first character, because a match can depend on the preceding character.
	next *regexp.Regexp
}

// reader counts the characters that are read from a string. It ends when the budget is exceeded.
type reader struct {
	text             string
	at, read, budget int
}

// ReadRune returns the next character.
func (r *reader) ReadRune() (rune, int, error) {
	if r.at >= len(r.text) || r.read > r.budget {
		return 0, 0, io.EOF
	}
	c, width := utf8.DecodeRuneInString(r.text[r.at:])
	r.at += width
	r.read++
	return c, width, nil
}

func firstWidth(text string) int {
	_, width := utf8.DecodeRuneInString(text)
	return width
}

func lastWidth(text string) int {
	_, width := utf8.DecodeLastRuneInString(text)
	return width
}

// instructions estimates the size of a pattern with expanded repetitions.
func instructions(re *syntax.Regexp) int {
	n := 1 + len(re.Rune)
	for _, sub := range re.Sub {
		n = add(n, instructions(sub))
	}
	if re.Op == syntax.OpRepeat {
		n = multiply(n, max(1, re.Min, re.Max))
	}
	return n
}

// ignoresCase matches the flag that makes a pattern or a part of it ignore case.
var ignoresCase = regexp.MustCompile(`\(\?[a-zA-Z-]*i`)

const (
	// foldedRunes is the number of characters in a range that are case-folded per step.
	foldedRunes = 3
	// firstFolded and lastFolded are the first and last characters with case folding.
	firstFolded, lastFolded = 'A', 0x1e943
	// propertySteps is the cost of a Unicode class, which has hundreds of ranges.
	propertySteps = 200
)

// folding returns the cost of parsing the character classes of a pattern. In a range that ignores case, every character
// is case-folded separately.
func folding(source string) int {
	steps := multiply(propertySteps, strings.Count(source, `\p`)+strings.Count(source, `\P`))
	if !ignoresCase.MatchString(source) {
		return steps
	}
	var before, last rune = -1, -1 // the two previous characters
	for rest := source; rest != ""; {
		var c rune
		c, rest = character(rest)
		if last == '-' && before >= 0 {
			steps = add(steps, int(max(0, min(c, lastFolded)-max(before, firstFolded)))/foldedRunes)
		}
		before, last = last, c
	}
	return steps
}

// character returns the first character of a pattern, which can be an escape, and the rest.
func character(source string) (rune, string) {
	c, width := utf8.DecodeRuneInString(source)
	rest := source[width:]
	if c != '\\' || rest == "" {
		return c, rest
	}
	var digits string
	base := 8
	switch {
	case strings.HasPrefix(rest, "x{"):
		end := strings.IndexByte(rest, '}')
		if end < 0 {
			return c, rest
		}
		digits, base, rest = rest[2:end], 16, rest[end+1:]
	case rest[0] == 'x' && len(rest) > 2:
		digits, base, rest = rest[1:3], 16, rest[3:]
	case rest[0] >= '0' && rest[0] <= '7':
		n := 1
		for n < min(3, len(rest)) && rest[n] >= '0' && rest[n] <= '7' {
			n++
		}
		digits, rest = rest[:n], rest[n:]
	default: // the character itself, or a class
		c, width = utf8.DecodeRuneInString(rest)
		return c, rest[width:]
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if err != nil {
		return utf8.MaxRune, rest
	}
	return rune(n), rest
}
