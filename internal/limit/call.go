package limit

import (
	"math"
	"regexp"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// Call is a function call that is about to be made. An unknown argument has no size.
type Call struct {
	meter *Meter
	args  []cty.Value
	sizes []Size
	reads []int // the cost of parsing the strings in each argument as numbers, if the function does
	read  int   // all of them
}

// BeforeCall checks the size of the result of a call before the function is called.
func (m *Meter) BeforeCall(name string, args []cty.Value) *Error {
	if f := m.Spend(callSteps, 0); f != nil {
		return f
	}
	c := Call{meter: m, args: args, sizes: make([]Size, len(args))}
	for i, arg := range args {
		size, f := m.Measure(arg)
		if f == nil {
			f = m.Spend(size.work(), 0)
		}
		if f != nil {
			return f
		}
		c.sizes[i] = size
	}
	if f := c.parsed(name); f != nil {
		return f
	}
	if check := documents[name]; check != nil {
		if text, ok := c.text(0); ok {
			return m.decode(check, text)
		}
	}
	cost := costs[name]
	if cost == nil {
		return nil
	}
	switch expected := cost(&c); {
	case expected.Bytes > MaxText:
		return tooLong()
	case expected.Elements > MaxElements:
		return tooManyElements()
	default:
		return m.Spend(expected.Steps, expected.Memory)
	}
}

// JSON checks a JSON document before it is decoded.
func (m *Meter) JSON(text string) *Error { return m.decode(JSON, text) }

// decode checks a document before it is decoded, and counts the cost of its elements.
func (m *Meter) decode(check func(string) (Cost, *Error), text string) *Error {
	cost, f := check(text)
	if f != nil {
		return f
	}
	steps := add(len(text)/readBytes, multiply(decodedSteps, cost.Elements))
	return m.Spend(add(steps, cost.Steps), multiply(decodedBytes, cost.Elements))
}

// AfterCall counts the result of a function.
func (m *Meter) AfterCall(name string, v cty.Value) *Error {
	v, _ = v.Unmark()
	switch t := v.Type(); {
	case !v.IsKnown() || v.IsNull():
		return nil
	case t == cty.Number:
		return checkNumber(v)
	case t == cty.String:
		if len(v.AsString()) > MaxText {
			return tooLong()
		}
		return m.text(v.AsString())
	case documents[name] != nil:
		size, f := m.measure(v, Size{numbers: true})
		if f != nil {
			return f
		}
		return m.Spend(0, size.Bytes)
	case v.CanIterateElements():
		if v.LengthInt() > MaxElements {
			return tooManyElements()
		}
		bytes := elementBytes * v.LengthInt()
		if newTexts[name] {
			size, f := m.Measure(v)
			if f != nil {
				return f
			}
			bytes = add(bytes, size.Bytes)
		}
		return m.Spend(0, bytes)
	}
	return nil
}

// parsed checks the strings in the arguments of functions that parse them as numbers.
func (c *Call) parsed(name string) *Error {
	c.reads = make([]int, len(c.args))
	switch name {
	case "sum", "tonumber":
	case "format", "formatlist":
		if format, ok := c.text(0); !ok || !numberVerb.MatchString(format) {
			return nil
		}
	default:
		return nil
	}
	for i, arg := range c.args {
		var f *Error
		if c.reads[i], f = reading(arg); f != nil {
			return f
		}
		c.read = add(c.read, c.reads[i])
	}
	return nil
}

// numberVerb matches a verb of format that converts strings to numbers.
var numberVerb = regexp.MustCompile(`%[^a-zA-Z%]*[bdoxXeEfgG]`)

// formatted estimates the length of a formatted string: each verb has the length of the longest argument or its own
// width.
func (c *Call) formatted() int {
	format, _ := c.text(0)
	longest := 0
	for _, s := range c.sizes[min(1, len(c.sizes)):] {
		longest = max(longest, add(add(s.Bytes, s.digits), multiply(elementDigits, s.Elements)))
	}
	total := len(format)
	for rest := format; ; {
		at := strings.IndexByte(rest, '%')
		if at < 0 {
			return total
		}
		rest = rest[at+1:]
		total = add(total, add(longest, numberDigits))
		for rest != "" && strings.IndexByte("0123456789.+-# [] ", rest[0]) >= 0 {
			n := 0
			for rest != "" && rest[0] >= '0' && rest[0] <= '9' {
				n = add(multiply(n, 10), int(rest[0]-'0'))
				rest = rest[1:]
			}
			total = add(total, n)
			if rest != "" && strings.IndexByte(".+-# [] ", rest[0]) >= 0 {
				rest = rest[1:]
			}
		}
	}
}

const (
	// numberDigits is the maximum length of a typical number, elementDigits the approximate length of a number in a list.
	numberDigits  = 400
	elementDigits = 8
)

// product returns the cost of comparing the elements of a product of sets that have the same hash: for each argument,
// the number of such elements times that of all others. The numbers in each element are converted to strings.
func (c *Call) product() int {
	n, steps, numbers := 1, 1, 0
	for i, v := range c.args {
		if bare, _ := v.Unmark(); !bare.Type().IsSetType() {
			return 0 // the product is a list
		}
		hashes, most := 0, 0
		elements := elementsOf(v)
		for _, e := range elements {
			each := comparing(e)
			hashes, most = add(hashes, each), max(most, each)
		}
		n, numbers = multiply(n, c.length(i)), add(numbers, most)
		steps = multiply(steps, max(0, colliding(elements)-hashes))
	}
	if steps <= n*hashSteps {
		steps = 0
	}
	return add(steps, multiply(numbers, add(n, multiply(2, steps))))
}

// text returns an argument that is a known string.
func (c *Call) text(i int) (string, bool) {
	if i >= len(c.args) {
		return "", false
	}
	v, _ := c.args[i].Unmark()
	if !v.IsKnown() || v.IsNull() || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}

// whole returns an argument that is an integer, limited to the range of int32.
func (c *Call) whole(i int) int {
	v, _ := c.args[i].Unmark()
	if !v.IsKnown() || v.IsNull() || v.Type() != cty.Number {
		return 0
	}
	n, _ := v.AsBigFloat().Int64()
	return int(max(0, min(n, math.MaxInt32)))
}

// length returns the number of top-level elements of an argument.
func (c *Call) length(i int) int {
	if i >= len(c.args) {
		return 0
	}
	v, _ := c.args[i].Unmark()
	if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
		return 0
	}
	return v.LengthInt()
}

// structural reports whether an argument contains nested lists or maps.
func (c *Call) structural(i int) bool { return i < len(c.sizes) && c.sizes[i].Elements > c.length(i) }

func (c *Call) shortest() int {
	n := math.MaxInt
	for i := range c.args {
		n = min(n, c.length(i))
	}
	return n
}

func (c *Call) elements() int {
	n := 0
	for _, s := range c.sizes {
		n = add(n, s.Elements)
	}
	return n
}

// written returns the cost of converting all arguments to strings.
func (c *Call) written() int {
	n := 0
	for _, s := range c.sizes {
		n = add(n, s.writing())
	}
	return n
}

func (c *Call) bytes() int {
	n := 0
	for _, s := range c.sizes {
		n = add(n, s.Bytes)
	}
	return n
}

func (c *Call) depth() int {
	n := 0
	for _, s := range c.sizes {
		n = max(n, s.Depth)
	}
	return n
}
