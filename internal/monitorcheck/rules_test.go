package monitorcheck

import (
	"slices"
	"testing"

	"ddmon/internal/monitor"
)

const anomaly = "avg(last_4h):anomalies(avg:a{*}, 'agile', 2, direction='both', interval=60, alert_window='last_15m') >= 1"

func TestCheckQuery(t *testing.T) {
	tests := []struct {
		monitorType, query string
		want               []string
	}{
		{"query alert", metric, nil},
		{"query alert", anomaly, nil},
		{"metric alert", grouped, nil},
		{"log alert", logs, nil},
		{"service check", check, nil},
		{"query alert", "median(last_5m):avg:a{*} > 1", []string{"time_aggregator@query[0,6)"}},
		{"query alert", "avg(last_5m):mean:a{*} > 1", []string{"space_aggregator@query[13,17)"}},
		{"query alert", "avg(last_5m):p95:a{} > 1", []string{"empty_scope?@query[18,20)"}},
		{"query alert", "avg(last_5m):avg:a{!b:c AND d:e} > 1", []string{"mixed_filter@query[19,31)"}},
		{"query alert", "avg(last_5m):avg:a{!b:c,d:e} > 1", nil},
		{"query alert", "avg(last_5m):avg:a{NOT b:c AND d:e} > 1", nil},
		{"query alert", "avg(last_5m):avg:a{$b,c:$d.value} > 1", []string{"template_variable?@query[19,21)", "template_variable?@query[24,32)"}},
		{"query alert", "avg(last_5m):avg:a{b:} > 1", []string{"empty_value?@query[19,21)"}},
		{"query alert", `avg(last_5m):avg:a{b:~"x"} > 1`, []string{"quoted_value?@query[21,25)"}},
		{"query alert", "avg(last_5m):avg:a{*}.rolup(sum, 60) > 1", []string{"unknown_modifier@query[22,27)"}},
		{"query alert", "avg(last_5m):default_zer(avg:a{*}) > 1", []string{"unknown_function?@query[13,24)"}},
		{"query alert", "avg(last_5m):top5_max(avg:a{*}) > 1", nil},
		{"query alert", "avg(last_5m):autosmooth(avg:a{*}) > 1", []string{"autosmooth@query[13,23)"}},
		{"query alert", "avg(last_5m):cumsum(avg:a{*}) > 1", []string{"window_dependent?@query[13,19)"}},
		{"query alert", "avg(last_5m):sum:a{*}.as_count() / sum:b{*}.as_count() > 1", []string{"as_count_aggregation?@query[0,3)"}},
		{"query alert", "sum(last_5m):sum:a{*}.as_count() / sum:b{*}.as_count() > 1", nil},
		{"query alert", "avg(last_5m):sum:a{*}.as_count() > 1", []string{"as_count_aggregation?@query[0,3)"}},
		{"query alert", "max(last_5m):abs(sum:a{*}.as_count().rollup(sum)) > 1", []string{"as_count_aggregation?@query[0,3)"}},
		{"query alert", "sum(last_5m):sum:a{*}.as_count() > 1", nil},
		{"query alert", "avg(last_5m):sum:a{*}.as_rate() > 1", nil},
		{"query alert", "max(last_1h):sum:a{*}.as_count().rollup(sum, 60) > 1", nil},
		{"query alert", "max(last_1h):sum:a{*}.as_count().rollup(60) > 1", nil},
		{"query alert", "max(last_5m):count_nonzero(sum:a{*} by {b}.as_count()) > 1", nil},
		{"query alert", "change(avg(last_5m),last_1h):sum:a{*}.as_count() > 1", nil},
		{"query alert", "avg(last_5m):default_zero(avg:a{*}).rollup(sum, 60) > 1", []string{"modifier_place?@query[13,51)"}},

		{"query alert", "avg(last_91m):avg:a{*} > 1", nil},
		{"query alert", "avg(last_0m):avg:a{*} > 1", []string{"window_zero@query[4,11)"}},
		{"query alert", "avg(last_30s):avg:a{*} > 1", []string{"window_unit@query[4,12)"}},
		{"query alert", "avg(last_1w):avg:a{*} > 1", nil},
		{"query alert", "avg(last_2w):avg:a{*} > 1", nil},
		{"query alert", "avg(last_1mo):avg:a{*} > 1", nil},
		{"query alert", "change(avg(last_1h),last_1mo):avg:a{*} > 1", nil},
		{"query alert", "avg(last_2mo):avg:a{*} > 1", []string{"window_long@query[4,12)"}},
		{"query alert", "avg(next_1w):avg:a{*} > 1", []string{"window_next@query[4,11)"}},
		{"query alert", "avg(5m_ago):avg:a{*} > 1", []string{"window_ago@query[4,10)"}},
		{"query alert", "change(avg(last_3d),last_5m):avg:a{*} > 1", []string{"window_long?@query[11,18)"}},
		{"query alert", "change(avg(last_5m),current_1d):avg:a{*} > 1", []string{"window_shift@query[20,30)"}},
		{"query alert", "change(avg(last_5m),1h_ago):avg:a{*} > 1", nil},

		{"query alert", "avg(last_4h):anomalies(avg:a{*}, 'quick', 2) >= 1", []string{"algorithm@query[33,40)"}},
		{"query alert", "avg(last_4h):anomalies(avg:a{*}) >= 1", []string{"algorithm@query[13,32)"}},
		{"query alert", "avg(last_4h):anomalies(avg:a{*}, 'basic', 2) >= 2", []string{"anomaly_threshold@query[48,49)"}},
		{"query alert", "avg(last_4h):anomalies(avg:a{*}, 'basic', 2) < 1", []string{"operator_unsupported@query[45,48)"}},
		{"query alert", "avg(last_4h):anomalies(avg:a{*}, 'basic', 2, direction='up') > 0", []string{"argument_value@query[55,59)"}},
		{"query alert", "avg(last_4h):anomalies(avg:a{*}, 'basic', 2, seasonality='daily') > 0", []string{"seasonality?@query[45,64)"}},
		{"query alert", "avg(last_4h):anomalies(avg:a{*}, 'basic', 2, alert_window='last_1d') > 0", []string{"alert_window@query[58,67)"}},
		{"query alert", "avg(last_4h):anomalies(avg:a{*}, 'basic', 2, alert_window='last_5') > 0", []string{"window_unit@query[59,65)"}},
		{"query alert", "avg(last_4h):anomalies(avg:a{*}, 'basic', 2, interval=61, alert_window='last_5m') > 0", []string{"anomaly_interval@query[54,56)"}},
		{"query alert", "avg(last_4h):anomalies(avg:a{*}, 'basic', 2, intervall=60) > 0", []string{"unknown_argument?@query[45,54)"}},
		{"query alert", "avg(last_1h):outliers(avg:a{*} by {b}, 'DBSCAN', 7) > 0", nil},
		{"query alert", "avg(last_1h):outliers(avg:a{*}, 'DBSCAN', 7) > 1", []string{"outlier_threshold@query[47,48)", "outlier_groups?@query[13,44)"}},
		{"query alert", "avg(last_2d):outliers(avg:a{*} by {b}, 'MAD', 7, 20) > 0", nil},
		{"query alert", "avg(last_12mo):outliers(avg:a{*} by {b}, 'MAD', 7, 20) > 0", nil},
		{"query alert", "avg(last_53w):outliers(avg:a{*} by {b}, 'MAD', 7, 20) > 0", []string{"window_long@query[4,12)"}},
		{"query alert", "max(next_1w):forecast(avg:a{*}, 'linear', 1) >= 10", nil},
		{"query alert", "max(next_1w):forecast(trend_line(avg:a{*}), 'linear', 1) >= 10", []string{"forecast_function@query[22,42)"}},
		{"query alert", "max(next_1w):forecast(avg:a{*}, 'linear', 1) == 10", []string{"operator_unsupported@query[45,50)"}},

		{"rum alert", metric, []string{"type_form@query[0,30)"}},
		{"log alert", `rum("x").last("5m") > 1`, []string{"type_source?@query[0,3)"}},
		{"log alert", `log("x").last("5m") > 1`, []string{"unknown_source@query[0,3)"}},
		{"rum alert", `rums("x").last("5m") > 1`, []string{"unknown_source@query[0,4)"}},
		{"a future type", `future("x").last("5m") > 1`, nil},
		{"log alert", `logs("x").last("49h") > 1`, []string{"window_long@query[15,20)"}},
		{"log alert", `logs("x").last("48h") > 1`, nil},
		{"trace-analytics alert", `trace-analytics("x").last("1m") > 1`, []string{"window_short?@query[26,30)"}},
		{"log alert", `logs("x") > 1`, []string{"missing_window?@query[0,13)"}},
		{"log alert", `logs("x").rollup("avg").last("5m") > 1`, []string{"rollup_measure@query[9,23)"}},
		{"log alert", `logs("x").rollup("mean", "@a").last("5m") > 1`, []string{"rollup@query[17,23)"}},
		{"log alert", `logs("x").indx("a").last("5m") > 1`, []string{"unknown_method@query[10,14)"}},
		{"log alert", `logs("x").by("a,b,c,d,e").last("5m") > 1`, []string{"group_limit@query[22,23)"}},
		{"log alert", `logs("$x").last("5m") > 1`, []string{"template_variable?@query[6,8)"}},

		{"service check", `"a".over("*").last(2).count_by_status()`, []string{"missing_by@query[0,39)"}},
		{"service check", `"a".over("*").by("*").last(101).count_by_status()`, []string{"last_count@query[27,30)"}},
		{"service check", `"a".over("*").by("*").last(1.5).count_by_status()`, []string{"last_count@query[27,30)"}},
		{"service check", `"a".over("*").by("*").count_by_status()`, []string{"missing_last@query[0,39)"}},
		{"service check", `"a".over("*").by("*").las(2).count_by_status()`, []string{"unknown_method@query[22,25)", "missing_last@query[0,46)"}},
		{"service check", `"a".over("*").by("*").last(2)`, []string{"status_count@query[0,29)"}},

		{"composite", "1 && (2 || 3)", nil},
		{"composite", "1 && 2 || 3", []string{"composite_precedence?@query[0,6)"}},
		{"composite", "1||2||3||4||5||6||7||8||9||10", nil},
		{"composite", "1||2||3||4||5||6||7||8||9||10||1", nil},
		{"composite", "1||2||3||4||5||6||7||8||9||10||11", []string{"composite_members@query[31,33)"}},

		{"slo alert", `error_budget("a").over("30d") > 75`, nil},
		{"slo alert", `error_budget("a").over("31d") > 75`, []string{"slo_over@query[17,29)"}},
		{"slo alert", `error_budget("a").over("7d") < 75`, []string{"operator_unsupported@query[29,33)"}},
		{"slo alert", `burn_rate("a").over("7d").long_window("1h").short_window("5m") > 14.4`, nil},
		{"slo alert", `burn_rate("a").over("7d").long_window("1h") > 14.4`, []string{"slo_windows@query[0,50)"}},
		{"slo alert", `burn_rate("a").over("7d").long_window("49h").short_window("5m") > 1`, []string{"slo_windows@query[38,43)"}},
		{"slo alert", `burn_rate("a").over("7d").long_window("1h").short_window("1h") > 1`, []string{"slo_windows@query[57,61)"}},
		{"synthetics alert", "no_query", nil},
	}
	for _, tc := range tests {
		var got []string
		for _, p := range Check(typed(tc.monitorType, tc.query)) {
			got = append(got, found(p))
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s %q\n got %v\nwant %v", tc.monitorType, tc.query, got, tc.want)
		}
	}
}

