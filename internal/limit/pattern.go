package limit

import (
	"math"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// replace is about replace(text, part, by).
func replace(c *Call) Cost {
	text, _ := c.text(0)
	part, _ := c.text(1)
	by, _ := c.text(2)
	if len(part) < 2 || part[0] != '/' || part[len(part)-1] != '/' {
		return Cost{Bytes: add(len(text), multiply(strings.Count(text, part), len(by)))}
	}
	pattern := part[1 : len(part)-1]
	cost := matching(pattern, text)
	if cost.Steps > MaxSteps || len(text) > MaxText {
		return cost
	}
	most := add(len(text), multiply(len(text)+1, len(by)))
	if most > MaxText {
		if re, err := regexp.Compile(pattern); err == nil {
			most = add(len(text), multiply(len(re.FindAllStringIndex(text, 1+MaxText/max(1, len(by)))), len(by)))
		}
	}
	cost.Bytes = add(most, multiply(strings.Count(by, "$"), len(text)))
	return cost
}

// match is about regex(pattern, text) and regexall(pattern, text).
func match(c *Call) Cost {
	pattern, _ := c.text(0)
	text, _ := c.text(1)
	cost := matching(pattern, text)
	if cost.Steps > MaxSteps {
		return cost
	}
	if re, err := regexp.Compile(pattern); err == nil {
		groups := 2 + re.NumSubexp()
		cost.Elements = multiply(groups, len(re.FindAllStringIndex(text, 1+MaxElements/groups)))
	}
	return cost
}

// matching is how long a pattern takes over a text: at worst, every instruction of it is tried at every byte.
func matching(pattern, text string) Cost {
	beyond := Cost{Steps: math.MaxInt}
	reading := Cost{Steps: len(pattern)}
	if reading.Steps > MaxPattern*patternBytes {
		return beyond
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return reading // the function says what is wrong
	}
	if instructions(parsed) > MaxPattern {
		return beyond
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return reading
	}
	if len(program.Inst) > MaxPattern {
		return beyond
	}
	steps := add(100+len(pattern)+len(program.Inst), multiply(len(program.Inst), len(text))/16)
	if len(text) > shortText && repeatsWithoutEnd(parsed) { // each match may look at all that follows
		steps = add(steps, multiply(len(program.Inst), multiply(len(text), len(text)))/1024)
	}
	return Cost{Steps: steps}
}

// shortText is a text for which it does not matter that a search for all matches may take quadratic time.
const shortText = 4096

// repeatsWithoutEnd reports whether something in a pattern may be repeated any number of times, with more of the pattern
// behind it.
func repeatsWithoutEnd(re *syntax.Regexp) bool {
	if re.Op == syntax.OpConcat {
		for i, sub := range re.Sub {
			if i < len(re.Sub)-1 && endless(sub) {
				return true
			}
		}
	}
	return slices.ContainsFunc(re.Sub, repeatsWithoutEnd)
}

func endless(re *syntax.Regexp) bool {
	return re.Op == syntax.OpStar || re.Op == syntax.OpPlus || re.Op == syntax.OpRepeat && re.Max < 0 || slices.ContainsFunc(re.Sub, endless)
}

// patternBytes is how long a pattern may be for each instruction it may have.
const patternBytes = 10

// instructions estimates the size of a pattern once its repetitions are written out.
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
