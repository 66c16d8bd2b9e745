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
	c := Call{args: args, sizes: make([]Size, len(args))}
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
	if judge := documents[name]; judge != nil {
		if text, ok := c.text(0); ok {
			return m.decode(judge, text)
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

// JSON judges a document of JSON that is about to be decoded.
func (m *Meter) JSON(text string) *Fault { return m.decode(JSON, text) }

// decode judges a document that is about to be decoded. What its elements take is counted before they are made.
func (m *Meter) decode(judge func(string) (int, *Fault), text string) *Fault {
	elements, f := judge(text)
	if f != nil {
		return f
	}
	return m.Spend(add(len(text)/readBytes, multiply(decodedSteps, elements)), multiply(decodedBytes, elements))
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
		return m.Spend(0, size.Bytes)
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
	return m.Spend(multiply(n, n)/mixedPairs, 0)
}

// mixedPairs is how many types of texts and numbers a step compares.
const mixedPairs = 3

const (
	// pairSteps is what comparing the types of two objects or lists costs.
	pairSteps = 10
	// equalSteps is what comparing two values costs, besides what is in them.
	equalSteps = 5
	// writtenSteps is what writing an element as text takes, which for a number is long.
	writtenSteps = 12
	// convertedSteps is what an element takes that may have to be converted.
	convertedSteps = 5
	// characterBytes is how much of a text a step takes that looks for characters as people see them.
	characterBytes = 2
)

// documents are the functions that decode a text.
var documents = map[string]func(string) (int, *Fault){"jsondecode": JSON, "yamldecode": YAML, "csvdecode": CSV}

// costs are the functions that can make much of little, or take long. Any other makes no more than it is given.
var costs = map[string]func(*Call) Cost{
	"setproduct": func(c *Call) Cost {
		n := 1
		for i := range c.args {
			n = multiply(n, c.length(i))
		}
		steps := 0
		for i := range c.args {
			steps = add(steps, unify(&Call{args: c.args[i : i+1], sizes: c.sizes[i : i+1]}).Steps)
		}
		return Cost{Elements: multiply(n, 1+len(c.args)), Bytes: multiply(n/max(1, c.shortest()), c.bytes()), Steps: steps}
	},
	"concat": sum, "compact": sum, "merge": sum, "zipmap": sum, "flatten": sum, "transpose": sum,
	"setunion": sets, "setintersection": sets, "setsubtract": sets,
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
	"chunklist": func(c *Call) Cost { return Cost{Elements: multiply(writtenSteps, c.elements())} },
	"join": func(c *Call) Cost {
		separator, _ := c.text(0)
		return Cost{Bytes: add(c.bytes(), multiply(len(separator), c.elements())), Steps: multiply(writtenSteps, c.elements())}
	},
	"split": func(c *Call) Cost {
		separator, _ := c.text(0)
		text, _ := c.text(1)
		return Cost{Elements: 1 + strings.Count(text, separator)}
	},
	"indent": func(c *Call) Cost {
		text, _ := c.text(1)
		return Cost{Bytes: add(len(text), multiply(strings.Count(text, "\n"), c.whole(0))), Steps: len(text) / characterBytes}
	},
	"format": func(c *Call) Cost {
		format, _ := c.text(0)
		return Cost{Bytes: c.formatted(), Steps: len(format) / characterBytes}
	},
	"formatlist":   formatList,
	"replace":      replace,
	"regex":        match,
	"regexall":     match,
	"trim":         func(c *Call) Cost { return Cost{Steps: multiply(c.sizes[0].Bytes, c.sizes[len(c.sizes)-1].Bytes) / 64} },
	"urlencode":    func(c *Call) Cost { return Cost{Bytes: multiply(3, c.bytes())} },
	"base64encode": func(c *Call) Cost { return Cost{Bytes: multiply(4, c.bytes()) / 3} },
	"jsonencode": func(c *Call) Cost {
		return Cost{Bytes: add(c.bytes(), multiply(8, c.elements())), Steps: multiply(writtenSteps, c.elements())}
	},
	"yamlencode": func(c *Call) Cost {
		return Cost{Bytes: add(c.bytes(), multiply(c.elements(), 8+4*c.depth())), Steps: multiply(writtenSteps, c.elements())}
	},
	"distinct": func(c *Call) Cost { return Cost{Steps: add(unify(c).Steps, multiply(writtenSteps, c.elements()))} },
	"matchkeys": func(c *Call) Cost {
		each := equalSteps + (c.sizes[1].work()+c.sizes[2].work())/max(1, c.length(1)+c.length(2))
		return Cost{Steps: multiply(multiply(c.length(1), c.length(2)), each)}
	},
	"tolist": unify, "toset": unify, "tomap": unify,
	"index": find, "contains": find,
	"sort":   func(c *Call) Cost { return Cost{Steps: sorting(c.length(0), sortText)} },
	"length": characters, "strrev": characters, "substr": characters, "title": characters, "chomp": characters, "trimspace": characters,
	"coalesce": variadic, "coalescelist": variadic,
	"parseint": func(c *Call) Cost { return Cost{Steps: multiply(c.sizes[0].Bytes, c.sizes[0].Bytes) / 4096} },
}

func sum(c *Call) Cost {
	return Cost{Elements: c.elements(), Bytes: c.bytes(), Steps: multiply(convertedSteps, c.elements())}
}

// sets is for functions that make sets of all of their arguments.
func sets(c *Call) Cost {
	cost := sum(c)
	for i := range c.args {
		compare := sortNumber
		if c.structural(i) {
			compare = sortElement
		}
		cost.Steps = add(cost.Steps, multiply(2*passes, sorting(c.length(i), compare)))
	}
	return cost
}

// find is for functions that compare each element of a list with a value.
func find(c *Call) Cost {
	if len(c.sizes) < 2 {
		return Cost{}
	}
	return Cost{Steps: multiply(c.length(0), equalSteps+c.sizes[1].work())}
}

// characters is for functions that take a text apart.
func characters(c *Call) Cost {
	text, _ := c.text(0)
	return Cost{Steps: len(text) / characterBytes}
}

// variadic is for functions that bring all of their arguments to one type.
func variadic(c *Call) Cost {
	n := len(c.args)
	for i, arg := range c.args {
		if t := arg.Type(); t.IsTupleType() || t.IsObjectType() {
			n = add(n, c.length(i))
		}
	}
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
	return Cost{Steps: multiply(n, n) / mixedPairs}
}

func formatList(c *Call) Cost {
	n := 1
	for i := range c.args {
		if t := c.args[i].Type(); i > 0 && (t.IsListType() || t.IsTupleType() || t.IsSetType()) {
			n = max(n, c.length(i))
		}
	}
	return Cost{Elements: n, Bytes: multiply(n, c.formatted()), Steps: multiply(writtenSteps, n)}
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
	reading := Cost{Steps: len(pattern)}
	if reading.Steps > MaxPattern*patternBytes {
		return beyond
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return reading // the function says what is wrong
	}
	if instructions(parsed) > MaxPattern {
		return beyond
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return reading
	}
	if len(program.Inst) > MaxPattern {
		return beyond
	}
	return Cost{Steps: add(100+len(pattern)+len(program.Inst), multiply(len(program.Inst), len(text))/16)}
}

// patternBytes is how long a pattern may be for each instruction it may have.
const patternBytes = 10

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
