package kind

import "encoding/json"

// Pages of Datadog's documentation that several fields share.
const (
	docAPI       = "https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor"
	docConfigure = "https://docs.datadoghq.com/monitors/configuration/"
	docNotify    = "https://docs.datadoghq.com/monitors/notify/"
	docOptions   = "https://docs.datadoghq.com/monitors/guide/monitor_api_options/"
	docRecovery  = "https://docs.datadoghq.com/monitors/guide/recovery-thresholds/"
	docNoData    = "https://docs.datadoghq.com/monitors/configuration/#no-data"
	docCheck     = "https://docs.datadoghq.com/monitors/types/service_check/"
	docRestrict  = "https://docs.datadoghq.com/api/latest/restriction-policies/"
	docDowntime  = "https://docs.datadoghq.com/monitors/downtimes/"
	docSchedule  = "https://docs.datadoghq.com/monitors/guide/custom_schedules/"
	docAnomaly   = "https://docs.datadoghq.com/monitors/types/anomaly/"
	docSynthetic = "https://docs.datadoghq.com/synthetics/"
)

// number is shorthand for the overlay.
func number(s string) json.Number { return json.Number(s) }

// monitorOverlay is what is known of monitors beside the OpenAPI file.
func monitorOverlay() overlay {
	return overlay{
		added: monitorAdded,
		fields: append(append(monitorFacts(), monitorOptionFacts()...),
			monitorPartFacts()...),
		values: []valueFact{
			{
				schema:     "MonitorType",
				more:       []string{"datadog-usage alert"},             // KEN monitor.rb ON_MISSING_DATA_UNSUPPORTED_TYPES
				equivalent: [][]string{{"metric alert", "query alert"}}, // FINDINGS monitors 4; TF
			},
		},
	}
}

// monitorAdded are keys of recorded responses, and of requests that were accepted, that the file does not have.
const monitorAdded = `
# FINDINGS monitors 1: in every response of 2026
object Monitor
 created_at integer readonly
 org_id integer readonly
 overall_state_modified string nullable readonly
 restriction_policy MonitorRestrictionPolicy nullable
# FINDINGS monitors 1: 8 of 237, accounts with a feature flag
 restricted bool readonly
 run_as any nullable readonly
# TF: fields to ignore
 modified_at string readonly
 url string readonly
# FINDINGS monitors 3: accepted and ignored
 classification string readonly

# DOC restriction policies
object MonitorRestrictionPolicy
 bindings []MonitorRestrictionBinding
object MonitorRestrictionBinding
 principals []string required
 relation string required

# FINDINGS monitors 3: what a response adds to an asset
object MonitorAsset
 monitor_id integer readonly
 template_variables {}any readonly
 options {}any readonly

# recorded requests of log monitors
object MonitorFormulaAndFunctionEventQueryDefinition
 storage string

# FINDINGS monitors 2: added for accounts with a feature flag
object MonitorOptions
 avalanche_window integer readonly
# TF #1516: in exports of the UI; the server drops them
 restriction_query any readonly
 queryConfig any readonly
object MonitorThresholds
 period any readonly
 timeAggregator any readonly
 comparison any readonly
`

