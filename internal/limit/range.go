package limit

import (
	"math/big"

	"github.com/zclconf/go-cty/cty"
)

// longestRange is the number of elements at which range fails.
const longestRange = 1024

// counting is the cost of range(start, end, step), which compares each number with the end.
func counting(c *Call) Cost {
	numbers := []cty.Value{cty.Zero, cty.Zero, cty.NumberIntVal(1)}
	for i := range c.args {
		n, ok := c.number(i)
		if !ok || i >= len(numbers) {
			return Cost{} // the function reports the error
		}
		numbers[i] = n
	}
	if len(c.args) == 1 {
		numbers[0], numbers[1] = numbers[1], numbers[0]
	}
	start, end, step := numbers[0].AsBigFloat(), numbers[1].AsBigFloat(), numbers[2].AsBigFloat()
	n := longestRange
	if step.Sign() != 0 && !step.IsInf() && !start.IsInf() && !end.IsInf() {
		distance := new(big.Float).SetPrec(64).Sub(end, start)
		if count, _ := distance.Quo(distance, step).Abs(distance).Int64(); count < longestRange {
			n = int(count) + 1
		}
	}
	each := countSteps
	if isFraction(numbers[1]) && (isFraction(numbers[0]) || isFraction(numbers[2])) {
		each += comparing(numbers[1]) + max(comparing(numbers[0]), comparing(numbers[2]))
	}
	memory := 0
	if !isWhole(numbers[0]) || !isWhole(numbers[2]) {
		memory = numberBytes(numbers[0]) + numberBytes(numbers[2])
	}
	return Cost{Steps: n * each, Memory: n * memory}
}

// countSteps is the cost of adding a number and comparing the sum.
const countSteps = 20

// number returns an argument that is a known number, or a string that is converted to one.
func (c *Call) number(i int) (cty.Value, bool) {
	v, _ := c.args[i].Unmark()
	switch {
	case !v.IsKnown() || v.IsNull():
		return v, false
	case v.Type() == cty.Number:
		return v, true
	case v.Type() != cty.String:
		return v, false
	}
	if _, f := numeralCost(v.AsString()); f != nil {
		return v, false // the conversion reports it
	}
	n, err := cty.ParseNumberVal(v.AsString())
	return n, err == nil
}