func TestCheckOptions(t *testing.T) {
	formulaOf := func(text string, names ...string) *monitor.Monitor {
		m := typed("rum alert", `formula("`+text+`").last("5m") > 1`)
		for _, name := range names {
			m.Options.Variables = append(m.Options.Variables, monitor.Variable{Name: name})
		}
		return m
	}
	formula := func(names ...string) *monitor.Monitor { return formulaOf("a / b", names...) }
	windows := func(trigger, recovery string) *monitor.Monitor {
		return with(query(anomaly), func(o *monitor.Options) {
			o.ThresholdWindows = &monitor.ThresholdWindows{Trigger: trigger, Recovery: recovery}
		})
	}
	tests := []struct {
		name string
		m    *monitor.Monitor
		want []string
	}{
		{"formula", formula("a", "b"), nil},
		{"keyword argument", formulaOf("anomalies(a, 'basic', 2, direction=b)", "a"), nil},
		{"keyword argument that uses no query", formulaOf("anomalies(a, 'basic', 2, direction=b)", "a", "b"), []string{"variable_unused?@options.variables[0,0)"}},
		{"undefined", formula("a"), []string{"variable_undefined@query[13,14)"}},
		{"unused", formula("a", "b", "c"), []string{"variable_unused?@options.variables[0,0)"}},
		{"twice", formula("a", "b", "b"), []string{"variable_twice@options.variables[0,0)"}},
		{"dynamic", thresholds(typed("cost alert", `formula("1").last("7d") > threshold`), monitor.Thresholds{Dynamic: true}), nil},
		{"dynamic without query", typed("cost alert", `formula("1").last("7d") > threshold`), []string{"dynamic_threshold?@query[26,35)"}},
		{"dynamic and number", thresholds(query(metric), monitor.Thresholds{Dynamic: true}), []string{"dynamic_threshold?@options.thresholds.critical_query[0,0)"}},
		{"mismatch", thresholds(query(metric), monitor.Thresholds{Critical: opt(91.0)}), []string{"threshold_mismatch@query[28,30)"}},
		{"unknown", thresholds(query(metric), monitor.Thresholds{Unknown: opt(1.0)}), []string{"threshold_unknown@options.thresholds.unknown[0,0)"}},
		{"percentage", thresholds(typed("service check", cluster), monitor.Thresholds{Critical: opt(50.0), Warning: opt(12.5), OK: opt(1.0)}), nil},
		{"small percentage", thresholds(typed("service check", cluster), monitor.Thresholds{Critical: opt(1.0)}), nil},
		{"no percentage", thresholds(typed("service check", cluster), monitor.Thresholds{Critical: opt(101.0)}), []string{"threshold_percent?@options.thresholds[0,0)"}},
		{"count as percentage", thresholds(typed("service check", check), monitor.Thresholds{Critical: opt(50.0)}), []string{"last_threshold@query[32,33)"}},
		{"fraction as count", thresholds(typed("service check", check), monitor.Thresholds{Critical: opt(1.5)}), []string{"threshold_count@options.thresholds[0,0)"}},
		{"recovery", thresholds(query(metric), monitor.Thresholds{CriticalRecovery: opt(90.0)}), []string{"recovery_order?@options.thresholds.critical_recovery[0,0)"}},
		{"recovery below", thresholds(query(below), monitor.Thresholds{CriticalRecovery: opt(91.0)}), nil},
		{"warning recovery", thresholds(query(metric), monitor.Thresholds{Critical: opt(90.0), Warning: opt(80.0), WarningRecovery: opt(81.0)}),
			[]string{"recovery_order?@options.thresholds.warning_recovery[0,0)"}},
		{"past warning", thresholds(query(metric), monitor.Thresholds{Critical: opt(90.0), Warning: opt(80.0), CriticalRecovery: opt(70.0)}),
			[]string{"recovery_past_warning?@options.thresholds.critical_recovery[0,0)"}},
		{"rum recovery", thresholds(typed("rum alert", `rum("x").last("5m") > 90`), monitor.Thresholds{CriticalRecovery: opt(80.0)}),
			[]string{"recovery_unsupported?@options.thresholds.critical_recovery[0,0)"}},
		{"composite", thresholds(typed("composite", "1 && 2"), monitor.Thresholds{Critical: opt(1.0)}), []string{"composite_thresholds?@options.thresholds[0,0)"}},
		{"windows", windows("last_15m", "last_15m"), nil},
		{"trigger", windows("last_20m", "last_20m"), []string{"trigger_window@options.threshold_windows.trigger_window[0,0)"}},
		{"trigger syntax", windows("15m", ""), []string{"window@options.threshold_windows.trigger_window[0,0)"}},
		{"recovery window", windows("last_15m", "last_20m"), []string{"recovery_window?@options.threshold_windows.recovery_window[0,0)"}},
		{"windows without anomalies", with(query(metric), func(o *monitor.Options) { o.ThresholdWindows = &monitor.ThresholdWindows{} }),
			[]string{"threshold_windows@options.threshold_windows[0,0)"}},
		{"missing data value newer than the tables", with(query(metric), func(o *monitor.Options) { o.OnMissingData = "show" }), nil},
		{"missing data slo", with(typed("slo alert", `error_budget("a").over("7d") > 75`), func(o *monitor.Options) { o.OnMissingData = "default" }),
			[]string{"missing_data_type?@options.on_missing_data[0,0)"}},
		{"missing data and notify", with(query(metric), func(o *monitor.Options) { o.OnMissingData, o.NotifyNoData = "default", opt(true) }),
			[]string{"missing_data_conflict@options.on_missing_data[0,0)"}},
		{"missing data and frame", with(query(metric), func(o *monitor.Options) { o.OnMissingData, o.NoDataTimeframe = "default", opt(10.0) }),
			[]string{"missing_data_conflict@options.on_missing_data[0,0)"}},
		{"missing data, not notify", with(query(metric), func(o *monitor.Options) { o.OnMissingData, o.NotifyNoData = "default", opt(false) }), nil},
		{"resolve and timeout", with(query(metric), func(o *monitor.Options) { o.OnMissingData, o.TimeoutH = "resolve", opt(1.0) }),
			[]string{"missing_data_timeout@options.timeout_h[0,0)"}},
		{"default zero", with(query("avg(last_5m):default_zero(avg:a{*}) > 1"), func(o *monitor.Options) { o.OnMissingData = "resolve" }),
			[]string{"default_zero@query[13,25)"}},
		{"default zero, default", with(query("avg(last_5m):default_zero(avg:a{*}) > 1"), func(o *monitor.Options) { o.OnMissingData = "default" }), nil},
		{"ranges", with(query(metric), func(o *monitor.Options) {
			o.NoDataTimeframe, o.TimeoutH, o.EvaluationDelay = opt(-1.0), opt(25.0), opt(-1.0)
		}),
			[]string{"option_range@options.no_data_timeframe[0,0)", "timeout_range?@options.timeout_h[0,0)", "option_range@options.evaluation_delay[0,0)"}},
		{"zero delays", with(query(metric), func(o *monitor.Options) {
			o.NotifyNoData, o.NoDataTimeframe, o.EvaluationDelay, o.NewGroupDelay, o.TimeoutH = opt(true), opt(0.0), opt(0.0), opt(0.0), opt(0.0)
		}), nil},
		{"long delays", with(query(grouped), func(o *monitor.Options) {
			o.NotifyNoData, o.NoDataTimeframe, o.EvaluationDelay, o.NewGroupDelay = opt(true), opt(100000.0), opt(172800.0), opt(172800.0)
		}), nil},
		{"notify by", with(query(grouped), func(o *monitor.Options) { o.NotifyBy = []string{"host"} }), nil},
		{"notify by all", with(query(metric), func(o *monitor.Options) { o.NotifyBy = []string{"*"} }), nil},
		{"notify by other", with(query(grouped), func(o *monitor.Options) { o.NotifyBy = []string{"host", "pod"} }), []string{"notify_by@options.notify_by[0,0)"}},
		{"notify by composite", with(typed("composite", "1 && 2"), func(o *monitor.Options) { o.NotifyBy = []string{"pod"} }), nil},
		{"renotify", with(query(metric), func(o *monitor.Options) { o.RenotifyStatuses, o.RenotifyInterval = []string{"no data"}, opt(10.0) }), nil},
		{"renotify without interval", with(query(metric), func(o *monitor.Options) { o.RenotifyStatuses, o.RenotifyOccurrences = []string{"ok"}, opt(1.0) }),
			[]string{"renotify_interval?@options.renotify_statuses[0,0)", "renotify_interval?@options.renotify_occurrences[0,0)"}},
		{"retention", with(typed("log alert", logs), func(o *monitor.Options) { o.GroupRetentionDuration = "73h" }), []string{"option_range@options.group_retention_duration[0,0)"}},
		{"retention syntax", with(typed("log alert", logs), func(o *monitor.Options) { o.GroupRetentionDuration = "long" }), []string{"option_value@options.group_retention_duration[0,0)"}},
		{"retention type", with(query(metric), func(o *monitor.Options) { o.GroupRetentionDuration = "2d" }), []string{"retention_type?@options.group_retention_duration[0,0)"}},
		{"schedule", with(query(metric), func(o *monitor.Options) {
			o.CustomSchedule, o.RequireFullWindow, o.Schedules = true, opt(true), []monitor.Schedule{{Rule: "FREQ=DAILY", Timezone: "UTC"}}
		}),
			[]string{"schedule_full_window@options.require_full_window[0,0)"}},
		{"evaluation window", with(query("avg(current_1mo):avg:a{*} > 1"), func(o *monitor.Options) {
			o.EvaluationWindow = &monitor.EvaluationWindow{MonthStarts: opt(1.0), HourStarts: opt(0.0)}
		}),
			[]string{"evaluation_window_fields@options.scheduling_options.evaluation_window[0,0)", "evaluation_window_fields@options.scheduling_options.evaluation_window[0,0)"}},
	}
	for _, tc := range tests {
		var got []string
		for _, p := range Check(tc.m) {
			got = append(got, found(p))
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s\n got %v\nwant %v", tc.name, got, tc.want)
		}
	}
}

