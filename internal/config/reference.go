package config

import (
	_ "embed"

	"ddmon/internal/guidefile"
	"ddmon/internal/kind"
	"ddmon/internal/lang"
)

// Language describes the language of the files to users. Tests compare it with the code.
//
//go:embed language.txt
var Language string

// Blocks describes the blocks of configuration files to users, except for the fields of objects, which package kind
// describes.
func Blocks() []*lang.BlockType {
	var all []*lang.BlockType
	for _, b := range []*lang.BlockType{stackType, variableType, localsType, metricType, lifecycleType, dynamicType} {
		all = append(all, b.All()...)
	}
	return append(all, guidefile.Blocks()...)
}

var stackType = &lang.BlockType{
	Name: "stack", Label: "name",
	Text: "The stack block names the stack. A folder has exactly one. ddmon manages only objects that carry the stack's name in their ownership marker.",
	Example: `stack "sock-shop" {
  tags = ["team:orders"]
}
`,
	Attributes: []lang.AttributeType{
		{Name: "tags", Type: lang.TextsType, Example: `["team:orders"]`, Default: []string{},
			Text: "Tags that are added to every monitor and SLO of the stack. They cannot depend on ids or sensitive values."},
	},
}

var variableType = &lang.BlockType{
	Name: "variable", Label: "name",
	Text: "A variable is an input of the stack; var.NAME is its value. Values come from DDMON_VAR_NAME, *.auto.vars.hcl, --var-file and --var; later ones win. " +
		"Tests can set variables too.",
	Example: `variable "notify" {
  type        = list(string)
  default     = ["@slack-orders"]
  description = "Recipients of alerts."
  validation {
    condition     = length(var.notify) > 0
    error_message = "Someone must be notified."
  }
}
`,
	Attributes: []lang.AttributeType{
		{Name: "type", Type: "type", Example: `list(string)`, Unset: "any type",
			Text: "string, number, bool, any, list(...), set(...), map(...), tuple([...]) or object({ ... }), in which optional(TYPE, DEFAULT) can be left out. " +
				"Values are converted to it."},
		{Name: "default", Type: lang.AnyType, Example: `["@slack-orders"]`, Unset: "a value must be given",
			Text: "Value if no other is given, a constant."},
		{Name: "description", Type: lang.TextType, Example: `"Recipients of alerts."`, Unset: "no description", Text: "What the variable is for."},
		{Name: "sensitive", Type: lang.FlagType, Example: `true`, Default: false,
			Text: "The value, and what is computed from it, is hidden in all output."},
		{Name: "nullable", Type: lang.FlagType, Example: `false`, Default: true,
			Text: "The value can be null. Otherwise null means the default."},
	},
	Blocks: []lang.NestedType{{BlockType: validationType, Repeated: true}},
}

var validationType = &lang.BlockType{
	Name: "validation",
	Text: "A validation block is a condition that the value of its variable must meet.",
	Example: `validation {
  condition     = length(var.notify) > 0
  error_message = "Someone must be notified."
}
`,
	Attributes: []lang.AttributeType{
		{Name: "condition", Type: "expression", Required: true, Example: `length(var.notify) > 0`, Text: "Expression that is true for valid values. It can use all variables."},
		{Name: "error_message", Type: "expression", Required: true, Example: `"Someone must be notified."`, Text: "String that explains a value that is not valid. It is not shown if it is sensitive."},
	},
}

var localsType = &lang.BlockType{
	Name: "locals",
	Text: "A locals block names values; local.NAME is the value of NAME. There can be any number of locals blocks.",
	Example: `locals {
  queues = ["orders", "returns"]
}
`,
	Named: &lang.AttributeType{Name: "NAME", Type: lang.AnyType, Example: `["orders", "returns"]`, Text: "Value of local.NAME. Any name is allowed."},
}

var metricType = &lang.BlockType{
	Name: "metric", Label: "metric",
	Text: "A metric block declares facts about the metric METRIC, such as one that your services send. lint uses them, and they override what ddmon knows.",
	Example: `metric "orders.queue.depth" {
  type      = "gauge"
  unit      = "message"
  interval  = "15s"
  tags      = ["queue"]
  when_gone = "ends"
}
`,
	Attributes: []lang.AttributeType{
		{Name: "type", Type: lang.TextType, Required: true, Example: `"gauge"`, Values: []string{"gauge", "count", "rate", "distribution"}, Text: "Type of the metric."},
		{Name: "unit", Type: lang.TextType, Example: `"message"`, Unset: "unknown", Text: "Datadog's name of the unit."},
		{Name: "interval", Type: lang.DurationType, Example: `"15s"`, Unset: "unknown", Text: "Time between two points of a series, at least 1s."},
		{Name: "tags", Type: lang.TextsType, Example: `["queue"]`, Unset: "unknown", Text: "Keys of the tags that every series has."},
		{Name: "when_gone", Type: lang.TextType, Example: `"ends"`, Values: []string{"zero", "ends"}, Unset: "unknown",
			Text: "What a series does when what it measures disappears: it goes to zero, or it ends."},
	},
}

