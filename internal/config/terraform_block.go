package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/kind"
	"ddmon/internal/suggest"
)

// Datadog's Terraform provider names the elements of a list in the singular (request, query, custom_link), and nests
// blocks that the API does not have (query { metric_query { ... } }).

// terraformSlot reports a block with a name of Datadog's Terraform provider, and what to write instead of it and of the
// blocks in it. It returns the slot of the field that the block sets, without its content, so that nothing else is
// reported; nil if the name is not one of the provider's. Further blocks of a name that is in seen are not reported.
func (c *compiler) terraformSlot(t *kind.Type, body *hclsyntax.Body, name string, at hcl.Range, seen map[string]bool) *slot {
	field := apiName(t, name)
	if field == "" || field == name {
		return nil
	}
	if !seen[name] {
		seen[name] = true
		c.report.Error("unknown_field", "Block of Datadog's Terraform provider", fmt.Sprintf("%q is named %q in Datadog's API and in ddmon. Write: %s",
			name, field, inAPI(t, name, firstBlock(body, name))), at)
	}
	return &slot{field: field, list: true, compile: func(content) node { return nil }}
}

// firstBlock returns the content of the first block of a name.
func firstBlock(body *hclsyntax.Body, name string) *hclsyntax.Body {
	for _, b := range body.Blocks {
		if named, inside := generated(b); named == name {
			return inside
		}
	}
	return &hclsyntax.Body{}
}

// generated returns the name and the content of a block, or of the blocks that a dynamic block generates.
func generated(b *hclsyntax.Block) (name string, inside *hclsyntax.Body) {
	if b.Type != "dynamic" || len(b.Labels) != 1 {
		return b.Type, b.Body
	}
	for _, in := range b.Body.Blocks {
		if in.Type == "content" {
			return b.Labels[0], in.Body
		}
	}
	return b.Labels[0], &hclsyntax.Body{}
}

// apiName returns the field of t that a block of the provider sets: the name itself, or its plural if that is a list of
// objects; "" if t has neither. requests is a single object in some widgets.
func apiName(t *kind.Type, name string) string {
	if len(fieldsOf(t, name)) > 0 {
		return name
	}
	plurals := []string{name + "s"}
	if stem, ok := strings.CutSuffix(name, "y"); ok {
		plurals = append(plurals, stem+"ies")
	}
	for _, plural := range plurals {
		for _, f := range fieldsOf(t, plural) {
			if f.Shape == kind.List && objectLike(f.Elem) || objectLike(f) && name == "request" {
				return plural
			}
		}
	}
	return ""
}

// fieldsOf returns the types of a field, one for each variant of t that has it.
func fieldsOf(t *kind.Type, name string) []*kind.Type {
	switch {
	case t == nil:
	case t.Shape == kind.Union:
		var all []*kind.Type
		for _, v := range t.Variants {
			all = append(all, fieldsOf(v, name)...)
		}
		return all
	case t.Shape == kind.List:
		return fieldsOf(t.Elem, name)
	case t.Shape == kind.Object && t.Fields[name] != nil:
		return []*kind.Type{t.Fields[name].Type}
	}
	return nil
}

// inAPI writes a block of the provider as ddmon has it: its name, and inside only what has another name than in the
// provider.
func inAPI(t *kind.Type, name string, body *hclsyntax.Body) string {
	field := apiName(t, name)
	var parts []string
	if types := fieldsOf(t, field); len(types) > 0 {
		parts = otherNames(types[0], body)
	}
	if len(parts) == 0 {
		parts = []string{"..."}
	}
	return field + " { " + strings.Join(parts, " ") + " }"
}

// otherNames writes the members of a body that are named otherwise in t than in the provider, each name once.
func otherNames(t *kind.Type, body *hclsyntax.Body) []string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(body.Attributes)) {
		if name == "formula_expression" && len(fieldsOf(t, name)) == 0 {
			parts = append(parts, "formula = ...")
		}
	}
	seen := map[string]bool{}
	for _, b := range body.Blocks {
		name, inside := generated(b)
		if seen[name] {
			continue
		}
		seen[name] = true
		switch field := apiName(t, name); {
		case field != "":
			text := inAPI(t, name, inside)
			if field != name || !strings.HasSuffix(text, " { ... }") {
				parts = append(parts, text)
			}
		case name == "metric_query" && inside.Attributes["data_source"] == nil:
			parts = append(parts, `data_source = "metrics" ...`)
		case strings.HasSuffix(name, "_query"): // its fields are those of the query
			parts = append(parts, "...")
		}
	}
	return parts
}

// terraformWidget says what to write instead of a widget block without a label that holds its type as a block, such as
// widget { timeseries_definition { ... } }; "" if it holds none.
func (c *compiler) terraformWidget(body *hclsyntax.Body) string {
	for _, b := range body.Blocks {
		widgetType, ok := strings.CutSuffix(b.Type, "_definition")
		if !ok {
			continue
		}
		block := fmt.Sprintf("widget %q", widgetType)
		t := c.kind.Widget(widgetType)
		switch {
		case widgetType == "group":
			block = `group "Title"`
		case t == nil:
			if meant := suggest.Closest(widgetType, c.kind.WidgetTypes()); meant != "" {
				block, t = fmt.Sprintf("widget %q", meant), c.kind.Widget(meant)
			}
		}
		parts := otherNames(t, b.Body)
		if len(parts) == 0 {
			parts = []string{"..."}
		}
		if layout := firstBlock(body, "widget_layout"); len(layout.Attributes) > 0 {
			parts = append(parts, "layout { ... }")
		}
		return block + " { " + strings.Join(parts, " ") + " }"
	}
	return ""
}
