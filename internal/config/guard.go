package config

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// functionError is an error of a function that has a diagnostic of its own.
type functionError struct{ code, summary, detail string }

func (e *functionError) Error() string { return e.detail }

// guard wraps a function so that it deals with ids. A function that places its arguments gets them without marks,
// and the texts of its result get their marks back by the sentinels in them, so that an element taken out of a list
// is not held to depend on the ids beside it. Any other function refuses an id.
func (r *references) guard(f function.Function, places bool) function.Function {
	spec := &function.Spec{}
	for _, p := range f.Params() {
		spec.Params = append(spec.Params, permissive(p))
	}
	if p := f.VarParam(); p != nil {
		open := permissive(*p)
		spec.VarParam = &open
	}
	spec.Type = func(args []cty.Value) (cty.Type, error) {
		bare, _, err := stripArguments(args, places)
		if err != nil {
			return cty.NilType, err
		}
		return f.ReturnTypeForValues(bare)
	}
	spec.Impl = func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		bare, any, err := stripArguments(args, places)
		if err != nil {
			return cty.NilVal, err
		}
		v, err := f.Call(bare)
		if err != nil || !any {
			return v, err
		}
		marked, whole := r.mark(v)
		if !whole {
			return cty.NilVal, errUnknownID
		}
		return marked, nil
	}
	return function.New(spec)
}

var errUnknownID = &functionError{"unknown_id", unknownIDSummary, unknownIDDetail}

// permissive leaves it to the function inside to judge what an argument may be.
func permissive(p function.Parameter) function.Parameter {
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
			return nil, false, errUnknownID
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
