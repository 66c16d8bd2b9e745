package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// terraformKinds are the kinds of the resources of Datadog's Terraform provider.
var terraformKinds = map[string]string{
	"datadog_monitor":                 "monitor",
	"datadog_monitor_json":            "monitor",
	"datadog_dashboard":               "dashboard",
	"datadog_dashboard_json":          "dashboard",
	"datadog_timeboard":               "dashboard",
	"datadog_screenboard":             "dashboard",
	"datadog_service_level_objective": "slo",
	"datadog_downtime":                "downtime",
	"datadog_downtime_schedule":       "downtime",
}

// terraformAdvice says what to write instead of a top-level block that only Terraform has, or "".
func terraformAdvice(b *hclsyntax.Block) string {
	switch b.Type {
	case "resource":
		if len(b.Labels) != 2 || terraformKinds[b.Labels[0]] == "" {
			return "It manages monitors, dashboards, SLOs and downtimes. Write: monitor \"queue_depth\" { ... }"
		}
		return fmt.Sprintf("Write: %s %q { ... }", terraformKinds[b.Labels[0]], b.Labels[1])
	case "provider", "terraform":
		return "Remove it. DD_SITE and the keys select the Datadog account, and ddmon has no state."
	case "output":
		return "Remove it. Blocks of the same stack refer to each other, such as monitor.NAME.id."
	case "data":
		return "Use a variable, or file() and csvdecode(), for values from outside of the stack."
	}
	return ""
}
