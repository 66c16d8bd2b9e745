package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"ddmon/internal/diag"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// variable is one variable block and, once setAll is through, its value.
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
	condition, message *lang.Expression
	rng                hcl.Range
}

// variables are the variable blocks of a stack, with their values.
type variables struct {
	scope     *lang.Scope
	byName    map[string]*variable
	given     map[string]cty.Value // the values that are not defaults
	sensitive map[string][]string  // Stack.Sensitive
}

func newVariables(s *lang.Scope, sensitive map[string][]string) *variables {
	return &variables{scope: s, byName: map[string]*variable{}, sensitive: sensitive}
}

// root is what the word var leads to.
func (vs *variables) root() lang.Root {
	return lang.Root{Value: func(t hcl.Traversal, name string) (cty.Value, bool) {
		if v := vs.byName[name]; v != nil {
			return v.value, true
		}
		vs.scope.Report.UnknownName(t, "variable", name, lang.NamesLike(vs.byName, name), "To declare it, write: variable \""+name+"\" {}.")
		return cty.NilVal, false
	}}
}

// environPrefix begins the name of an environment variable that sets a variable.
const environPrefix = "DDMON_VAR_"

var variableFields = []string{"type", "default", "description", "sensitive", "nullable"}

func (vs *variables) declare(b *hclsyntax.Block) {
	name := b.Labels[0]
	if !vs.scope.Report.CheckIdentifier(b) {
		return
	}
	if first, ok := vs.byName[name]; ok {
		vs.scope.Report.DuplicateName("variable", name, first.rng, b.DefRange())
		return
	}
	v := &variable{name: name, rng: b.DefRange(), typ: cty.DynamicPseudoType, nullable: true, value: cty.DynamicVal}
	vs.byName[name] = v
	vs.scope.Report.CheckFields(b, variableFields, []string{"validation"})

	if a := b.Body.Attributes["type"]; a != nil {
		typ, defaults, diags := typeexpr.TypeConstraintWithDefaults(a.Expr)
		vs.scope.Report.AddHCL(diags)
		if !diags.HasErrors() {
			v.typ, v.defaults = typ, defaults
		}
	}
	v.sensitive = constantFlag(vs.scope.Report, b, "sensitive", false)
	v.nullable = constantFlag(vs.scope.Report, b, "nullable", true)
	if a := b.Body.Attributes["default"]; a != nil {
		value, ok := lang.Constant(a.Expr, vs.scope.Report)
		def := cty.DynamicVal
		if ok {
			def = vs.converted(v, value, a.Expr.Range(), "The default")
		}
		v.def = def // only now: a null default cannot stand for itself
	}
	for _, inner := range b.Body.Blocks {
		if inner.Type == "validation" {
			vs.declareValidation(v, inner)
		}
	}
}

func (vs *variables) declareValidation(v *variable, b *hclsyntax.Block) {
	vs.scope.Report.CheckFields(b, []string{"condition", "error_message"}, nil)
	condition, message := b.Body.Attributes["condition"], b.Body.Attributes["error_message"]
	if condition == nil || message == nil {
		vs.scope.Report.Error("missing_field", "Incomplete validation", "A validation block needs a condition and an error_message.", b.DefRange())
		return
	}
	v.validations = append(v.validations, validation{
		condition: lang.NewExpression(condition.Expr, nil),
		message:   lang.NewExpression(message.Expr, nil),
		rng:       condition.Expr.Range(),
	})
}

// converted brings a value into the variable's type. A null where none is allowed stands for the default.
func (vs *variables) converted(v *variable, value cty.Value, at hcl.Range, what string) cty.Value {
	if value.IsNull() && !v.nullable {
		if v.def == cty.NilVal {
			vs.scope.Report.Error("invalid_variable", "Variable must not be null", fmt.Sprintf("%s of variable %q is null, but it says nullable = false. "+
				"Give it a value.", what, v.name), at)
			return cty.DynamicVal
		}
		return v.def
	}
	if fault := lang.CheckConversion(vs.scope.Report.Meter, value); fault != nil {
		fault.Range = &at
		vs.scope.Report.Limit(fault)
		return cty.DynamicVal
	}
	if v.defaults != nil && !value.IsNull() {
		value = v.defaults.Apply(value)
	}
	out, fault, err := vs.scope.Report.Meter.Convert(value, v.typ)
	if err == nil && fault == nil {
		fault = vs.scope.Report.Meter.Judge(out) // a text may have become a number
	}
	if fault != nil {
		fault.Range = &at
		vs.scope.Report.Limit(fault)
		return cty.DynamicVal
	}
	if err != nil {
		vs.scope.Report.Error("invalid_variable", "Value does not fit the type", fmt.Sprintf("%s of variable %q does not fit its type %s: %s.",
			what, v.name, typeexpr.TypeString(v.typ), err), at)
		return cty.DynamicVal
	}
	return out
}

// setAll gives each variable the value given or its default.
func (vs *variables) setAll(given map[string]cty.Value) {
	vs.given = given
	for _, name := range object.SortedKeys(vs.byName) {
		v := vs.byName[name]
		value, ok := given[name]
		switch {
		case ok:
		case v.def != cty.NilVal:
			value = v.def
		default:
			vs.scope.Report.Error("missing_variable", "Variable has no value", fmt.Sprintf("Variable %q has no default, so it needs a value: give --var %s=VALUE, "+
				"set the environment variable %s%s, or write %s = VALUE into a file for --var-file or one named *.auto.vars.hcl.",
				name, name, environPrefix, name, name), v.rng)
			value = cty.DynamicVal
		}
		vs.set(v, value)
	}
	vs.validate()
}

// set gives the variable its value, marks it if it is sensitive, and remembers the texts to hide.
func (vs *variables) set(v *variable, value cty.Value) {
	if v.sensitive {
		var texts []string
		value, texts = vs.scope.Secrets.Mark(value, v.name, v.rng)
		vs.sensitive[v.name] = append(vs.sensitive[v.name], texts...)
	}
	v.value = value
}

func (vs *variables) undeclared(name string) string {
	return fmt.Sprintf("There is no variable %q.%s To declare it, write: variable %q {}.",
		name, diag.DidYouMean(name, lang.NamesLike(vs.byName, name)), name)
}

// validate checks the conditions of all variables, once all of them have their values.
func (vs *variables) validate() {
	for _, name := range object.SortedKeys(vs.byName) {
		v := vs.byName[name]
		for _, check := range v.validations {
			if v.value.IsKnown() {
				vs.validateOne(v, check)
			}
		}
	}
}

func (vs *variables) validateOne(v *variable, check validation) {
	condition, ok := vs.scope.Value(check.condition, nil)
	if !ok {
		return
	}
	condition, _ = condition.UnmarkDeep()
	if !condition.IsKnown() {
		return
	}
	truth, err := convert.Convert(condition, cty.Bool)
	if err != nil || truth.IsNull() {
		vs.scope.Report.Error("invalid_value", "Condition must be true or false", fmt.Sprintf("The condition of variable %q results neither in true nor in false.", v.name), check.rng)
		return
	}
	if truth.True() {
		return
	}
	detail := "Its value does not meet the condition."
	if message, ok := vs.scope.Value(check.message, nil); ok {
		// A message made from a sensitive value would print it.
		if message.Type() == cty.String && message.IsKnown() && !message.IsNull() && !message.ContainsMarked() {
			detail = message.AsString()
		}
	}
	vs.scope.Report.Error("invalid_variable", "Invalid value for variable", fmt.Sprintf("Variable %q: %s", v.name, detail), check.rng)
}
