package object

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// number is a sensitive number; digits that write it are looked for if there are at least so many.
type number struct {
	tag   string
	least int
}

// number adds a number by its value, and as it is rounded to six digits; false for what is not a number.
func (f *Finder) number(tag, text string, least int) bool {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || digits(text) == 0 || strings.ContainsAny(text, "xXpP_") {
		return false
	}
	if f.numbers == nil {
		f.numbers = make(map[float64]number)
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 6, 64), 64) // it is one
	for _, value := range []float64{math.Abs(n), math.Abs(rounded)} {
		if known, ok := f.numbers[value]; !ok || known.least > least {
			f.numbers[value] = number{tag, least}
		}
	}
	return true
}

// written is a number as people and programs write it: grouped, with a fraction, with an exponent.
var written = regexp.MustCompile(`^(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?`)

// plainDigits is what a list of numbers consists of that only looks grouped.
var plainDigits = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?`)

// numbersIn returns the places of sensitive numbers. If loose, letters may be next to them.
func (f *Finder) numbersIn(v view, loose bool) []Found {
	if len(f.numbers) == 0 {
		return nil
	}
	var found []Found
	s := string(v.text)
	for i := 0; i < len(s); {
		if !isDigit(s[i]) {
			i++
			continue
		}
		end := i + len(written.FindString(s[i:]))
		for _, form := range []*regexp.Regexp{written, plainDigits} {
			text := form.FindString(s[i:])
			if tag, ok := f.isNumber(s, i, i+len(text), loose); ok {
				found = append(found, Found{v.at[i], v.at[i+len(text)], tag, true})
				end = i + len(text)
				break
			}
			end = min(end, i+len(text))
		}
		i = end
		// What a fraction or a group goes on with is not a number by itself.
		for i < len(s) && (isDigit(s[i]) || s[i] == '.' && i+1 < len(s) && isDigit(s[i+1])) {
			i++
		}
	}
	return found
}

func (f *Finder) isNumber(s string, from, to int, loose bool) (tag string, ok bool) {
	text := strings.ReplaceAll(s[from:to], ",", "")
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "", false
	}
	known, ok := f.numbers[n]
	if !ok || digits(text) < known.least || isDate.MatchString(s[from:]) {
		return "", false
	}
	return known.tag, loose && !goesOn(s, from, to, unicode.IsDigit) || alone(s, from, to)
}

// isDate matches a date, whose year is not a number by itself.
var isDate = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}`)

// alone reports whether what is at [from,to) does not go on before or behind. A long number may have letters next to it.
func alone(s string, from, to int) bool {
	const long = 8
	return !goesOn(s, from, to, func(r rune) bool {
		return unicode.IsDigit(r) || to-from < long && (unicode.IsLetter(r) || r == '_')
	})
}

// goesOn reports whether what is at [from,to) is a part of something longer: of what part says, or of a fraction.
func goesOn(s string, from, to int, part func(rune) bool) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, size := utf8.DecodeRuneInString(s[to:])
	next, _ := utf8.DecodeRuneInString(s[to+size:])
	if from > 0 && (part(before) || before == '.' && from > 1 && isDigit(s[from-2])) {
		return true
	}
	return to < len(s) && (part(after) || after == '.' && unicode.IsDigit(next))
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
