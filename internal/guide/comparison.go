package guide

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/ddquery"
)

// Comparison is one side of an inequality, such as ">= 1". The value is in the unit of what is compared: a number, the
// factor of a change (2x is 2), or seconds.
type Comparison struct {
	Op    string
	Value float64
	// Text is the normalized source, such as ">= 1" or "< 2m".
	Text string
}

// Holds reports whether a value satisfies the comparison.
func (c Comparison) Holds(value float64) bool { return ddquery.Satisfies(value, c.Op, c.Value) }

var comparisonForm = regexp.MustCompile(`^(>=|<=|==|!=|>|<)\s*(\S+)$`)

// split returns the operator and the operand of a comparison; an operand alone is compared with ==.
func split(text string) (op, operand string) {
	if parts := comparisonForm.FindStringSubmatch(strings.TrimSpace(text)); parts != nil {
		return parts[1], parts[2]
	}
	return "==", strings.TrimSpace(text)
}

// ParseNumber parses a comparison with a number: ">= 1", "0".
func ParseNumber(text string) (Comparison, bool) {
	op, operand := split(text)
	return compared(op, operand, operand)
}

// ParseFactor parses a comparison with a factor or a percentage of the control window: "< 2x", "<= 150%".
func ParseFactor(text string) (Comparison, bool) {
	op, operand := split(text)
	if number, ok := strings.CutSuffix(operand, "x"); ok {
		return compared(op, number, operand)
	}
	number, ok := strings.CutSuffix(operand, "%")
	if !ok {
		return Comparison{}, false
	}
	c, ok := compared(op, number, operand)
	c.Value /= 100
	return c, ok
}

func compared(op, number, operand string) (Comparison, bool) {
	value, err := strconv.ParseFloat(number, 64)
	if err != nil || value != value || value-value != 0 { // NaN, infinity
		return Comparison{}, false
	}
	return Comparison{Op: op, Value: value, Text: op + " " + operand}, true
}

// ParseLength parses a comparison with a duration: "< 2m".
func ParseLength(text string, parse func(string) (time.Duration, bool)) (Comparison, bool) {
	op, operand := split(text)
	d, ok := parse(operand)
	return Comparison{Op: op, Value: d.Seconds(), Text: op + " " + operand}, ok
}
