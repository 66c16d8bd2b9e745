package limit

import (
	"math"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// Cost is what a call of a function would make and do. It saturates: what is beyond all limits is only known to be that.
type Cost struct {
	Elements, Bytes, Steps int
}

// Call is a function about to be called. An argument that is not known yet has no size.
type Call struct {
	args  []cty.Value
	sizes []Size
}

// Before judges a call by what it would make, before the function makes it.
func (m *Meter) Before(name string, args []cty.Value) *Fault {
	if f := m.Spend(callSteps, 0); f != nil {
		return f
	}
	if documents[name] == nil && costs[name] == nil {
		for _, arg := range args {
			size, f := m.Measure(arg)
			if f == nil { // it is read, and what is keyed is put in order
				f = m.Spend(size.Bytes/readBytes+elementSteps*size.Elements, 0)
			}
			if f != nil {
				return f
			}
		}
		return nil
	}
	c := Call{args: args, sizes: make([]Size, len(args))}
	for i, arg := range args {
		size, f := m.Measure(arg)
		if f != nil {
			return f
		}
		c.sizes[i] = size
	}
	if judge := documents[name]; judge != nil {
		if text, ok := c.text(0); ok {
			if f := judge(text); f != nil {
				return f
			}
			if f := m.Spend(callSteps+len(text)/16, 0); f != nil {
				return f
			}
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
		return m.Spend(expected.Steps, 0)
	}
}

// After counts what a function made.
func (m *Meter) After(name string, v cty.Value) *Fault {
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
		return m.Spend(0, len(v.AsString()))
	case documents[name] != nil:
		size, f := m.measure(v, Size{numbers: true})
		if f != nil {
			return f
		}
		return m.Spend(size.Elements/4, size.Bytes+decodedBytes*size.Elements)
	case v.CanIterateElements():
		if v.LengthInt() > MaxElements {
			return tooManyElements()
		}
		return m.Spend(0, elementBytes*v.LengthInt())
	}
	return nil
}

// Compare judges the work of comparing the types of all of n elements with each other, as cty does to find one for all.
func (m *Meter) Compare(n int, structural bool) *Fault {
	if structural {
		return m.Spend(multiply(n, n)/2*pairSteps, 0)
	}
	return m.Spend(multiply(n, n)/100, 0)
}

// pairSteps is what comparing the types of two objects or lists costs.
const pairSteps = 10

// What a function does with an argument: a step for so many bytes of text, and so many for an element.
const (
	readBytes    = 16
	elementSteps = 2
)

// documents are the functions that decode a text.
var documents = map[string]func(string) *Fault{"jsondecode": JSON, "yamldecode": YAML, "csvdecode": CSV}

// costs are the functions that can make much of little, or take long. Any other makes no more than it is given.
var costs = map[string]func(*Call) Cost{
	"setproduct": func(c *Call) Cost {
		n := 1
		for i := range c.args {
			n = multiply(n, c.length(i))
		}
		return Cost{Elements: multiply(n, 1+len(c.args)), Bytes: multiply(n/max(1, c.shortest()), c.bytes())}
	},
	"concat": sum, "merge": sum, "setunion": sum, "zipmap": sum, "flatten": sum, "transpose": sum,
	"range": func(c *Call) Cost {
		if len(c.args) < 2 {
			return Cost{}
		}
		step := 1
		if len(c.args) > 2 {
			step = max(1, c.whole(2))
		}
		return Cost{Steps: 20 * min(1024, max(0, c.whole(1)-c.whole(0))/step+1)}
	},
	"chunklist": func(c *Call) Cost { return Cost{Elements: multiply(2, c.elements())} },
	"join": func(c *Call) Cost {
		separator, _ := c.text(0)
		return Cost{Bytes: add(c.bytes(), multiply(len(separator), c.elements()))}
	},
	"split": func(c *Call) Cost {
		separator, _ := c.text(0)
		text, _ := c.text(1)
		return Cost{Elements: 1 + strings.Count(text, separator)}
	},
	"indent": func(c *Call) Cost {
		text, _ := c.text(1)
		return Cost{Bytes: add(len(text), multiply(strings.Count(text, "\n"), c.whole(0)))}
	},
	"format":       func(c *Call) Cost { return Cost{Bytes: c.formatted()} },
	"formatlist":   formatList,
	"replace":      replace,
	"regex":        match,
	"regexall":     match,
	"trim":         func(c *Call) Cost { return Cost{Steps: multiply(c.sizes[0].Bytes, c.sizes[len(c.sizes)-1].Bytes) / 64} },
	"urlencode":    func(c *Call) Cost { return Cost{Bytes: multiply(3, c.bytes())} },
	"base64encode": func(c *Call) Cost { return Cost{Bytes: multiply(4, c.bytes()) / 3} },
	"jsonencode":   func(c *Call) Cost { return Cost{Bytes: add(c.bytes(), multiply(8, c.elements()))} },
	"yamlencode": func(c *Call) Cost {
		return Cost{Bytes: add(c.bytes(), multiply(c.elements(), 8+4*c.depth()))}
	},
	"distinct": pairs, "setintersection": sum, "setsubtract": sum,
	"matchkeys": func(c *Call) Cost { return Cost{Steps: multiply(c.length(1), c.length(2)) / 2} },
	"tolist":    unify, "toset": unify, "tomap": unify,
	"index":    func(c *Call) Cost { return Cost{Steps: c.elements() / 2} },
	"contains": func(c *Call) Cost { return Cost{Steps: c.elements() / 2} },
	"coalesce": variadic, "coalescelist": variadic,
	"parseint": func(c *Call) Cost { return Cost{Steps: multiply(c.sizes[0].Bytes, c.sizes[0].Bytes) / 4096} },
}

func sum(c *Call) Cost {
	return Cost{Elements: c.elements(), Bytes: c.bytes(), Steps: c.elements() / 8}
}

// pairs is for functions that compare each element with those before it.
func pairs(c *Call) Cost {
	cost := unify(c)
	if c.structural(0) {
		cost.Steps = add(cost.Steps, multiply(c.length(0), c.length(0))/2)
	}
	return cost
}

// variadic is for functions that bring all of their arguments to one type.
func variadic(c *Call) Cost {
	n := len(c.args)
	return Cost{Steps: multiply(n, n) / 2 * pairSteps}
}

// unify is for conversions, which take linear time only where all types are the same.
func unify(c *Call) Cost {
	t := c.args[0].Type()
	first, uniform := cty.NilType, true
	look := func(e cty.Type) {
		if first == cty.NilType {
			first = e
		}
		uniform = uniform && first.Equals(e)
	}
	switch {
	case t.IsTupleType():
		for _, e := range t.TupleElementTypes() {
			look(e)
		}
	case t.IsObjectType():
		for _, e := range t.AttributeTypes() {
			look(e)
		}
	}
	n := c.length(0)
	switch {
	case uniform:
		return Cost{Steps: n / 8}
	case c.structural(0):
		return Cost{Steps: multiply(n, n) / 2 * pairSteps}
	}
	return Cost{Steps: multiply(n, n) / 100}
}

func formatList(c *Call) Cost {
	n := 1
	for i := range c.args {
		if t := c.args[i].Type(); i > 0 && (t.IsListType() || t.IsTupleType() || t.IsSetType()) {
			n = max(n, c.length(i))
		}
	}
	return Cost{Elements: n, Bytes: multiply(n, c.formatted())}
}

// replace is about replace(text, part, by).
func replace(c *Call) Cost {
	text, _ := c.text(0)
	part, _ := c.text(1)
	by, _ := c.text(2)
	if len(part) < 2 || part[0] != '/' || part[len(part)-1] != '/' {
		return Cost{Bytes: add(len(text), multiply(strings.Count(text, part), len(by)))}
	}
	pattern := part[1 : len(part)-1]
	cost := matching(pattern, text)
	if cost.Steps > MaxSteps || len(text) > MaxText {
		return cost
	}
	most := add(len(text), multiply(len(text)+1, len(by)))
	if most > MaxText {
		if re, err := regexp.Compile(pattern); err == nil {
			most = add(len(text), multiply(len(re.FindAllStringIndex(text, 1+MaxText/max(1, len(by)))), len(by)))
		}
	}
	cost.Bytes = add(most, multiply(strings.Count(by, "$"), len(text)))
	return cost
}

// match is about regex(pattern, text) and regexall(pattern, text).
func match(c *Call) Cost {
	pattern, _ := c.text(0)
	text, _ := c.text(1)
	cost := matching(pattern, text)
	if cost.Steps > MaxSteps {
		return cost
	}
	if re, err := regexp.Compile(pattern); err == nil {
		groups := 2 + re.NumSubexp()
		cost.Elements = multiply(groups, len(re.FindAllStringIndex(text, 1+MaxElements/groups)))
	}
	return cost
}

// matching is how long a pattern takes over a text: at worst, every instruction of it is tried at every byte.
func matching(pattern, text string) Cost {
	beyond := Cost{Steps: math.MaxInt}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return Cost{} // the function says what is wrong
	}
	if instructions(parsed) > MaxPattern {
		return beyond
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return Cost{}
	}
	if len(program.Inst) > MaxPattern {
		return beyond
	}
	return Cost{Steps: add(100+len(program.Inst), multiply(len(program.Inst), len(text))/32)}
}

