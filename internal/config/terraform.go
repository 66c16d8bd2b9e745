package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/kind"
)

// terraformAdvice says what to write instead of a top-level block that only Terraform has, or "".
func terraformAdvice(b *hclsyntax.Block) string {
	switch b.Type {
	case "resource":
		for _, k := range kind.All() {
			if len(b.Labels) == 2 && slices.Contains(k.Terraform, b.Labels[0]) {
				return fmt.Sprintf("Write: %s %q { ... }", k.Name, b.Labels[1])
			}
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
