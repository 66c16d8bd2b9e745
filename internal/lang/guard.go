package lang

import (
	"regexp"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"ddmon/internal/limit"
)

// guard wraps a function so that it deals with ids. A function that places its arguments gets them without marks,
// and the texts of its result get their marks back by the sentinels in them, so that an element taken out of a list
// is not held to depend on the ids beside it. Any other function refuses an id. A function that fails may quote its
// arguments, so what it says is kept back where one of them is sensitive. What a call would make is judged before it is
// made.
func (l library) guard(name string, f function.Function) function.Function {
	m, places, params := l.meter, placing[name], paramTypes(f)
	spec := &function.Spec{}
	for _, p := range f.Params() {
		spec.Params = append(spec.Params, permissive(p))
	}
	if p := f.VarParam(); p != nil {
		open := permissive(*p)
		spec.VarParam = &open
	}
	// The result's own type is as good as one computed before, for which most functions do their work twice.
	spec.Type = function.StaticReturnType(cty.DynamicPseudoType)
	spec.Impl = func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		args, err := admit(m, name, params, args)
		if err != nil {
			return cty.NilVal, discreet(err, args)
		}
		bare, any, err := stripArguments(args, places)
		if err != nil {
			return cty.NilVal, err
		}
		if any && !l.keeps(name, bare, args) {
			return cty.NilVal, errUnknownID(1)
		}
		v, err := f.Call(bare)
		if err == nil {
			if fault := m.After(name, v); fault != nil {
				return cty.NilVal, limitOf(fault, 0)
			}
			l.secrets.Learn(v)
		}
		if err != nil || !any {
			return v, explain(err, any, args)
		}
		marked, whole := l.refs.mark(v)
		if !whole {
			return cty.NilVal, errUnknownID(0)
		}
		return marked, nil
	}
	return function.New(spec)
}

// sized finds what gives a text in a format a width or a largest length.
var sized = regexp.MustCompile(`%[-+# 0]*[.*1-9][^a-zA-Z%]*[svq]`)

// keeps reports whether a function that places ids does so with these arguments, and makes them ready: format could cut a
// number, and whether an id is the same as another element of a set is not known.
func (l library) keeps(name string, bare, args []cty.Value) bool {
	switch name {
	case "format", "formatlist":
		if v, _ := bare[0].Unmark(); v.Type() == cty.String && v.IsKnown() && !v.IsNull() && sized.MatchString(v.AsString()) {
			return false
		}
		for i := range bare {
			bare[i] = l.refs.asTexts(bare[i])
		}
	case "toset":
		v, _ := args[0].Unmark()
		if v.IsNull() || !v.IsKnown() || v.Type().IsSetType() || !v.CanIterateElements() {
			return true
		}
		var ids, others int
		for it := v.ElementIterator(); it.Next(); {
			if _, e := it.Element(); HasReference(e) {
				ids++
			} else {
				others++
			}
		}
		return ids == 0 || others == 0
	}
	return true
}

// admit judges a call and converts its arguments.
func admit(m *limit.Meter, name string, params func(int) cty.Type, args []cty.Value) ([]cty.Value, error) {
	if fault := m.Before(name, args); fault != nil {
		return args, limitOf(fault, 0)
	}
	kept, err := accept(m, params, args)
	if err != nil {
		return args, err
	}
	return kept, nil
}

// permissive leaves it to the function inside to judge what an argument may be, and to accept what it is converted from.
func permissive(p function.Parameter) function.Parameter {
	p.Type = cty.DynamicPseudoType
	p.AllowMarked, p.AllowNull, p.AllowUnknown, p.AllowDynamicType = true, true, true, true
	return p
}

// stripArguments takes the ids' marks off, or fails where there are any and the function does not place them.
func stripArguments(args []cty.Value, places bool) (bare []cty.Value, any bool, err error) {
	for i, arg := range args {
		v, had := strip(arg)
		if !had {
			continue
		}
		if !places {
			return nil, false, errUnknownID(i + 1)
		}
		if !any {
			bare, any = append([]cty.Value(nil), args...), true
		}
		bare[i] = v
	}
	if !any {
		return args, false, nil
	}
	return bare, true, nil
}
