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

// number is a shorthand for overlays.
func number(s string) json.Number { return json.Number(s) }

// monitorOverlay is the overlay for monitors.
func monitorOverlay() overlay {
	return overlay{
		added: monitorAdded,
		fields: append(append(monitorFacts(), monitorOptionFacts()...),
			monitorPartFacts()...),
		reads: []readFact{
			{schema: "Monitor", field: "type", Strict: true},                  // FINDINGS, error table
			{schema: "Monitor", field: "name", Generated: true},               // FINDINGS monitors 2
			{schema: "Monitor", field: "assets", ReadWith: "with_assets"},     // FINDINGS monitors 6: 199 of 199
			{schema: "Monitor", field: "restriction_policy", WriteOnly: true}, // FINDINGS monitors 6: in 0 of 285
		},
		values: []valueFact{
			{
				schema:     "MonitorType",
				more:       []string{"datadog-usage alert"},             // KEN monitor.rb ON_MISSING_DATA_UNSUPPORTED_TYPES
				equivalent: [][]string{{"metric alert", "query alert"}}, // FINDINGS monitors 4; TF
			},
		},
	}
}

// monitorAdded has fields of recorded responses and accepted requests that are not in the OpenAPI file.
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

// monitorFacts describes the top-level fields of monitors.
func monitorFacts() []fact {
	return []fact{
		{schema: "Monitor", field: "type", ForceNew: true, Doc: docAPI, // FINDINGS monitors 4, 5
			Note: "The type of the monitor. \"metric alert\" and \"query alert\" are equivalent. Changing the type replaces the monitor."},
		{schema: "Monitor", field: "query", Query: true, Trim: true, Doc: docAPI, // FINDINGS monitors 3
			Note: "The condition for alerts. The number after the comparison is the critical threshold. A composite monitor's query refers to the ids of other monitors."},
		{schema: "Monitor", field: "name", Trim: true, Doc: docNotify, // DOC, TF: trimmed. FINDINGS monitors 3: never changed otherwise
			Note: "The title of the monitor and its notifications. It can contain template variables of the group. If unset, Datadog derives it from the query when it creates the monitor, and keeps it."},
		{schema: "Monitor", field: "message", Trim: true, Default: "", Doc: docNotify, // FINDINGS monitors 2, 3
			Note: "The message of notifications. Its @handles are the recipients; conditions such as {{#is_alert}} select parts by status."},
		{schema: "Monitor", field: "tags", Set: true, Doc: "https://docs.datadoghq.com/getting_started/tagging/", // FINDINGS monitors 3 (order kept); KEN (order ignored)
			Note: "Tags of the monitor itself, not of its query. The order does not matter. ddmon adds the stack's tags and its ownership marker."},
		{schema: "Monitor", field: "priority", Default: number("0"), Doc: docConfigure, // FINDINGS monitors 3: 0 becomes null
			Note: "1 (highest) to 5 (lowest). 0 and null mean no priority."},
		{schema: "Monitor", field: "options", Doc: docOptions, // FINDINGS monitors 5
			Note: "Options for evaluation and notification. An update replaces all options; options that are not set return to their defaults."},
		{schema: "Monitor", field: "restricted_roles", Set: true, Unmanaged: true, Doc: docRestrict, // TF
			Note: "Roles that can edit the monitor. ddmon does not change it unless it is set. Datadog recommends restriction policies instead."},
		{schema: "Monitor", field: "restriction_policy", Unmanaged: true, Doc: docRestrict, // FINDINGS monitors 6: never in a get
			Note: "Who can view and edit the monitor. ddmon does not change it unless it is set. Datadog does not return it, so ddmon cannot see changes made elsewhere."},
		{schema: "MonitorRestrictionPolicy", field: "bindings", Set: true, Doc: docRestrict},
		{schema: "MonitorRestrictionBinding", field: "principals", Set: true, Doc: docRestrict},
		{schema: "Monitor", field: "draft_status", Default: "published", Unmanaged: true, Doc: docAPI, // FINDINGS monitors 2; TF
			Note: "A \"draft\" monitor notifies no one. ddmon does not change it unless it is set."},
		{schema: "Monitor", field: "assets", Unmanaged: true, Doc: docAPI, // FINDINGS monitors 2, 6: lists do not have them
			Note: "Links to runbooks and notebooks on the monitor's page. ddmon does not change it unless it is set."},
		// TF resource_datadog_monitor_json.go, fields to ignore; FINDINGS monitors 1, 6
		{schema: "Monitor", field: "id", ReadOnly: true, Volatile: true, Doc: docAPI, Note: "Assigned by Datadog. Use monitor.NAME.id to refer to it."},
		{schema: "Monitor", field: "created", ReadOnly: true, Doc: docAPI, Note: "When the monitor was created."},
		{schema: "Monitor", field: "created_at", ReadOnly: true, Doc: docAPI, Note: "When the monitor was created, in milliseconds since 1970."},
		{schema: "Monitor", field: "creator", ReadOnly: true, Doc: docAPI, Note: "The user who created the monitor."},
		{schema: "Monitor", field: "deleted", ReadOnly: true, Doc: docAPI, Note: "Always null."},
		{schema: "Monitor", field: "matching_downtimes", ReadOnly: true, Doc: docDowntime, Note: "Active downtimes that mute the monitor."},
		{schema: "Monitor", field: "modified", ReadOnly: true, Doc: docAPI, Note: "When the monitor was last edited."},
		{schema: "Monitor", field: "modified_at", ReadOnly: true, Doc: docAPI, Note: "When the monitor was last edited."},
		{schema: "Monitor", field: "multi", ReadOnly: true, Doc: docConfigure, Note: "Whether the monitor is a multi alert; Datadog derives it from the query."},
		{schema: "Monitor", field: "org_id", ReadOnly: true, Doc: docAPI, Note: "The organization of the monitor."},
		{schema: "Monitor", field: "overall_state", ReadOnly: true, Doc: docAPI, Note: "The current status of the monitor."},
		{schema: "Monitor", field: "overall_state_modified", ReadOnly: true, Doc: docAPI, Note: "When the status last changed."},
		{schema: "Monitor", field: "restricted", ReadOnly: true, Doc: docRestrict, Note: "Whether access is restricted."},
		{schema: "Monitor", field: "run_as", ReadOnly: true, Doc: docAPI, Note: "The account that the monitor's queries run as."},
		{schema: "Monitor", field: "classification", ReadOnly: true, Doc: docAPI, Note: "Only in exports; Datadog ignores it."},
		{schema: "Monitor", field: "state", ReadOnly: true, Doc: docAPI, Note: "The status of each group."},
		{schema: "Monitor", field: "url", ReadOnly: true, Doc: docAPI, Note: "The URL of the monitor."},
	}
}

