package kind

// monitorOptionFacts are the fields of a monitor's options. Defaults without another source are what the server
// adds or takes an absent option for: FINDINGS monitors 2 and KEN monitor.rb, MONITOR_OPTION_DEFAULTS.
func monitorOptionFacts() []fact {
	const o = "MonitorOptions"
	return []fact{
		{schema: "MonitorOptions", field: "restriction_query", ReadOnly: true, Doc: docOptions, Note: "In exports; Datadog drops it."},
		{schema: "MonitorOptions", field: "queryConfig", ReadOnly: true, Doc: docOptions, Note: "In exports; Datadog drops it."},
		{schema: o, field: "thresholds", Doc: docConfigure,
			Note: "The values at which the status changes. critical may be left out: it is the number in the query."},
		{schema: o, field: "threshold_windows", Nullable: true, Doc: docAnomaly, // FINDINGS monitors 3: null is kept
			Note: "Anomaly monitors only: how long to be anomalous to alert and normal to recover."},
		{schema: o, field: "notify_audit", Default: false, Doc: docNotify,
			Note: "Whether those named in the message are told when the monitor is changed."},
		{schema: o, field: "include_tags", Default: true, Doc: docNotify,
			Note: "Whether the title of a notification begins with the tags of the group."},
		{schema: o, field: "new_host_delay", Default: number("300"), Use: "new_group_delay", Doc: docConfigure,
			Note: "Seconds to leave a new host alone. Not beside new_group_delay."},
		{schema: o, field: "new_group_delay", Doc: docConfigure,
			Note: "Seconds to leave a new group alone. Only with a query that has groups; it takes the place of new_host_delay."},
		{schema: o, field: "notify_no_data", Default: false, Doc: docNoData,
			Note: "Whether missing data notifies. on_missing_data says more and excludes it."},
		{schema: o, field: "no_data_timeframe", Doc: docNoData,
			Note: "Minutes without data after which notify_no_data notifies; at least twice the window of the query."},
		{schema: o, field: "on_missing_data", Doc: docNoData,
			Note: "What missing data means. \"default\" takes a count for zero and keeps the last status of everything else."},
		{schema: o, field: "timeout_h", Default: number("0"), Doc: docConfigure,
			Note: "Hours without data after which an alert resolves, 0 to 24; 0 is never."},
		{schema: o, field: "require_full_window", Default: false, Doc: docConfigure, // DOC; FINDINGS monitors 2: never added
			Note: "Whether the whole window has to have data. Metric monitors only; set it to false for sparse metrics."},
		{schema: o, field: "renotify_interval", Default: number("0"), Numeric: true, Doc: docNotify, // a shipped monitor has "0"
			Note: "Minutes after which a status that lasts notifies again; 0 is never."},
		{schema: o, field: "renotify_statuses", Set: true, Doc: docNotify,
			Note: "Which statuses notify again; alert and no data if left out."},
		{schema: o, field: "renotify_occurrences", Doc: docNotify,
			Note: "How often at most a status notifies again."},
		{schema: o, field: "escalation_message", Default: "", Trim: true, Doc: docNotify,
			Note: "The text of a repeated notification. {{#is_renotify}} in the message does the same."},
		{schema: o, field: "evaluation_delay", Default: number("0"), Doc: docConfigure,
			Note: "Seconds to wait for late data before evaluating; 900 is advised for metrics of clouds."},
		{schema: o, field: "notify_by", Set: true, Doc: docNotify,
			Note: "The grouping tags that get a notification each, a subset of the query's; [\"*\"] is one for all."},
		{schema: o, field: "group_retention_duration", Doc: docConfigure,
			Note: "How long a group without data is remembered, 1h to 72h. Monitors on events only (logs, traces, RUM, ...)."},
		{schema: o, field: "groupby_simple_monitor", Default: false, Use: "notify_by", Doc: docOptions,
			Note: "Whether a log monitor with groups notifies once for all of them."},
		{schema: o, field: "enable_logs_sample", Default: false, Doc: docNotify, // KEN
			Note: "Whether a notification shows some of the logs. Log monitors only."},
		{schema: o, field: "enable_samples", Default: false, Doc: docNotify,
			Note: "Whether a notification shows samples. CI monitors only."},
		{schema: o, field: "notification_preset_name", Doc: docNotify,
			Note: "Which parts a notification leaves out."},
		{schema: o, field: "locked", Default: false, Use: "restricted_roles", Doc: docRestrict, // FINDINGS monitors 2; KEN
			Note: "Whether only the author and administrators may edit. Datadog has given it up."},
		{schema: o, field: "silenced", Default: map[string]any{}, Unmanaged: true, Use: "a downtime", Doc: docDowntime, // FINDINGS monitors 2, 6; TF
			Note: "Mutes by scope. Left alone unless written."},
		{schema: o, field: "scheduling_options", Doc: docSchedule,
			Note: "When to evaluate, and where a cumulative window begins."},
		{schema: o, field: "variables", Doc: docAPI,
			Note: "The queries that the names in a formula(...) stand for."},
		{schema: o, field: "min_failure_duration", Doc: docSynthetic,
			Note: "Seconds a Synthetics test has to fail, 0 to 7200."},
		{schema: o, field: "min_location_failed", Doc: docSynthetic,
			Note: "In how many locations at once a Synthetics test has to fail."},
		{schema: o, field: "aggregation", ReadOnly: true, Doc: docAPI,
			Note: "Set by Datadog."},
		{schema: o, field: "avalanche_window", ReadOnly: true, Doc: docAPI, // FINDINGS monitors 2
			Note: "Set by Datadog on some accounts."},
		{schema: o, field: "device_ids", ReadOnly: true, Doc: docSynthetic,
			Note: "The devices of a Synthetics test."},
		{schema: o, field: "synthetics_check_id", ReadOnly: true, Doc: docSynthetic, // DOC: monitors of Synthetics are made by the Synthetics API only
			Note: "The Synthetics test the monitor belongs to."},
	}
}
