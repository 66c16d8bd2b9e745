package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/kind"
)

// terraformNames says what to write instead of names that exist only in Terraform.
var terraformNames = map[string]string{
	"each":      "each exists only in a block with for_each. Add for_each, or write the value itself.",
	"count":     "ddmon does not support count. Use for_each with a map or a set, and each.key.",
	"self":      "ddmon does not support self. Put the shared value into locals.",
	"data":      "ddmon does not support data sources. Write the value, or use a variable.",
	"module":    "This version of ddmon does not support modules.",
	"terraform": "ddmon does not support terraform. Use a variable for what depends on the environment.",
}

// terraformAdvice says what to write instead of a top-level block that only Terraform has, or "".
func terraformAdvice(b *hclsyntax.Block) string {
	switch b.Type {
	case "resource":
		for _, k := range kind.All() {
			if len(b.Labels) == 2 && slices.Contains(k.Terraform, b.Labels[0]) {
				return fmt.Sprintf("Write: %s %q { ... }", k.Name, b.Labels[1])
			}
		}
		if len(b.Labels) == 2 && strings.HasPrefix(b.Labels[0], "datadog_") {
			return fmt.Sprintf("ddmon does not manage %s. It manages monitors, dashboards, SLOs and downtimes.", b.Labels[0])
		}
		return "It manages monitors, dashboards, SLOs and downtimes. Write: monitor \"queue_depth\" { ... }"
	case "provider", "terraform":
		return "Remove it. DD_SITE and the keys select the Datadog account, and ddmon has no state."
	case "output":
		return "Remove it. Blocks of the same stack refer to each other, such as monitor.NAME.id."
	case "data":
		return "Use a variable, or file() and csvdecode(), for values from outside of the stack."
	}
	return ""
}

// terraformReferences says what to write instead of names that exist only in Terraform, such as data and
// datadog_monitor.
func terraformReferences() map[string]string {
	advice := maps.Clone(terraformNames)
	for _, k := range kind.All() {
		for _, resource := range k.Terraform {
			advice[resource] = fmt.Sprintf("%s is a resource of Datadog's Terraform provider. Write: %s.NAME", resource, k.Name)
		}
	}
	return advice
}
