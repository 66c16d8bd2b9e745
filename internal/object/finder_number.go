package object

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// number is a sensitive number; least is the minimum number of digits of a match.
type number struct {
	tag   string
	least int
}

// number adds a number by its value, also rounded to six digits; false if the string is not a number.
func (f *Finder) number(tag, text string, least int) bool {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || digits(text) == 0 || strings.ContainsAny(text, "xXpP_") {
		return false
	}
	if f.numbers == nil {
		f.numbers = make(map[float64]number)
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 6, 64), 64) // FormatFloat's output is valid
	for _, value := range []float64{math.Abs(n), math.Abs(rounded)} {
		if known, ok := f.numbers[value]; !ok || known.least > least {
			f.numbers[value] = number{tag, least}
		}
	}
	return true
}

// numberForm matches a number in common notations: with digit groups, a fraction, an exponent.
var numberForm = regexp.MustCompile(`^(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?`)

// plainDigits matches one number of a comma-separated list that looks like digit groups.
var plainDigits = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?`)

// numbersIn returns the positions of sensitive numbers. If loose is set, letters can be next to them.
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
		end := i + len(numberForm.FindString(s[i:]))
		for _, form := range []*regexp.Regexp{numberForm, plainDigits} {
			text := form.FindString(s[i:])
			if tag, ok := f.isNumber(s, i, i+len(text), loose); ok {
				found = append(found, Found{v.at[i], v.at[i+len(text)], tag, true})
				end = i + len(text)
				break
			}
			end = min(end, i+len(text))
		}
		i = end
		// The rest of a fraction or a digit group is not a number by itself.
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
	return known.tag, loose && !continues(s, from, to, unicode.IsDigit) || alone(s, from, to)
}

// isDate matches a date: its year is not a number by itself.
var isDate = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}`)

// alone reports whether [from,to) is a whole word. A long number can have letters next to it.
func alone(s string, from, to int) bool {
	const long = 8
	return !continues(s, from, to, func(r rune) bool {
		return unicode.IsDigit(r) || to-from < long && (unicode.IsLetter(r) || r == '_')
	})
}

// continues reports whether [from,to) is a part of a longer word, whose characters part accepts, or of a fraction.
func continues(s string, from, to int, part func(rune) bool) bool {
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
