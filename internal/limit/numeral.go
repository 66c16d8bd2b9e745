package limit

import (
	"math/big"

	"github.com/zclconf/go-cty/cty"
)

// Digits checks a string that would be parsed as a number for too many digits.
func Digits(text string) *Error {
	if leadingDigits(text) > MaxDigits {
		return tooManyDigits()
	}
	return nil
}

// leadingDigits counts the characters that are parsed before it is known whether a string is a number.
func leadingDigits(text string) int {
	n := 0
	for n < len(text) && (text[n] >= '0' && text[n] <= '9' || text[n] == '.' || n == 0 && (text[n] == '-' || text[n] == '+')) {
		n++
	}
	return n
}

// readingSteps returns the cost of parsing a string as a number, which is quadratic in the number of digits.
func readingSteps(text string) int {
	n := leadingDigits(text)
	return 1 + n/32 + multiply(n, n)/numeralSquare
}

// numeralSquare is the number of squared digits per step.
const numeralSquare = 1 << 16

// digitSteps is the cost of converting a fraction to a string. Exponents beyond wideExponent cost more.
const (
	digitSteps   = 100
	wideExponent = 64
)

// writing returns the additional cost of converting a number to a string, compared with a typical number, and its
// additional length. The digits of a fraction are halved once per power of two.
func writing(v cty.Value) (steps, characters int) {
	e := v.AsBigFloat().MantExp(nil)
	switch {
	case e < -wideExponent:
		return e * e / exponentSquare, -e
	case e > wideExponent:
		return e / 16, e
	}
	return 0, 0
}

// exponentSquare is the number of squared negative powers of two per step.
const exponentSquare = 1024

// isWhole reports whether a number is a 64-bit integer.
func isWhole(v cty.Value) bool {
	_, accuracy := v.AsBigFloat().Int64()
	return accuracy == big.Exact
}

// reading returns the cost of parsing all strings in a value as numbers.
func reading(v cty.Value) int {
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown() || v.IsNull():
		return 0
	case v.Type() == cty.String:
		return readingSteps(v.AsString())
	case v.Type().IsPrimitiveType() || !v.CanIterateElements():
		return 0
	}
	n := 0
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		n = add(n, reading(e))
	}
	return n
}

// tinySteps returns the additional cost of converting the numbers in a value to strings.
func tinySteps(v cty.Value) int {
	switch {
	case !v.IsKnown() || v.IsNull():
		return 0
	case v.Type() == cty.Number:
		steps, _ := writing(v)
		return steps
	case v.Type().IsPrimitiveType() || !v.CanIterateElements():
		return 0
	}
	n := 0
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		n = add(n, tinySteps(e))
	}
	return n
}
