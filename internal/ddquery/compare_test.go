package ddquery_test

import (
	"testing"

	"ddmon/internal/ddquery"
)

// TestSatisfies compares a lower, an equal and a higher value with 2.
func TestSatisfies(t *testing.T) {
	for op, want := range map[string][3]bool{
		">": {false, false, true}, ">=": {false, true, true}, "<": {true, false, false}, "<=": {true, true, false},
		"==": {false, true, false}, "!=": {true, false, true},
	} {
		for i, value := range []float64{1, 2, 3} {
			if got := ddquery.Satisfies(value, op, 2); got != want[i] {
				t.Errorf("%v %s 2 is %t, want %t", value, op, got, want[i])
			}
		}
	}
}
