package limit

import "math"

// add and multiply saturate at the maximum int.
func add(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func multiply(a, b int) int {
	if b != 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}

// Cost estimates the result and the work of a function call. Values saturate at the maximum int.
type Cost struct {
	Elements, Bytes, Steps int
	Memory                 int // of new numbers
}
