package object

import (
	"cmp"
	"slices"
	"strings"
)

// ShortestSecret is the length from which a sensitive text is looked for everywhere. Shorter ones would be found in
// half of all texts; they are hidden only at the places where they are known to be.
const ShortestSecret = 4

// Finder finds sensitive texts in what is written: whatever the case of letters and the blanks between words, since
// output wraps lines, and numbers by their value in any notation. The zero Finder finds nothing. The time that it takes
// depends on the length of a text and hardly on how many texts it knows. It is not safe for concurrent use.
type Finder struct {
	// Own reports whether a text, in small letters, is one of the words that output consists of, or a part of one. nil
	// means that it never is.
	Own   func(text string) (whole, part bool)
	known map[string]bool
	// plain holds the texts as view.folded writes them, squeezed as view.squeezed does once FindEchoes is called.
	plain, squeezed table
	numbers         map[float64]number
}

// Found is a place in a text: the bytes [From,To).
type Found struct {
	From, To int
	Tag      string // as given to Add
	Number   bool
}

// Add makes the finder find a value in the notations in which output writes it. Too short a value, a truth value and
// null are passed over.
func (f *Finder) Add(tag, value string) {
	if !isLiteral(value) {
		f.add(tag, value, ShortestSecret)
	}
}

// AddShort is Add without a least length, for texts in which it does no harm to hide too much. A truth value hides both
// truth values: one that is left would show the other.
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

// text adds one way to write a value. One that is alone is found only where it does not go on.
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

// Find returns all places at which a text is sensitive, ordered; of those that overlap, all are returned.
func (f *Finder) Find(s string) []Found {
	if f.Empty() {
		return nil
	}
	v := viewOf(s)
	found := append(f.plain.find(v, v.folded(), search{}), f.numbersIn(v, false)...)
	return ordered(found)
}

// FindInOutput is Find for what consists of the program's own words as well. A secret that is such a word is left, since
// output without its words says nothing and JSON without its keys cannot be read. One that is a part of such a word is
// found only by itself.
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
