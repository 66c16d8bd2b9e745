package limit

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

const (
	// equalSteps is the cost of comparing two values, in addition to their elements.
	equalSteps = 5
	// writtenSteps is the cost of converting an element to a string; numbers are expensive.
	writtenSteps = 50
	// convertedSteps is the cost of an element that may need conversion.
	convertedSteps = 5
	// characterBytes is the number of bytes per step when a string is split into grapheme clusters.
	characterBytes = 2
)

// documents are the functions that decode a document.
var documents = map[string]func(string) (Cost, *Error){"jsondecode": JSON, "yamldecode": YAML, "csvdecode": CSV}

// newTexts are the functions that return lists of new strings.
var newTexts = map[string]bool{"formatlist": true, "split": true, "regex": true, "regexall": true}

// costs has the functions whose result can be much larger than their arguments, or that can take long. All other
// functions return no more than their arguments.
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
		return Cost{Elements: multiply(n, 1+len(c.args)), Bytes: multiply(n/max(1, c.shortest()), c.bytes()), Steps: add(steps, c.product())}
	},
	"concat": sum, "compact": sum, "merge": sum, "zipmap": sum, "flatten": sum, "transpose": sum,
	"setunion": sets, "setintersection": sets, "setsubtract": sets,
	"range":     counting,
	"chunklist": func(c *Call) Cost { return Cost{Elements: multiply(writtenSteps, c.elements())} },
	"join": func(c *Call) Cost {
		separator, _ := c.text(0)
		return Cost{Bytes: add(c.bytes(), multiply(len(separator), c.elements())), Steps: c.written()}
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
		return Cost{Bytes: c.formatted(), Steps: add(len(format)/characterBytes, multiply(add(c.written(), c.read), strings.Count(format, "%")))}
	},
	"formatlist":   formatList,
	"replace":      replace,
	"regex":        firstMatch,
	"regexall":     allMatches,
	"trim":         func(c *Call) Cost { return Cost{Steps: multiply(c.sizes[0].Bytes, c.sizes[len(c.sizes)-1].Bytes) / 64} },
	"urlencode":    func(c *Call) Cost { return Cost{Bytes: multiply(3, c.bytes())} },
	"base64encode": func(c *Call) Cost { return Cost{Bytes: multiply(4, c.bytes()) / 3} },
	"jsonencode": func(c *Call) Cost {
		return Cost{Bytes: add(c.bytes(), multiply(8, c.elements())), Steps: c.written()}
	},
	"yamlencode": func(c *Call) Cost {
		return Cost{Bytes: add(c.bytes(), multiply(c.elements(), 8+4*c.depth())), Steps: c.written()}
	},
	"distinct": func(c *Call) Cost { return Cost{Steps: add(unify(c).Steps, c.written())} },
	"matchkeys": func(c *Call) Cost {
		contents := add(multiply(c.length(2), c.sizes[1].comparing()), multiply(c.length(1), c.sizes[2].comparing()))
		return Cost{Steps: add(multiply(multiply(c.length(1), c.length(2)), equalSteps), contents)}
	},
	"sum": read, "tonumber": read,
	"tolist": unify, "toset": toSet, "tomap": unify,
	"index": search, "contains": search,
	"sort":   func(c *Call) Cost { return Cost{Steps: sorting(c.length(0), sortText)} },
	"length": characters, "strrev": characters, "substr": characters, "title": characters, "chomp": characters, "trimspace": characters,
	"coalesce": variadic, "coalescelist": variadic,
	"parseint": func(c *Call) Cost { return Cost{Steps: multiply(c.sizes[0].Bytes, c.sizes[0].Bytes) / 4096} },
}

func sum(c *Call) Cost {
	return Cost{Elements: c.elements(), Bytes: c.bytes(), Steps: multiply(convertedSteps, c.elements())}
}

// sets is the cost of functions that convert all of their arguments to sets.
func sets(c *Call) Cost {
	cost := sum(c)
	for i := range c.args {
		compare := sortNumber
		if c.structural(i) {
			compare = sortElement
		}
		cost.Steps = add(cost.Steps, multiply(2*passes, sorting(c.length(i), compare)))
		if c.structural(i) {
			cost.Steps = add(cost.Steps, inside(c.elements()))
		}
	}
	cost.Steps = add(cost.Steps, multiply(len(c.args), colliding(elementsOf(c.args...)))) // sets are added one by one
	return cost
}

// toSet is the cost of toset. If a tuple has strings and numbers, all are converted to strings before the comparison.
func toSet(c *Call) Cost {
	cost := unify(c)
	if types := elementTypes(c.args[0].Type()); cost.Steps > c.length(0) && !c.structural(0) && len(types) > 1 {
		cost.Steps = add(cost.Steps, multiply(c.length(0), c.length(0))/2)
	}
	cost.Steps = add(cost.Steps, colliding(elementsOf(c.args[0])))
	return cost
}

// read is the cost of functions that parse strings as numbers.
func read(c *Call) Cost { return Cost{Steps: c.read} }

// search is the cost of functions that compare each element of a list with a value.
func search(c *Call) Cost {
	if len(c.sizes) < 2 {
		return Cost{}
	}
	steps := multiply(c.length(0), add(equalSteps, c.sizes[1].comparing()))
	if c.sizes[1].fractions > 0 {
		steps = add(steps, c.sizes[0].comparing())
	}
	return Cost{Steps: steps}
}

// characters is the cost of functions that split a string into characters.
func characters(c *Call) Cost {
	text, _ := c.text(0)
	return Cost{Steps: len(text) / characterBytes}
}

// variadic is the cost of functions that unify the types of all arguments.
func variadic(c *Call) Cost {
	n := len(c.args)
	for i, arg := range c.args {
		if t := arg.Type(); t.IsTupleType() || t.IsObjectType() {
			n = add(n, c.length(i))
		}
	}
	return Cost{Steps: add(pairs(n, true), inside(c.elements()))}
}

// unify is the cost of conversions, which is linear only if all types are the same.
func unify(c *Call) Cost {
	types := elementTypes(c.args[0].Type())
	n := c.length(0)
	switch {
	case !slices.ContainsFunc(types, func(t cty.Type) bool { return !t.Equals(types[0]) }):
		return Cost{Steps: n / 8}
	case c.structural(0):
		return Cost{Steps: add(pairs(n, true), inside(c.sizes[0].Elements))}
	}
	return Cost{Steps: pairs(n, false)}
}

func formatList(c *Call) Cost {
	n := 1
	for i := range c.args {
		if i > 0 && isListed(c.args[i]) {
			n = max(n, c.length(i))
		}
	}
	format, _ := c.text(0)
	steps := multiply(writtenSteps, n)
	for i, v := range c.args[min(1, len(c.args)):] {
		each := add(c.sizes[i+1].writing(), c.reads[i+1])
		if !isListed(v) {
			each = multiply(n, each)
		}
		steps = add(steps, multiply(each, strings.Count(format, "%")))
	}
	return Cost{Elements: n, Bytes: multiply(n, c.formatted()), Steps: steps}
}

// isListed reports whether formatlist iterates over the elements of a value.
func isListed(v cty.Value) bool {
	t := v.Type()
	return t.IsListType() || t.IsTupleType() || t.IsSetType()
}