// monitorFacts are the top-level fields.
func monitorFacts() []fact {
	return []fact{
		{schema: "Monitor", field: "type", ForceNew: true, Doc: docAPI, // FINDINGS monitors 4, 5
			Note: "What the monitor watches. \"metric alert\" and \"query alert\" are one type; any other change makes a new monitor."},
		{schema: "Monitor", field: "query", Query: true, Trim: true, Doc: docAPI, // FINDINGS monitors 3
			Note: "When to alert. The number after the comparison is the critical threshold. A composite's query names the ids of other monitors."},
		{schema: "Monitor", field: "name", Trim: true, Doc: docNotify, // DOC, TF: trimmed. FINDINGS monitors 3: never changed otherwise
			Note: "The title of the monitor and of its notifications. Template variables of the group may be used. Left out, Datadog makes one from the query."},
		{schema: "Monitor", field: "message", Trim: true, Default: "", Doc: docNotify, // FINDINGS monitors 2, 3
			Note: "The text of a notification. Whom it tells are the @handles in it; {{#is_alert}} and its like choose parts by status."},
		{schema: "Monitor", field: "tags", Set: true, Doc: "https://docs.datadoghq.com/getting_started/tagging/", // FINDINGS monitors 3 (order kept); KEN (order ignored)
			Note: "Tags of the monitor itself, to find it by; the order means nothing. The stack's tags and ddmon's marker are added."},
		{schema: "Monitor", field: "priority", Default: number("0"), Doc: docConfigure, // FINDINGS monitors 3: 0 becomes null
			Note: "1 (highest) to 5 (lowest). 0, null and absent all mean none."},
		{schema: "Monitor", field: "options", Doc: docOptions, // FINDINGS monitors 5
			Note: "How to evaluate and notify. An update replaces all options at once; those left out go back to their defaults."},
		{schema: "Monitor", field: "restricted_roles", Set: true, Unmanaged: true, Doc: docRestrict, // TF
			Note: "Roles that may edit the monitor. Left alone unless written. Datadog recommends restriction policies instead."},
		{schema: "Monitor", field: "restriction_policy", Unmanaged: true, Doc: docRestrict, // FINDINGS monitors 6: never in a get
			Note: "Who may see and edit the monitor. Left alone unless written; Datadog does not give it back in a list."},
		{schema: "MonitorRestrictionPolicy", field: "bindings", Set: true, Doc: docRestrict},
		{schema: "MonitorRestrictionBinding", field: "principals", Set: true, Doc: docRestrict},
		{schema: "Monitor", field: "draft_status", Default: "published", Unmanaged: true, Doc: docAPI, // FINDINGS monitors 2; TF
			Note: "A \"draft\" notifies no one. Left alone unless written."},
		{schema: "Monitor", field: "assets", Unmanaged: true, Doc: docAPI, // FINDINGS monitors 2, 6: a list does not give them back
			Note: "Links to runbooks and notebooks shown on the monitor. Left alone unless written."},
		// TF resource_datadog_monitor_json.go, fields to ignore; FINDINGS monitors 1, 6
		{schema: "Monitor", field: "id", ReadOnly: true, Volatile: true, Doc: docAPI, Note: "Given by Datadog; monitor.NAME.id refers to it."},
		{schema: "Monitor", field: "created", ReadOnly: true, Doc: docAPI, Note: "When the monitor was made."},
		{schema: "Monitor", field: "created_at", ReadOnly: true, Doc: docAPI, Note: "When the monitor was made, in milliseconds since 1970."},
		{schema: "Monitor", field: "creator", ReadOnly: true, Doc: docAPI, Note: "Who made the monitor."},
		{schema: "Monitor", field: "deleted", ReadOnly: true, Doc: docAPI, Note: "Always null."},
		{schema: "Monitor", field: "matching_downtimes", ReadOnly: true, Doc: docDowntime, Note: "Active downtimes that cover the monitor."},
		{schema: "Monitor", field: "modified", ReadOnly: true, Doc: docAPI, Note: "When the monitor was last edited."},
		{schema: "Monitor", field: "modified_at", ReadOnly: true, Doc: docAPI, Note: "When the monitor was last edited."},
		{schema: "Monitor", field: "multi", ReadOnly: true, Doc: docConfigure, Note: "Whether the query has groups; Datadog reads it off the query."},
		{schema: "Monitor", field: "org_id", ReadOnly: true, Doc: docAPI, Note: "The organization the monitor is in."},
		{schema: "Monitor", field: "overall_state", ReadOnly: true, Doc: docAPI, Note: "The monitor's status now."},
		{schema: "Monitor", field: "overall_state_modified", ReadOnly: true, Doc: docAPI, Note: "When the status last changed."},
		{schema: "Monitor", field: "restricted", ReadOnly: true, Doc: docRestrict, Note: "Whether access is restricted."},
		{schema: "Monitor", field: "run_as", ReadOnly: true, Doc: docAPI, Note: "On whose behalf the monitor queries."},
		{schema: "Monitor", field: "classification", ReadOnly: true, Doc: docAPI, Note: "In exports; Datadog takes it and drops it."},
		{schema: "Monitor", field: "state", ReadOnly: true, Doc: docAPI, Note: "The status of each group."},
		{schema: "Monitor", field: "url", ReadOnly: true, Doc: docAPI, Note: "The monitor's page."},
	}
}

// monitorPartFacts are the objects inside a monitor.
func monitorPartFacts() []fact {
	const t = "MonitorThresholds"
	facts := []fact{
		{schema: t, field: "critical", Doc: docConfigure, Note: "Left out, it is the number in the query; written, it has to equal it."},
		{schema: t, field: "critical_recovery", Nullable: true, Doc: docRecovery, Note: "The value at which an alert recovers; on the safe side of critical."},
		{schema: t, field: "warning", Nullable: true, Doc: docConfigure, Note: "The value at which to warn; reached before critical."},
		{schema: t, field: "warning_recovery", Nullable: true, Doc: docRecovery, Note: "The value at which a warning recovers; on the safe side of warning."},
		{schema: t, field: "ok", Nullable: true, Doc: docCheck, Note: "Service checks only: how many good results in a row recover."},
		{schema: t, field: "unknown", Nullable: true, Doc: docCheck, Note: "Service checks only: how many unknown results in a row make the status unknown."},
		// FINDINGS monitors 3
		{schema: "MonitorAsset", field: "monitor_id", ReadOnly: true, Volatile: true},
		{schema: "MonitorAsset", field: "resource_key", Nullable: true},
		{schema: "MonitorAsset", field: "resource_type", Nullable: true},
		{schema: "MonitorThresholdWindowOptions", field: "trigger_window", Doc: docAnomaly, Note: "How long a metric has to be anomalous to alert; equals alert_window in the query."},
		{schema: "MonitorThresholdWindowOptions", field: "recovery_window", Doc: docAnomaly, Note: "How long a metric has to be normal to recover."},
		{schema: "MonitorOptionsSchedulingOptions", field: "custom_schedule", Doc: docSchedule, Note: "Evaluate only at these times. It cannot be taken away once it is set."},
		{schema: "MonitorOptionsSchedulingOptions", field: "evaluation_window", Doc: docConfigure, Note: "Where a cumulative window (current_1d and so on) begins."},
	}
	for _, schema := range []string{"MonitorFormulaAndFunctionCostQueryDefinition", "MonitorFormulaAndFunctionMetricsQueryDefinition", "MonitorFormulaAndFunctionEventQueryDefinitionSearch"} {
		facts = append(facts, fact{schema: schema, field: "query", Query: true, Doc: docAPI})
	}
	return facts
}
