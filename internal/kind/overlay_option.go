package kind

// monitorOptionFacts describes the options of monitors. Unless noted otherwise, the sources of defaults are FINDINGS
// monitors 2 and KEN monitor.rb, MONITOR_OPTION_DEFAULTS.
func monitorOptionFacts() []fact {
	const o = "MonitorOptions"
	return []fact{
		{schema: "MonitorOptions", field: "restriction_query", ReadOnly: true, Doc: docOptions, Note: "Only in exports; Datadog ignores it."},
		{schema: "MonitorOptions", field: "queryConfig", ReadOnly: true, Doc: docOptions, Note: "Only in exports; Datadog ignores it."},
		{schema: o, field: "thresholds", Doc: docConfigure,
			Note: "The values at which the status changes. critical is optional: it is the number in the query."},
		{schema: o, field: "threshold_windows", Nullable: true, Doc: docAnomaly, // FINDINGS monitors 3: null is kept
			Note: "Anomaly monitors only: how long a metric must be anomalous to alert and normal to recover."},
		{schema: o, field: "notify_audit", Default: false, Doc: docNotify,
			Note: "Whether to notify the recipients in the message when the monitor is changed."},
		{schema: o, field: "include_tags", Default: true, Doc: docNotify,
			Note: "Whether notification titles start with the tags of the group."},
		{schema: o, field: "new_host_delay", Default: number("300"), Use: "new_group_delay", Doc: docConfigure,
			Note: "Seconds before the evaluation of a new host starts. Cannot be combined with new_group_delay."},
		{schema: o, field: "new_group_delay", Doc: docConfigure,
			Note: "Seconds before the evaluation of a new group starts. Only for queries with groups; it replaces new_host_delay."},
		{schema: o, field: "notify_no_data", Default: false, Doc: docNoData,
			Note: "Whether to notify on missing data. Cannot be combined with on_missing_data, which has more choices."},
		{schema: o, field: "no_data_timeframe", Doc: docNoData,
			Note: "Minutes without data before notify_no_data notifies, at least twice the evaluation window."},
		{schema: o, field: "on_missing_data", Doc: docNoData,
			Note: "How to treat missing data. \"default\" evaluates counts as zero and keeps the last status for everything else."},
		{schema: o, field: "timeout_h", Default: number("0"), Doc: docConfigure,
			Note: "Hours without data before an alert resolves, 0 to 24; 0 means never."},
		{schema: o, field: "require_full_window", Default: false, Doc: docConfigure, // DOC; FINDINGS monitors 2: never added
			Note: "Whether the whole evaluation window needs data. Metric monitors only; use false for sparse metrics."},
		{schema: o, field: "renotify_interval", Default: number("0"), Numeric: true, Doc: docNotify, // a shipped monitor has "0"
			Note: "Minutes between renotifications while the status does not change; 0 means never."},
		{schema: o, field: "renotify_statuses", Set: true, Doc: docNotify,
			Note: "The statuses that renotify. If unset: alert and no data."},
		{schema: o, field: "renotify_occurrences", Doc: docNotify,
			Note: "The maximum number of renotifications."},
		{schema: o, field: "escalation_message", Default: "", Trim: true, Doc: docNotify,
			Note: "The message of renotifications. {{#is_renotify}} in the message has the same effect."},
		{schema: o, field: "evaluation_delay", Default: number("0"), Doc: docConfigure,
			Note: "Seconds to wait for late data before the evaluation. Datadog recommends 900 for cloud metrics."},
		{schema: o, field: "notify_by", Set: true, Doc: docNotify,
			Note: "The tags by which notifications are grouped, a subset of the query's groups; [\"*\"] sends one for all groups."},
		{schema: o, field: "group_retention_duration", Doc: docConfigure,
			Note: "How long to keep a group without data, 1h to 72h. Only for monitors on events (logs, traces, RUM, ...)."},
		{schema: o, field: "groupby_simple_monitor", Default: false, Use: "notify_by", Doc: docOptions,
			Note: "Whether a log monitor with groups sends one notification for all groups."},
		{schema: o, field: "enable_logs_sample", Default: false, Doc: docNotify, // KEN
			Note: "Whether notifications include samples of the logs. Log monitors only."},
		{schema: o, field: "enable_samples", Default: false, Doc: docNotify,
			Note: "Whether notifications include samples. CI monitors only."},
		{schema: o, field: "notification_preset_name", Doc: docNotify,
			Note: "Which parts notifications omit."},
		{schema: o, field: "locked", Default: false, Use: "restricted_roles", Doc: docRestrict, // FINDINGS monitors 2; KEN
			Note: "Whether only the creator and administrators can edit the monitor. Deprecated by Datadog."},
		{schema: o, field: "silenced", Default: map[string]any{}, Unmanaged: true, Use: "a downtime", Doc: docDowntime, // FINDINGS monitors 2, 6; TF
			Note: "Mutes by scope. ddmon does not change it unless it is set."},
		{schema: o, field: "scheduling_options", Doc: docSchedule,
			Note: "When to evaluate the monitor, and when a cumulative window starts."},
		{schema: o, field: "variables", Doc: docAPI,
			Note: "The queries that a formula(...) refers to by name."},
		{schema: o, field: "min_failure_duration", Doc: docSynthetic,
			Note: "Seconds that a Synthetics test must fail before the monitor alerts, 0 to 7200."},
		{schema: o, field: "min_location_failed", Doc: docSynthetic,
			Note: "The number of locations in which a Synthetics test must fail at the same time."},
		{schema: o, field: "aggregation", ReadOnly: true, Doc: docAPI,
			Note: "Set by Datadog."},
		{schema: o, field: "avalanche_window", ReadOnly: true, Doc: docAPI, // FINDINGS monitors 2
			Note: "Set by Datadog on some accounts."},
		{schema: o, field: "device_ids", ReadOnly: true, Doc: docSynthetic,
			Note: "The devices of the Synthetics test."},
		{schema: o, field: "synthetics_check_id", ReadOnly: true, Doc: docSynthetic, // DOC: only the Synthetics API creates Synthetics monitors
			Note: "The Synthetics test that the monitor belongs to."},
	}
}