func TestCheckMessage(t *testing.T) {
	tests := []struct {
		query, message string
		want           []string
	}{
		{grouped, "{{#is_alert}}{{host.name}} {{env.name}} {{value}} {{host.ip}}{{/is_alert}} @slack-x", nil},
		{grouped, "{{pod.name}}", []string{"template_group?@message[0,12)"}},
		{metric, "{{host.name}}", []string{"template_group?@message[0,13)"}},
		{grouped, "{{host}}", []string{"template_variable_unknown?@message[0,8)"}},
		{grouped, "{{valu}}", []string{"template_variable_unknown?@message[0,8)"}},
		{grouped, "{{#is_alrt}}{{/is_alrt}}", []string{"template_condition?@message[3,10)"}},
		{grouped, "{{#is_alert}}x", []string{"template_unclosed@message[0,13)"}},
		{grouped, "{{#is_match \"host.name\" \"a\"}}x{{/is_match}}", nil},
		{grouped, "{{#is_match \"pod.name\" \"a\"}}x{{/is_match}}", []string{"template_group?@message[12,22)"}},
		{grouped, "{{#is_match \"host.name\"}}x{{/is_match}}", []string{"template_match?@message[3,11)"}},
		{grouped, "{{log.attributes.x}} {{event.host.name}} {{eval \"value*2\"}}", nil},
		{"avg(last_5m):avg:a{*} by {a.b} > 1", "{{[a.b].name}}", nil},
		{"broken", "{{#is_alert}}", []string{"query_start@query[0,6)", "template_unclosed@message[0,13)"}},
	}
	for _, tc := range tests {
		var got []string
		for _, p := range Check(&monitor.Monitor{Type: "query alert", Query: tc.query, Message: tc.message}) {
			got = append(got, found(p))
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%q %q\n got %v\nwant %v", tc.query, tc.message, got, tc.want)
		}
	}
}