// instructions estimates the size of a pattern once its repetitions are written out.
func instructions(re *syntax.Regexp) int {
	n := 1 + len(re.Rune)
	for _, sub := range re.Sub {
		n = add(n, instructions(sub))
	}
	if re.Op == syntax.OpRepeat {
		n = multiply(n, max(1, re.Min, re.Max))
	}
	return n
}

// formatted is the length of what a format makes: each of its verbs as long as the longest argument, or as it is told
// to be.
func (c *Call) formatted() int {
	format, _ := c.text(0)
	longest := 0
	for _, s := range c.sizes[min(1, len(c.sizes)):] {
		longest = max(longest, add(s.Bytes, multiply(8, s.Elements)))
	}
	total := len(format)
	for rest := format; ; {
		at := strings.IndexByte(rest, '%')
		if at < 0 {
			return total
		}
		rest = rest[at+1:]
		total = add(total, add(longest, 400)) // a number's digits
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

// text returns an argument that is a known text.
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

// whole returns an argument that is a whole number; one that is too large counts as the largest.
func (c *Call) whole(i int) int {
	v, _ := c.args[i].Unmark()
	if !v.IsKnown() || v.IsNull() || v.Type() != cty.Number {
		return 0
	}
	n, _ := v.AsBigFloat().Int64()
	return int(max(0, min(n, math.MaxInt32)))
}

// length counts the elements at the top of an argument.
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

// structural reports whether an argument holds more than texts, numbers and bools.
func (c *Call) structural(i int) bool { return c.elements() > c.length(i) }

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

// add and multiply stay at the largest number instead of passing it.
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
