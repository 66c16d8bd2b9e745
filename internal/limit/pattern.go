package limit

import (
	"math"
	"regexp"
	"regexp/syntax"
	"strings"
)

// replace is the cost of replace(text, part, by).
func replace(c *Call) Cost {
	text, _ := c.text(0)
	part, _ := c.text(1)
	by, _ := c.text(2)
	if len(part) < 2 || part[0] != '/' || part[len(part)-1] != '/' {
		return Cost{Bytes: add(len(text), multiply(strings.Count(text, part), len(by)))}
	}
	cost, matches := c.matching(part[1:len(part)-1], text, math.MaxInt)
	cost.Bytes = add(add(len(text), multiply(matches, len(by))), multiply(strings.Count(by, "$"), len(text)))
	return cost
}

// firstMatch is the cost of regex(pattern, text), allMatches of regexall(pattern, text).
func firstMatch(c *Call) Cost { return c.found(1) }
func allMatches(c *Call) Cost { return c.found(math.MaxInt) }

func (c *Call) found(most int) Cost {
	source, _ := c.text(0)
	text, _ := c.text(1)
	cost, matches := c.matching(source, text, most)
	cost.Elements = multiply(2+c.meter.pattern(source).groups, matches)
	return cost
}

// matching returns the cost of searching a string for a pattern, and the number of matches. Every instruction of the
// pattern may be executed at each character.
func (c *Call) matching(source, text string, most int) (Cost, int) {
	beyond := Cost{Steps: math.MaxInt}
	reading := add(len(source), folding(source))
	if len(source) > MaxPattern*patternBytes || reading > MaxSteps {
		return beyond, 0
	}
	p := c.meter.pattern(source)
	switch {
	case p.tooLarge:
		return beyond, 0
	case p.whole == nil:
		return Cost{Steps: reading}, 0 // the function reports the error
	}
	steps := add(reading, compileSteps+p.size)
	budget := multiply(max(0, MaxSteps-c.meter.steps), instructionSteps) / p.size
	read, matches := p.search(text, most, budget)
	if read > budget {
		return beyond, 0
	}
	return Cost{Steps: add(steps, add(multiply(p.size, read)/instructionSteps, multiply(matchSteps, matches)))}, matches
}

const (
	// compileSteps is the cost of compiling a pattern, in addition to its instructions.
	compileSteps = 100
	// instructionSteps is the number of instructions per step. Each is executed twice: here and in the function.
	instructionSteps = 6
	// matchSteps is the cost of starting another search.
	matchSteps = 5
	// patternBytes is the maximum length of a pattern per allowed instruction.
	patternBytes = 10
)

// keptPatterns is the number of patterns that a meter caches, so that an expression that is evaluated for each object
// compiles its pattern once.
const keptPatterns = 16

// pattern returns a compiled regular expression, from the cache if possible.
func (m *Meter) pattern(source string) *pattern {
	if p := m.patterns[source]; p != nil {
		return p
	}
	if m.patterns == nil || len(m.patterns) >= keptPatterns {
		m.patterns = make(map[string]*pattern, keptPatterns)
	}
	p := compile(source)
	m.patterns[source] = p
	return p
}

func compile(source string) *pattern {
	parsed, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return &pattern{}
	}
	if instructions(parsed) > MaxPattern {
		return &pattern{tooLarge: true}
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return &pattern{}
	}
	whole, err := regexp.Compile(source)
	if err != nil {
		return &pattern{}
	}
	next, err := regexp.Compile(`\A(?s:.)(?s:.*?)(` + source + `)`)
	if err != nil || len(program.Inst) > MaxPattern {
		return &pattern{tooLarge: true}
	}
	return &pattern{size: len(program.Inst), groups: whole.NumSubexp(), whole: whole, next: next}
}

// search finds all matches, as the functions do, and counts the characters it reads. It may read much of the text again
// for each match. It stops after most matches or when the budget of characters is exceeded.
func (p *pattern) search(text string, most, budget int) (read, matches int) {
	in := &reader{text: text, budget: budget}
	for at := 0; at <= len(text) && matches < most; matches++ {
		var found []int
		before := 0
		if at == 0 {
			in.at = 0
			found = p.whole.FindReaderIndex(in)
		} else {
			before = lastWidth(text[:at])
			in.at = at - before
			if found = p.next.FindReaderSubmatchIndex(in); found != nil {
				found = found[2:4]
			}
		}
		if found == nil || in.read > budget {
			break
		}
		if end := at - before + found[1]; end > at {
			at = end
		} else {
			at += max(1, firstWidth(text[at:])) // an empty match
		}
	}
	return in.read, matches
}