var lifecycleType = &lang.BlockType{
	Name: "lifecycle",
	Text: "A lifecycle block, in the block of an object, limits what apply does with the object. All instances of a for_each share it.",
	Example: `lifecycle {
  prevent_destroy = true
  ignore_changes  = [message, options.thresholds]
}
`,
	Attributes: []lang.AttributeType{
		{Name: "prevent_destroy", Type: lang.FlagType, Example: `true`, Default: false,
			Text: "Deleting or replacing the object is an error. This is stored on the object, so it also applies after its block was removed. A literal."},
		{Name: "ignore_changes", Type: "list of fields", Example: `[message, options.thresholds]`, Default: []string{},
			Text: "Fields whose values in Datadog are kept. A field is a path such as options.thresholds, as a reference or as a string."},
	},
}

var dynamicType = &lang.BlockType{
	Name: "dynamic", Label: "type",
	Text: "A dynamic block, in the block of an object, generates a block of the type TYPE for each element of a collection.",
	Example: `dynamic "widget" {
  for_each = ["orders", "returns"]
  labels   = ["note"]
  content {
    content = widget.value
  }
}
`,
	Attributes: []lang.AttributeType{
		{Name: "for_each", Type: "list, set, map or object", Required: true, Example: `["orders", "returns"]`, Text: "Collection with one element for each block."},
		{Name: "iterator", Type: "name", Example: `queue`, Unset: "the type of the generated blocks",
			Text: "Name, without quotes, by which content refers to the element: NAME.key and NAME.value."},
		{Name: "labels", Type: lang.TextsType, Example: `["note"]`, Unset: "the generated blocks have no label",
			Text: "Label of the generated blocks, as a list of one expression. Required for blocks that have a label. A widget's type must be a literal."},
	},
	Blocks: []lang.NestedType{{BlockType: contentType, Required: true}},
}

var contentType = &lang.BlockType{
	Name: "content",
	Text: "A content block has the attributes and blocks of each block that its dynamic block generates.",
	Example: `content {
  content = "Queues"
}
`,
	Named: &lang.AttributeType{Name: "FIELD", Type: lang.AnyType, Example: `"Queues"`, Text: "Any attribute or block of the generated blocks."},
}

// ObjectBlock describes what ddmon adds to the fields of a kind of object.
func ObjectBlock(k *kind.Kind) *lang.BlockType {
	if len(k.WidgetTypes()) > 0 {
		return dashboardType
	}
	return objectType
}

// objectArguments are the attributes of an object's block that are not fields of the API.
var objectArguments = []lang.AttributeType{
	{Name: "for_each", Type: "map, object or set of string", Example: `{ orders = 50, returns = 200 }`, Unset: "a single object",
		Text: "Creates an object for each element: each.key is its key, each.value its value. Its address is " + `KIND.NAME["KEY"].`},
	{Name: jsonField, Type: lang.ObjectType, Example: `jsondecode("{}")`, Unset: "only the fields of the block",
		Text: `Whole object in the format of Datadog's API, such as jsondecode(file("exported.json")). Fields of the block override it.`},
}

var objectType = &lang.BlockType{
	Name:       "object",
	Attributes: objectArguments,
	Blocks:     []lang.NestedType{{BlockType: lifecycleType}, {BlockType: dynamicType, Repeated: true}},
}

var dashboardType = &lang.BlockType{
	Name:       "object",
	Attributes: objectArguments,
	Blocks: append(objectType.Blocks[:2:2],
		lang.NestedType{BlockType: &lang.BlockType{Name: "group", Label: "title", Text: "A group of widgets, with the fields of the widget type group and a widget block for each widget in it."}, Repeated: true},
		lang.NestedType{BlockType: &lang.BlockType{Name: "template_variable", Label: "name", Text: "An element of template_variables, whose name is the label."}, Repeated: true},
		lang.NestedType{BlockType: &lang.BlockType{Name: "template_variable_preset", Label: "name", Text: "An element of template_variable_presets, whose name is the label."}, Repeated: true},
		lang.NestedType{BlockType: &lang.BlockType{Name: "widget", Label: "type", Text: "A widget of the type TYPE, with the fields of its definition and a block layout. See `ddmon schema widget TYPE`."}, Repeated: true},
	),
}
