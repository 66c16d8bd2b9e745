package object

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ShortestSecret is the length from which a sensitive text is looked for everywhere. Shorter ones would be found in
// half of all texts; they are hidden only at the places where they are known to be.
const ShortestSecret = 4

// Finder finds sensitive texts in what is written: whatever the case of letters and the blanks between words, since
// output wraps lines, and numbers in the notations in which they are usually written. The zero Finder finds nothing.
// It takes time by the length of a text, not by how many texts it knows.
type Finder struct {
	known map[string]bool
	// begin holds forms by the first four bytes of their first word, or by the whole word if that is shorter.
	begin [ShortestSecret + 1]map[string][]*form
}

// form is one way to write a sensitive text.
type form struct {
	words  []string
	number bool // found only where it does not go on
	tag    string
}

// Found is a place in a text: the bytes [From,To).
type Found struct {
	From, To int
	Tag      string // as given to Add
	Number   bool
}

// Add makes the finder find a value in the notations in which output writes it. Too short a value, a truth value and
// null are passed over.
func (f *Finder) Add(tag, value string) { f.add(tag, value, ShortestSecret) }

// AddShort is Add without a least length: for texts in which it does no harm to hide too much.
func (f *Finder) AddShort(tag, value string) { f.add(tag, value, 1) }

func (f *Finder) add(tag, value string, least int) {
	trimmed := strings.TrimSpace(value)
	if trimmed == "true" || trimmed == "false" || trimmed == "null" {
		return
	}
	if forms := numberForms(trimmed); forms != nil {
		for _, text := range forms {
			if digits(text) >= least {
				f.form(tag, text, true)
			}
		}
		return
	}
	for _, text := range SecretForms(value) {
		if len(text) >= least {
			f.form(tag, text, len(text) < ShortestSecret)
		}
	}
}

// Empty reports whether there is nothing to find.
func (f *Finder) Empty() bool { return len(f.known) == 0 }

func (f *Finder) form(tag, text string, number bool) {
	if f.known == nil {
		f.known = make(map[string]bool)
	}
	if f.known[text] {
		return
	}
	words := strings.Fields(text)
	if len(words) == 0 {
		return
	}
	f.known[text] = true
	one := &form{words, number, tag}
	keys := map[string]bool{}
	for _, variant := range []string{words[0], strings.ToLower(words[0]), strings.ToUpper(words[0])} {
		keys[beginning(variant)] = true
	}
	for key := range keys {
		at := &f.begin[len(key)]
		if *at == nil {
			*at = make(map[string][]*form)
		}
		(*at)[key] = append((*at)[key], one)
	}
}

// beginning is what a text is looked up by. ASCII letters count as small ones.
func beginning(s string) string { return string(lower([]byte(s[:min(len(s), ShortestSecret)]))) }

func lower(b []byte) []byte {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}

// Find returns all places at which a text is sensitive, ordered; of those that overlap, all are returned.
func (f *Finder) Find(s string) []Found {
	var found []Found
	if f.Empty() {
		return nil
	}
	small := lower([]byte(s))
	for i := range small {
		for n := 1; n <= ShortestSecret && i+n <= len(small); n++ {
			for _, form := range f.begin[n][string(small[i:i+n])] {
				if to, ok := form.match(s, i); ok {
					found = append(found, Found{i, to, form.tag, form.number})
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b Found) int { return cmp.Or(a.From-b.From, b.To-a.To, strings.Compare(a.Tag, b.Tag)) })
	return found
}

// match reports whether the form begins at a byte, and where it ends.
func (m *form) match(s string, from int) (to int, ok bool) {
	at := from
	for i, word := range m.words {
		if i > 0 {
			blanks := len(s[at:]) - len(strings.TrimLeftFunc(s[at:], unicode.IsSpace))
			if blanks == 0 {
				return 0, false
			}
			at += blanks
		}
		n, ok := foldedPrefix(s[at:], word)
		if !ok {
			return 0, false
		}
		at += n
	}
	if m.number && !alone(s, from, at) {
		return 0, false
	}
	return at, true
}

// foldedPrefix returns how many bytes of s are word, whatever the case.
func foldedPrefix(s, word string) (int, bool) {
	if strings.HasPrefix(s, word) {
		return len(word), true
	}
	at := 0
	for _, r := range word {
		c, size := utf8.DecodeRuneInString(s[at:])
		if size == 0 || c != r && !strings.EqualFold(string(c), string(r)) {
			return 0, false
		}
		at += size
	}
	return at, true
}

// alone reports whether what is at [from,to) does not go on before or behind. A long number may have letters next to it.
func alone(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, size := utf8.DecodeRuneInString(s[to:])
	next, _ := utf8.DecodeRuneInString(s[to+size:])
	const long = 8
	part := func(r rune) bool { return unicode.IsDigit(r) || to-from < long && (unicode.IsLetter(r) || r == '_') }
	if from > 0 && (part(before) || before == '.' && from > 1 && isDigit(s[from-2])) {
		return false
	}
	return to == len(s) || !part(after) && (after != '.' || !unicode.IsDigit(next))
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func digits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// numberForms are the notations of a number: as it is, in full, with a comma between thousands, with a fraction of
// nothing; nil for what is no number.
func numberForms(s string) []string {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || digits(s) == 0 || strings.ContainsAny(s, "xXpP_") {
		return nil
	}
	unsigned := strings.TrimLeft(s, "+-")
	full := strings.TrimPrefix(strconv.FormatFloat(n, 'f', -1, 64), "-")
	forms := []string{unsigned, full, strconv.FormatFloat(max(n, -n), 'g', 6, 64)}
	whole, fraction, _ := strings.Cut(full, ".")
	grouped := whole
	for at := len(whole) - 3; at > 0; at -= 3 {
		grouped = grouped[:at] + "," + grouped[at:]
	}
	if fraction == "" {
		forms = append(forms, grouped, full+".0", grouped+".0")
	} else {
		forms = append(forms, grouped+"."+fraction)
	}
	return forms
}
