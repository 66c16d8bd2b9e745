package limit

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// shortcuts implement functions that do not need to read a large argument completely. HCL searches the whole argument
// for marks in each call, which is slow with a call for each of thousands of objects. A shortcut returns the value and
// its cost. The cost is 0 if the function itself must be called: for arguments that are marked, invalid or need
// conversion.
var shortcuts = map[string]func(args []cty.Value) (cty.Value, int){
	"contains": containsPlain, "index": indexPlain, "length": lengthPlain, "lookup": lookupPlain,
}

// call evaluates the arguments of a call, and the call itself if there is a shortcut for it.
func (m *Meter) call(e *hclsyntax.FunctionCallExpr, ctx *hcl.EvalContext) (hclsyntax.Expression, *Error) {
	shortcut := shortcuts[e.Name]
	if shortcut == nil || e.ExpandFinal || !hasFunctions(ctx) {
		return e, nil
	}
	args, values, problems := make([]hclsyntax.Expression, len(e.Args)), make([]cty.Value, len(e.Args)), 0
	for i, arg := range e.Args {
		g := m.given(arg, ctx)
		args[i], values[i] = g, g.Val
		problems += len(g.diags)
	}
	if problems == 0 {
		if v, steps := shortcut(values); steps > 0 {
			return &hclsyntax.LiteralValueExpr{Val: v, SrcRange: e.Range()}, m.Spend(steps, 0)
		}
	}
	call := *e
	call.Args = args
	return &call, nil
}

func hasFunctions(ctx *hcl.EvalContext) bool {
	for ; ctx != nil; ctx = ctx.Parent() {
		if ctx.Functions != nil {
			return true
		}
	}
	return false
}

// isPlain reports whether a value is known, not null and not marked itself. Its elements can be marked.
func isPlain(v cty.Value) bool { return !v.IsMarked() && v.IsKnown() && !v.IsNull() }

func lookupPlain(args []cty.Value) (cty.Value, int) {
	if len(args) < 2 || len(args) > 3 || !isPlain(args[0]) || !isPlain(args[1]) || args[1].Type() != cty.String {
		return cty.NilVal, 0
	}
	const steps = 10
	key := args[1].AsString()
	switch t := args[0].Type(); {
	case t.IsObjectType() && t.HasAttribute(key):
		return args[0].GetAttr(key), steps
	case t.IsMapType() && args[0].HasIndex(args[1]).True():
		return args[0].Index(args[1]), steps
	case (t.IsObjectType() || t.IsMapType()) && len(args) == 3:
		return args[2], steps
	}
	return cty.NilVal, 0
}

func lengthPlain(args []cty.Value) (cty.Value, int) {
	if len(args) != 1 || !isPlain(args[0]) || args[0].Type().IsPrimitiveType() || !args[0].CanIterateElements() {
		return cty.NilVal, 0
	}
	return cty.NumberIntVal(int64(args[0].LengthInt())), 5
}

// containsPlain searches a list of strings, numbers and bools without marks.
func containsPlain(args []cty.Value) (cty.Value, int) {
	at, steps := find(args)
	return cty.BoolVal(at >= 0), steps
}

// indexPlain is containsPlain for index. If the element is missing, the function itself must report the error.
func indexPlain(args []cty.Value) (cty.Value, int) {
	at, steps := find(args)
	if at < 0 {
		return cty.NilVal, 0
	}
	return cty.NumberIntVal(int64(at)), steps
}

// find returns the index of a string, number or bool in a list of unmarked strings, numbers and bools, or -1. It checks
// all elements, because a mark on any of them would apply to the result.
func find(args []cty.Value) (at, steps int) {
	if len(args) != 2 || !isPlain(args[0]) || !isPlain(args[1]) || !args[1].Type().IsPrimitiveType() {
		return -1, 0
	}
	list, wanted := args[0], args[1]
	if t := list.Type(); !t.IsListType() && !t.IsTupleType() {
		return -1, 0
	}
	steps = 10
	for it := list.ElementIterator(); it.Next(); {
		_, e := it.Element()
		if !isPlain(e) || !e.Type().IsPrimitiveType() {
			return -1, 0
		}
		steps++
		if wanted.Type() == cty.Number && e.Type() == cty.Number && isFraction(wanted) && isFraction(e) {
			steps += comparing(wanted) + comparing(e)
		}
	}
	if at = -1; steps > MaxSteps {
		return at, steps
	}
	i := 0
	for it := list.ElementIterator(); it.Next() && at < 0; i++ {
		_, e := it.Element()
		switch {
		case e.Type() != wanted.Type():
		case e.Type() == cty.String && e.AsString() == wanted.AsString(), e.Type() != cty.String && e.RawEquals(wanted):
			at = i
		}
	}
	return at, steps
}
