package limit

import (
	"math/big"

	"github.com/zclconf/go-cty/cty"
)

// Digits refuses a text that would be read as a number and is too long for one.
func Digits(text string) *Fault {
	if leadingDigits(text) > MaxDigits {
		return tooManyDigits()
	}
	return nil
}

// leadingDigits counts what is read of a text before it is known whether it is a number.
func leadingDigits(text string) int {
	n := 0
	for n < len(text) && (text[n] >= '0' && text[n] <= '9' || text[n] == '.' || n == 0 && (text[n] == '-' || text[n] == '+')) {
		n++
	}
	return n
}

// readingSteps is what reading a text as a number takes, which is quadratic in its digits.
func readingSteps(text string) int {
	n := leadingDigits(text)
	return 1 + n/32 + multiply(n, n)/numeralSquare
}

// numeralSquare is how many squared digits a step reads.
const numeralSquare = 1 << 16

// digitSteps is what writing a fraction takes. Those whose exponent is beyond wideExponent take longer.
const (
	digitSteps   = 100
	wideExponent = 64
)

// writing is what writing a number as text takes more than writing an ordinary one, and how many more characters it may
// have: a fraction is written by halving its digits once for each power of two.
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

// exponentSquare is how many squared negative powers of two a step writes.
const exponentSquare = 1024

// isWhole reports whether a number is one that the machine counts with.
func isWhole(v cty.Value) bool {
	_, accuracy := v.AsBigFloat().Int64()
	return accuracy == big.Exact
}

// reading is how many steps it takes to read all texts of a value as numbers.
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

// tinySteps is what writing the numbers of a value takes more than writing ordinary ones.
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
