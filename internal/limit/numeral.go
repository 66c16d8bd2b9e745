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

// numeralCost is readingSteps for a string that will be used as a number, which must not have too many digits or be out
// of range.
func numeralCost(text string) (steps int, f *Error) {
	if f := Digits(text); f != nil {
		return 0, f
	}
	if n := leadingDigits(text); n > 0 && (n < len(text) || n > plainDigits) {
		if v, err := cty.ParseNumberVal(text); err == nil {
			f = checkNumber(v)
		}
	}
	return readingSteps(text), f
}

// plainDigits is a number of digits that is within the range of numbers.
const plainDigits = 300

// numeralSquare is the number of squared digits per step.
const numeralSquare = 1 << 16

// digitSteps is the cost of converting a fraction to a string. Numbers beyond 2^wideExponent, or as close to 0, cost more.
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

// numberBytes returns the memory of a number. A sum with a number of another exponent keeps the digits in between.
func numberBytes(v cty.Value) int {
	if isWhole(v) {
		return 0
	}
	f := v.AsBigFloat()
	return int(f.Prec())/4 + max(f.MantExp(nil), -f.MantExp(nil))/8
}

// isWhole reports whether a number is a 64-bit integer.
func isWhole(v cty.Value) bool {
	_, accuracy := v.AsBigFloat().Int64()
	return accuracy == big.Exact
}

// isFraction reports whether a number is not an integer.
func isFraction(v cty.Value) bool { return !v.AsBigFloat().IsInt() }

// reading returns the cost of parsing all strings in a value as numbers.
func reading(v cty.Value) (steps int, f *Error) {
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown() || v.IsNull():
		return 0, nil
	case v.Type() == cty.String:
		return numeralCost(v.AsString())
	case v.Type().IsPrimitiveType() || !v.CanIterateElements():
		return 0, nil
	}
	for it := v.ElementIterator(); it.Next() && f == nil; {
		_, e := it.Element()
		var n int
		n, f = reading(e)
		steps = add(steps, n)
	}
	return steps, f
}

// comparing returns the cost of comparing a value with an equal one. To compare two fractions, cty converts both to
// strings.
func comparing(v cty.Value) int {
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown() || v.IsNull():
		return 0
	case v.Type() == cty.Number:
		steps, _ := writing(v)
		if isFraction(v) {
			steps += digitSteps
		}
		return steps
	case v.Type().IsPrimitiveType() || !v.CanIterateElements():
		return 0
	}
	n := 0
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		n = add(n, comparing(e))
	}
	return n
}

// checkNumber reports infinity, which no field accepts and operators cannot handle, and numbers that would take too long
// to convert to strings.
func checkNumber(v cty.Value) *Error {
	f := v.AsBigFloat()
	if f.IsInf() {
		return infinite()
	}
	if f.Sign() == 0 {
		return nil
	}
	if e := f.MantExp(nil); e > MaxExponent || e < -MaxExponent {
		return tooLarge()
	}
	return nil
}