// monitorPartFacts describes the objects inside a monitor, except for its options.
func monitorPartFacts() []fact {
	const t = "MonitorThresholds"
	facts := []fact{
		{schema: t, field: "critical", Doc: docConfigure, Note: "The critical threshold. If unset, it is the number in the query; if set, it must equal that number."},
		{schema: t, field: "critical_recovery", Nullable: true, Doc: docRecovery, Note: "The value at which an alert recovers, on the OK side of critical."},
		{schema: t, field: "warning", Nullable: true, Doc: docConfigure, Note: "The warning threshold, reached before critical."},
		{schema: t, field: "warning_recovery", Nullable: true, Doc: docRecovery, Note: "The value at which a warning recovers, on the OK side of warning."},
		{schema: t, field: "ok", Nullable: true, Doc: docCheck, Note: "Service checks only: the number of consecutive OK results after which the monitor recovers."},
		{schema: t, field: "unknown", Nullable: true, Doc: docCheck, Note: "Service checks only: the number of consecutive unknown results after which the status is unknown."},
		// FINDINGS monitors 3
		{schema: "MonitorAsset", field: "monitor_id", ReadOnly: true, Volatile: true},
		{schema: "MonitorAsset", field: "resource_key", Nullable: true},
		{schema: "MonitorAsset", field: "resource_type", Nullable: true},
		{schema: "MonitorThresholdWindowOptions", field: "trigger_window", Doc: docAnomaly, Note: "How long a metric must be anomalous to alert. It must equal alert_window in the query."},
		{schema: "MonitorThresholdWindowOptions", field: "recovery_window", Doc: docAnomaly, Note: "How long a metric must be normal to recover."},
		{schema: "MonitorOptionsSchedulingOptions", field: "custom_schedule", Doc: docSchedule, Note: "The times at which the monitor is evaluated. It cannot be removed from a monitor."},
		{schema: "MonitorOptionsSchedulingOptions", field: "evaluation_window", Doc: docConfigure, Note: "When a cumulative window (such as current_1d) starts."},
	}
	for _, schema := range []string{"MonitorFormulaAndFunctionCostQueryDefinition", "MonitorFormulaAndFunctionMetricsQueryDefinition", "MonitorFormulaAndFunctionEventQueryDefinitionSearch"} {
		facts = append(facts, fact{schema: schema, field: "query", Query: true, Doc: docAPI})
	}
	return facts
}
