package lang

import (
	"regexp"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"ddmon/internal/limit"
)

// guard wraps a function so that it handles ids, secrets and limits. A function that passes ids on gets its arguments
// without marks; the strings of its result get their marks back by the sentinels in them, so that an element of a list
// does not depend on the ids in other elements. All other functions reject ids. An error can quote arguments, so it is
// replaced if one of them is sensitive. Limits are checked before the call.
func (l library) guard(name string, f function.Function) function.Function {
	m, passes, params := l.meter, passesIDs[name], paramTypes(f)
	spec := &function.Spec{}
	for _, p := range f.Params() {
		spec.Params = append(spec.Params, permissive(p))
	}
	if p := f.VarParam(); p != nil {
		open := permissive(*p)
		spec.VarParam = &open
	}
	// The type of the result is enough: to compute it in advance, most functions would do their work twice.
	spec.Type = function.StaticReturnType(cty.DynamicPseudoType)
	spec.Impl = func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		args, err := prepareArguments(m, name, params, args)
		if err != nil {
			return cty.NilVal, withoutSecrets(err, args)
		}
		bare, any, err := stripArguments(args, passes)
		if err != nil {
			return cty.NilVal, err
		}
		if any && !l.preservesIDs(name, bare, args) {
			return cty.NilVal, errUnknownID(1)
		}
		v, err := f.Call(bare)
		if err == nil {
			if fault := m.AfterCall(name, v); fault != nil {
				return cty.NilVal, limitOf(fault, 0)
			}
			l.secrets.Learn(v)
		}
		if err != nil || !any {
			return v, safeError(err, any, args)
		}
		marked, whole := l.refs.mark(v)
		if !whole {
			return cty.NilVal, errUnknownID(0)
		}
		return marked, nil
	}
	return function.New(spec)
}

// sized matches format verbs with a width or a maximum length.
var sized = regexp.MustCompile(`%[-+# 0]*[.*1-9][^a-zA-Z%]*[svq]`)

// preservesIDs reports whether a function that passes ids on does so for these arguments, and prepares them: format
// could truncate an id, and it is not known whether an id equals another element of a set.
func (l library) preservesIDs(name string, bare, args []cty.Value) bool {
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

// prepareArguments checks the limits of a call and converts its arguments.
func prepareArguments(m *limit.Meter, name string, params func(int) cty.Type, args []cty.Value) ([]cty.Value, error) {
	if fault := m.BeforeCall(name, args); fault != nil {
		return args, limitOf(fault, 0)
	}
	converted, err := convertArguments(m, params, args)
	if err != nil {
		return args, err
	}
	return converted, nil
}

// permissive makes a parameter accept any argument, so that the wrapped function checks it after its conversion.
func permissive(p function.Parameter) function.Parameter {
	p.Type = cty.DynamicPseudoType
	p.AllowMarked, p.AllowNull, p.AllowUnknown, p.AllowDynamicType = true, true, true, true
	return p
}

// stripArguments removes the marks of ids. It fails if there are any and the function does not pass ids on.
func stripArguments(args []cty.Value, passes bool) (bare []cty.Value, any bool, err error) {
	for i, arg := range args {
		v, had := strip(arg)
		if !had {
			continue
		}
		if !passes {
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
