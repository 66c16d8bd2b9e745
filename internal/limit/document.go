package limit

import "strings"

// JSON checks a document before it is decoded and estimates the number of its elements.
func JSON(text string) (Cost, *Error) { return document(text, "[{,", true) }

// CSV checks a document before it is decoded and counts its fields.
func CSV(text string) (Cost, *Error) { return document(text, ",\n", false) }

// document limits the elements, nesting and numbers of a document by counting characters outside of quotes.
func document(text, separators string, escapes bool) (Cost, *Error) {
	if len(text) > MaxText {
		return Cost{}, tooLong()
	}
	elements, depth, deepest, digits := 0, 0, 0, 0
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '"' {
			quoted = !quoted
		}
		if quoted {
			if escapes && c == '\\' {
				i++
			}
			continue
		}
		if strings.IndexByte(separators, c) >= 0 {
			elements++
		}
		switch {
		case escapes && (c == '[' || c == '{'):
			depth++
			deepest = max(deepest, depth)
		case escapes && (c == ']' || c == '}'):
			depth--
		}
		if c >= '0' && c <= '9' {
			digits++
		} else {
			digits = 0
		}
		switch {
		case elements > MaxElements:
			return Cost{}, tooManyElements()
		case depth > MaxValueNesting:
			return Cost{}, tooNested()
		case digits > MaxDigits && escapes:
			return Cost{}, tooManyDigits()
		}
	}
	return Cost{Elements: add(elements, multiply(deepest, len(text))/copiedBytes)}, nil
}

// copiedBytes is the number of bytes that cost as much as an element: decoding copies them once per level.
const copiedBytes = 1024

// Elements estimates the number of values in a JSON document.
func Elements(text []byte) int {
	n, quoted := 1, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '[' || c == '{'):
			n++
		}
	}
	return n
}
