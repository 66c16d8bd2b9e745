package object

import (
	"cmp"
	"slices"
	"strings"
)

// ShortestSecret is the minimum length of a sensitive string to search for in all output. Shorter strings would match
// far too often; they are hidden only at their known positions.
const ShortestSecret = 4

// Finder finds sensitive strings in output, ignoring case and differences in white space (output wraps lines), and
// numbers by value in any notation. The zero Finder finds nothing. Its run time depends on the length of the input, and
// hardly on the number of strings to find. It is not safe for concurrent use.
type Finder struct {
	// Own reports whether a lower-case string is a word of ddmon's own output or a part of one. nil means that none is.
	Own   func(text string) (whole, part bool)
	known map[string]bool
	// plain has the strings in the form of view.folded; squeezed, in the form of view.squeezed, after a call of
	// FindEchoes.
	plain, squeezed table
	numbers         map[float64]number
}

// Found is a match: the bytes [From,To).
type Found struct {
	From, To int
	Tag      string // as given to Add
	Number   bool
}

// Add adds a value in all notations that output uses. Values that are too short, bools and null are ignored.
func (f *Finder) Add(tag, value string) {
	if !isLiteral(value) {
		f.add(tag, value, ShortestSecret)
	}
}

// AddShort is Add without a minimum length, for output in which hiding too much does no harm. A bool hides both bools,
// because showing one would reveal the other.
func (f *Finder) AddShort(tag, value string) {
	switch trimmed := strings.TrimSpace(value); {
	case trimmed == "true" || trimmed == "false":
		f.text(tag, "true", true)
		f.text(tag, "false", true)
	case !isLiteral(value):
		f.add(tag, value, 1)
	}
}

func isLiteral(value string) bool {
	trimmed := strings.TrimSpace(value)
	return trimmed == "true" || trimmed == "false" || trimmed == "null"
}

func (f *Finder) add(tag, value string, least int) {
	if f.number(tag, strings.TrimSpace(value), least) {
		return
	}
	for _, text := range SecretForms(value) {
		if len(text) >= least {
			f.text(tag, text, len(text) < ShortestSecret)
		}
	}
}

// text adds one notation of a value. If alone is set, it matches only whole words.
func (f *Finder) text(tag, text string, alone bool) {
	if f.known[text] {
		return
	}
	if f.known == nil {
		f.known = make(map[string]bool)
	}
	f.known[text] = true
	p := pattern{text: string(viewOf(text).folded().text), tag: tag, alone: alone}
	if f.Own != nil {
		p.own, p.part = f.Own(p.text)
	}
	f.plain.add(p)
	f.squeezed = table{}
}

// Empty reports whether there is nothing to find.
func (f *Finder) Empty() bool { return len(f.known) == 0 && len(f.numbers) == 0 }

// Find returns all matches in s, sorted, including overlapping ones.
func (f *Finder) Find(s string) []Found {
	if f.Empty() {
		return nil
	}
	v := viewOf(s)
	found := append(f.plain.find(v, v.folded(), search{}), f.numbersIn(v, false)...)
	return ordered(found)
}

// FindInOutput is Find for output that also contains ddmon's own words. It does not match a secret that is such a word,
// because output without its words and JSON without its keys are useless. A secret that is a part of such a word
// matches only as a whole word.
func (f *Finder) FindInOutput(s string) []Found {
	if f.Empty() {
		return nil
	}
	v := viewOf(s)
	found := append(f.plain.find(v, v.folded(), search{inOutput: true}), f.numbersIn(v, false)...)
	return ordered(found)
}

func ordered(found []Found) []Found {
	slices.SortFunc(found, func(a, b Found) int { return cmp.Or(a.From-b.From, b.To-a.To, strings.Compare(a.Tag, b.Tag)) })
	return slices.Compact(found)
}
