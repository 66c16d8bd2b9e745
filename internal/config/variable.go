package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"ddmon/internal/object"
)

// variable is one variable block and, once readVariables is through, its value.
type variable struct {
	name        string
	rng         hcl.Range
	typ         cty.Type
	defaults    *typeexpr.Defaults // of optional() attributes
	def         cty.Value          // cty.NilVal if there is none
	sensitive   bool
	nullable    bool
	validations []validation
	value       cty.Value
}

// validation is a condition that a variable's value has to meet.
type validation struct {
	condition, message *expression
	rng                hcl.Range
}

var variableFields = []string{"type", "default", "description", "sensitive", "nullable"}

func (l *loader) declareVariable(b *hclsyntax.Block) {
	name := b.Labels[0]
	if !l.identifier(b) {
		return
	}
	if first, ok := l.variables[name]; ok {
		l.duplicate("variable", name, first.rng, b.DefRange())
		return
	}
	v := &variable{name: name, rng: b.DefRange(), typ: cty.DynamicPseudoType, nullable: true, value: cty.DynamicVal}
	l.variables[name] = v
	l.onlyFields(b, variableFields, []string{"validation"})

	if a := b.Body.Attributes["type"]; a != nil {
		typ, defaults, diags := typeexpr.TypeConstraintWithDefaults(a.Expr)
		l.report(diags)
		if !diags.HasErrors() {
			v.typ, v.defaults = typ, defaults
		}
	}
	v.sensitive = l.flag(b, "sensitive", false)
	v.nullable = l.flag(b, "nullable", true)
	if a := b.Body.Attributes["default"]; a != nil {
		value, ok := l.constant(a.Expr)
		def := cty.DynamicVal
		if ok {
			def = l.converted(v, value, a.Expr.Range(), "The default")
		}
		v.def = def // only now: a null default cannot stand for itself
	}
	for _, inner := range b.Body.Blocks {
		if inner.Type == "validation" {
			l.declareValidation(v, inner)
		}
	}
}

func (l *loader) declareValidation(v *variable, b *hclsyntax.Block) {
	l.onlyFields(b, []string{"condition", "error_message"}, nil)
	condition, message := b.Body.Attributes["condition"], b.Body.Attributes["error_message"]
	if condition == nil || message == nil {
		l.error("missing_field", "Incomplete validation", "A validation block needs a condition and an error_message.", b.DefRange())
		return
	}
	v.validations = append(v.validations, validation{
		condition: newExpression(condition.Expr, nil),
		message:   newExpression(message.Expr, nil),
		rng:       condition.Expr.Range(),
	})
}

// flag reads an attribute that is true or false, written as such.
func (l *loader) flag(b *hclsyntax.Block, name string, missing bool) bool {
	a := b.Body.Attributes[name]
	if a == nil {
		return missing
	}
	value, ok := l.constant(a.Expr)
	if !ok {
		return missing
	}
	if value.Type() != cty.Bool || value.IsNull() {
		l.error("invalid_value", "True or false expected", fmt.Sprintf("%s is either true or false.", name), a.Expr.Range())
		return missing
	}
	return value.True()
}

// converted brings a value into the variable's type. A null where none is allowed stands for the default.
func (l *loader) converted(v *variable, value cty.Value, at hcl.Range, what string) cty.Value {
	if value.IsNull() && !v.nullable {
		if v.def == cty.NilVal {
			l.error("invalid_variable", "Variable must not be null", fmt.Sprintf("%s of variable %q is null, but it says nullable = false. "+
				"Give it a value.", what, v.name), at)
			return cty.DynamicVal
		}
		return v.def
	}
	if fault := convertible(l.meter, value, v.typ); fault != nil {
		fault.Range = &at
		l.passed(fault)
		return cty.DynamicVal
	}
	if v.defaults != nil && !value.IsNull() {
		value = v.defaults.Apply(value)
	}
	out, err := convert.Convert(value, v.typ)
	if err == nil {
		if fault := l.meter.Judge(out); fault != nil { // a text may have become a number
			fault.Range = &at
			l.passed(fault)
			return cty.DynamicVal
		}
	}
	if err != nil {
		l.error("invalid_variable", "Value does not fit the type", fmt.Sprintf("%s of variable %q does not fit its type %s: %s.",
			what, v.name, typeexpr.TypeString(v.typ), err), at)
		return cty.DynamicVal
	}
	return out
}

// settle gives the variable its value, marks it if it is sensitive, and remembers the texts to hide.
func (l *loader) settle(v *variable, value cty.Value) {
	if v.sensitive {
		bare, _ := value.UnmarkDeep()
		l.stack.Sensitive[v.name] = append(l.stack.Sensitive[v.name], texts(bare)...)
		value = value.Mark(sensitiveMark(v.name))
	}
	v.value = value
}

// texts lists what a person would recognise of a value: its strings and numbers.
func texts(v cty.Value) []string {
	found := map[string]bool{}
	_ = cty.Walk(v, func(_ cty.Path, v cty.Value) (bool, error) {
		if v.IsKnown() && !v.IsNull() && (v.Type() == cty.String || v.Type() == cty.Number) {
			s, _ := convert.Convert(v, cty.String)
			found[s.AsString()] = true
		}
		return true, nil
	})
	delete(found, "")
	return object.SortedKeys(found)
}

// validate checks the conditions of all variables, once all of them have their values.
func (l *loader) validate() {
	for _, name := range object.SortedKeys(l.variables) {
		v := l.variables[name]
		for _, check := range v.validations {
			if v.value.IsKnown() {
				l.validateOne(v, check)
			}
		}
	}
}

func (l *loader) validateOne(v *variable, check validation) {
	condition, ok := l.value(check.condition, nil)
	if !ok {
		return
	}
	condition, _ = condition.UnmarkDeep()
	if !condition.IsKnown() {
		return
	}
	truth, err := convert.Convert(condition, cty.Bool)
	if err != nil || truth.IsNull() {
		l.error("invalid_value", "Condition must be true or false", fmt.Sprintf("The condition of variable %q results neither in true nor in false.", v.name), check.rng)
		return
	}
	if truth.True() {
		return
	}
	detail := "Its value does not meet the condition."
	if message, ok := l.value(check.message, nil); ok {
		// A message made from a sensitive value would print it.
		if message.Type() == cty.String && message.IsKnown() && !message.IsNull() && !message.ContainsMarked() {
			detail = message.AsString()
		}
	}
	l.error("invalid_variable", "Invalid value for variable", fmt.Sprintf("Variable %q: %s", v.name, detail), check.rng)
}
