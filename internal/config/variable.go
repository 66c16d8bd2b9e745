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

// variable is one variable block and, after setAll, its value.
type variable struct {
	name        string
	rng         hcl.Range
	typ         cty.Type
	defaults    *typeexpr.Defaults // of optional() attributes
	def         cty.Value          // the default; cty.NilVal without one
	sensitive   bool
	nullable    bool
	validations []validation
	value       cty.Value
}

// validation is a condition that a variable's value must meet.
type validation struct {
	condition, message *lang.Expression
	rng                hcl.Range
}

// variables are the variable blocks of a stack, with their values.
type variables struct {
	scope     *lang.Scope
	byName    map[string]*variable
	given     map[string]cty.Value // values other than defaults
	sensitive map[string][]string  // Stack.Sensitive
}

func newVariables(s *lang.Scope, sensitive map[string][]string) *variables {
	return &variables{scope: s, byName: map[string]*variable{}, sensitive: sensitive}
}

// root resolves references to variables: var.NAME.
func (vs *variables) root() lang.Root {
	return lang.Root{Value: func(t hcl.Traversal, name string) (cty.Value, bool) {
		if v := vs.byName[name]; v != nil {
			return v.value, true
		}
		vs.scope.Report.UnknownName(t, "variable", name, lang.NamesLike(vs.byName, name), "To declare it, add: variable \""+name+"\" {}.")
		return cty.NilVal, false
	}}
}

// environPrefix is the prefix of environment variables that set variables.
const environPrefix = "DDMON_VAR_"

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
	vs.scope.Report.CheckFields(b, variableType)

	if a := b.Body.Attributes["type"]; a != nil {
		typ, defaults, diags := typeConstraint(a.Expr)
		vs.scope.Report.AddHCL(diags)
		if !diags.HasErrors() {
			v.typ, v.defaults = typ, defaults
		}
	}
	checkDescription(vs.scope.Report, b)
	v.sensitive = constantFlag(vs.scope.Report, b, variableType.Attribute("sensitive"))
	v.nullable = constantFlag(vs.scope.Report, b, variableType.Attribute("nullable"))
	if a := b.Body.Attributes["default"]; a != nil {
		value, ok := lang.Constant(a.Expr, vs.scope.Report)
		def := cty.DynamicVal
		if ok {
			def = vs.converted(v, value, a.Expr.Range(), "The default")
		}
		v.def = def // set last: converted replaces null by the default, and a null default must not replace itself
	}
	for _, inner := range b.Body.Blocks {
		if inner.Type == "validation" {
			vs.declareValidation(v, inner)
		}
	}
}

// typeConstraint returns the type that an expression names. Terraform reads list, map and set without an argument as
// collections of anything.
func typeConstraint(e hcl.Expression) (cty.Type, *typeexpr.Defaults, hcl.Diagnostics) {
	switch hcl.ExprAsKeyword(e) {
	case "list":
		return cty.List(cty.DynamicPseudoType), nil, nil
	case "set":
		return cty.Set(cty.DynamicPseudoType), nil, nil
	case "map":
		return cty.Map(cty.DynamicPseudoType), nil, nil
	}
	typ, defaults, diags := typeexpr.TypeConstraintWithDefaults(e)
	if _, isQuoted := e.(*hclsyntax.TemplateExpr); isQuoted {
		for _, d := range diags {
			d.Detail = "Remove the quotes, as in type = string or type = list(string)."
		}
	}
	return typ, defaults, diags
}

func (vs *variables) declareValidation(v *variable, b *hclsyntax.Block) {
	vs.scope.Report.CheckFields(b, validationType)
	condition, message := b.Body.Attributes["condition"], b.Body.Attributes["error_message"]
	if condition == nil || message == nil {
		vs.scope.Report.Error("missing_field", "Incomplete validation block", "A validation block needs condition and error_message.", b.DefRange())
		return
	}
	v.validations = append(v.validations, validation{
		condition: lang.NewExpression(condition.Expr, nil),
		message:   lang.NewExpression(message.Expr, nil),
		rng:       condition.Expr.Range(),
	})
}

// converted converts a value to the variable's type. If the variable is not nullable, null becomes the default.
func (vs *variables) converted(v *variable, value cty.Value, at hcl.Range, what string) cty.Value {
	if value.IsNull() && !v.nullable {
		if v.def == cty.NilVal {
			vs.scope.Report.Error("invalid_variable", "Variable must not be null", fmt.Sprintf("%s of variable %q is null, but the variable has nullable = false. "+
				"Set a value.", what, v.name), at)
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
		fault = vs.scope.Report.Meter.CheckValue(out) // a string can have become a number
	}
	if fault != nil {
		fault.Range = &at
		vs.scope.Report.Limit(fault)
		return cty.DynamicVal
	}
	if err != nil {
		vs.scope.Report.Error("invalid_variable", "Invalid variable type", fmt.Sprintf("%s of variable %q must be of type %s: %s.",
			what, v.name, typeexpr.TypeString(v.typ), err), at)
		return cty.DynamicVal
	}
	return out
}

// setAll sets each variable to the given value or its default.
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
			vs.scope.Report.Error("missing_variable", "Missing variable value", fmt.Sprintf("Variable %q has no default. Set it with --var %s=VALUE, "+
				"with the environment variable %s%s, or with %s = VALUE in a --var-file or *.auto.vars.hcl file.",
				name, name, environPrefix, name, name), v.rng)
			value = cty.DynamicVal
		}
		vs.set(v, value)
	}
	vs.validate()
}

// anySensitive reports whether any variable is sensitive.
func (vs *variables) anySensitive() bool {
	for _, v := range vs.byName {
		if v.sensitive {
			return true
		}
	}
	return false
}

// set sets the variable's value, marks it if it is sensitive, and records the strings to hide.
func (vs *variables) set(v *variable, value cty.Value) {
	if v.sensitive {
		var texts []string
		value, texts = vs.scope.Secrets.Mark(value, v.name, v.rng)
		vs.sensitive[v.name] = append(vs.sensitive[v.name], texts...)
	}
	v.value = value
}

func (vs *variables) undeclared(name string) string {
	return fmt.Sprintf("Variable %q is not declared.%s To declare it, add: variable %q {}.",
		name, diag.DidYouMean(name, lang.NamesLike(vs.byName, name)), name)
}

// validate checks the conditions of all variables. All variables must have their values.
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
		vs.scope.Report.Error("invalid_value", "Condition must be true or false", fmt.Sprintf("The condition of variable %q does not evaluate to true or false.", v.name), check.rng)
		return
	}
	if truth.True() {
		return
	}
	detail := "The value does not meet the condition."
	if message, ok := vs.scope.Value(check.message, nil); ok {
		// A message computed from a sensitive value would reveal it.
		if message.Type() == cty.String && message.IsKnown() && !message.IsNull() && !message.ContainsMarked() {
			detail = message.AsString()
		}
	}
	vs.scope.Report.Error("invalid_variable", "Invalid value for variable", fmt.Sprintf("Variable %q: %s", v.name, detail), check.rng)
}
