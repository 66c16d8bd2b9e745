package config

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// anyValue takes a value as it is, marks and all.
var anyValue = function.Parameter{
	Name: "value", Type: cty.DynamicPseudoType, AllowMarked: true, AllowNull: true, AllowUnknown: true, AllowDynamicType: true,
}

func sameType(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil }

// sensitiveFunc marks a value as sensitive that does not come from a sensitive variable.
var sensitiveFunc = function.New(&function.Spec{
	Params: []function.Parameter{anyValue},
	Type:   sameType,
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		return args[0].Mark(sensitiveMark("sensitive()")), nil
	},
})

// nonsensitive says that a value made from a sensitive one gives nothing away.
func (l *loader) nonsensitive() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{anyValue},
		Type:   sameType,
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if hasSensitive(args[0]) {
				l.forget(args[0])
			}
			return without[sensitiveMark](args[0]), nil
		},
	})
}
