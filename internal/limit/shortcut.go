package limit

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// shortcuts are what functions do that need not go through all of a large argument: HCL looks for marks in all of it at each
// call, which a call for each of thousands of objects is slow by. They return the value and the steps it took, or no steps
// where the function itself has to decide: for marked arguments, wrong ones, and those that would have to be converted.
var shortcuts = map[string]func(args []cty.Value) (cty.Value, int){
	"contains": containsPlain, "index": indexPlain, "length": lengthPlain, "lookup": lookupPlain,
}

// call evaluates the arguments of a call, and the call itself if there is a shortcut for it.
func (m *Meter) call(e *hclsyntax.FunctionCallExpr, ctx *hcl.EvalContext) (hclsyntax.Expression, *Fault) {
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

// isPlain reports whether a value is known, not null and without marks of its own; what is in it may have some.
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

// containsPlain searches a list of texts, numbers and bools, none of which is marked.
func containsPlain(args []cty.Value) (cty.Value, int) {
	at, steps := find(args)
	return cty.BoolVal(at >= 0), steps
}

// indexPlain is containsPlain for index, which has to say what is wrong if there is no such element.
func indexPlain(args []cty.Value) (cty.Value, int) {
	at, steps := find(args)
	if at < 0 {
		return cty.NilVal, 0
	}
	return cty.NumberIntVal(int64(at)), steps
}

// find returns the place of a text, number or bool in a list of such, none of which is marked; -1 if it is not there. It
// looks at all of them, because the marks of any would be those of the result.
func find(args []cty.Value) (place, steps int) {
	if len(args) != 2 || !isPlain(args[0]) || !isPlain(args[1]) || !args[1].Type().IsPrimitiveType() {
		return -1, 0
	}
	list, wanted := args[0], args[1]
	if t := list.Type(); !t.IsListType() && !t.IsTupleType() {
		return -1, 0
	}
	place = -1
	i := 0
	for it := list.ElementIterator(); it.Next(); i++ {
		_, e := it.Element()
		if !isPlain(e) || !e.Type().IsPrimitiveType() {
			return -1, 0
		}
		switch {
		case place >= 0 || e.Type() != wanted.Type():
		case e.Type() == cty.String && e.AsString() == wanted.AsString(), e.Type() != cty.String && e.RawEquals(wanted):
			place = i
		}
	}
	return place, 10 + i
}
