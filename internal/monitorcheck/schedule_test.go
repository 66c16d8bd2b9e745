package monitorcheck

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/monitor"
)

// scheduled is a monitor with these scheduling_options.
func scheduled(t *testing.T, monitorType, query, options string) *monitor.Monitor {
	t.Helper()
	m, err := monitor.FromJSON(fmt.Appendf(nil, `{"type":%q,"query":%q,"options":{"scheduling_options":%s}}`, monitorType, query, options))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func custom(recurrence string) string {
	return `{"custom_schedule":{"recurrences":[` + recurrence + `]}}`
}

func ruleOf(rule string) string {
	return custom(fmt.Sprintf(`{"rrule":%q,"start":"2025-01-31T09:00:00","timezone":"UTC"}`, rule))
}

func TestSchedules(t *testing.T) {
	const path = "@options.scheduling_options."
	const rule, one = "schedule_rule" + path + "custom_schedule.recurrences[0].rrule", path + "custom_schedule.recurrences[0]"
	for _, c := range []struct {
		query, options string
		want           []string
	}{
		{metric, custom(`{"rrule":"FREQ=DAILY;INTERVAL=1","start":"2023-11-10T12:31:00","timezone":"America/New_York"}`), nil},
		{metric, custom(`{"rrule":"FREQ=DAILY","timezone":"UTC"}`), nil},
		{metric, custom(``), []string{"schedule_recurrences" + path + "custom_schedule"}},
		{metric, `{"custom_schedule":{}}`, []string{"schedule_recurrences" + path + "custom_schedule"}},
		{metric, custom(`{"rrule":"FREQ=DAILY","timezone":"UTC"},{"rrule":"FREQ=DAILY","timezone":"UTC"}`), []string{"schedule_recurrences" + path + "custom_schedule"}},
		{metric, custom(`{"rrule":"FREQ=DAILY"}`), []string{"schedule_time?" + one}},
		{metric, custom(`{"start":"2025-01-31T09:00:00","timezone":"UTC"}`), []string{rule}},
		{metric, custom(`{"rrule":"FREQ=DAILY","start":"2025-01-31T09:00:00Z","timezone":"UTC"}`), []string{"schedule_time" + one + ".start"}},
		{metric, custom(`{"rrule":"FREQ=DAILY","start":"2025-02-31T09:00:00","timezone":"UTC"}`), []string{"schedule_time" + one + ".start"}},
		{metric, custom(`{"rrule":"FREQ=DAILY","timezone":"Europe/Berlinn"}`), []string{"schedule_time" + one + ".timezone"}},
		{metric, custom(`{"rrule":"FREQ=DAILY","timezone":"Local"}`), []string{"schedule_time" + one + ".timezone"}},
		{metric, ruleOf("RRULE:freq=monthly;bymonthday=28,29,30,31;bysetpos=-1"), nil},
		{metric, ruleOf("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU;UNTIL=20251231T090000Z;"), nil},
		{metric, ruleOf("FREQ=MONTHLY;BYDAY=-1FR,+2MO;COUNT=10;BYHOUR=9;BYMINUTE=30"), nil},
		{metric, ruleOf("FREQ=YEARLY;BYYEARDAY=-366,1;BYWEEKNO=53;BYMONTH=12;UNTIL=20251231"), nil},
		{metric, ruleOf("FREQ=HOURLY"), []string{rule}},
		{metric, ruleOf("FREQ=DAYLY"), []string{rule}},
		{metric, ruleOf("INTERVAL=1"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;INTERVAL=0"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;INTERVALL=1"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;FREQ=DAILY"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;COUNT=1;UNTIL=20251231"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;UNTIL=2025-12-31"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;BYHOUR=9,17"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;BYHOUR=24"), []string{rule}},
		{metric, ruleOf("FREQ=WEEKLY;BYDAY=MO,XX"), []string{rule}},
		{metric, ruleOf("FREQ=MONTHLY;BYMONTHDAY=0"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;BYMONTH=13"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;BYSETPOS="), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;DTSTART=20250131T090000"), []string{rule}},
		{metric, ruleOf("DTSTART:20250131T090000;FREQ=DAILY"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;DURATION=PT1H"), []string{rule}},
		{metric, ruleOf("FREQ=DAILY;" + strings.Repeat("X;", 1000)), []string{rule}},

		{"avg(current_1h):avg:a{*} > 1", `{"evaluation_window":{"hour_starts":0,"timezone":"Europe/Amsterdam"}}`, nil},
		{"avg(current_1d):avg:a{*} > 1", `{"evaluation_window":{"day_starts":"04:00","month_starts":1}}`, nil},
		{"avg(current_1mo):avg:a{*} > 1", `{"evaluation_window":{"day_starts":"04:00","month_starts":1}}`, nil},
		{"avg(current_1h):avg:a{*} > 1", `{"evaluation_window":{"day_starts":"04:00"}}`, []string{"evaluation_window_fields?" + path + "evaluation_window"}},
		{"avg(current_1d):avg:a{*} > 1", `{"evaluation_window":{"hour_starts":4}}`, []string{"evaluation_window_fields?" + path + "evaluation_window"}},
		{"avg(current_1mo):avg:a{*} > 1", `{"evaluation_window":{"day_starts":"04:00"}}`, []string{"evaluation_window_fields?" + path + "evaluation_window"}},
		{"avg(current_1d):avg:a{*} > 1", `{"evaluation_window":{"day_starts":"4:00"}}`, []string{"schedule_time" + path + "evaluation_window.day_starts"}},
		{"avg(current_1d):avg:a{*} > 1", `{"evaluation_window":{"day_starts":"24:00"}}`, []string{"schedule_time" + path + "evaluation_window.day_starts"}},
		{"avg(current_1h):avg:a{*} > 1", `{"evaluation_window":{"hour_starts":60}}`, []string{"schedule_time" + path + "evaluation_window.hour_starts"}},
		{"avg(current_1mo):avg:a{*} > 1", `{"evaluation_window":{"day_starts":"04:00","month_starts":2}}`, []string{"schedule_time" + path + "evaluation_window.month_starts"}},
		{"avg(current_1d):avg:a{*} > 1", `{"evaluation_window":{"day_starts":"04:00","timezone":"Mars"}}`, []string{"schedule_time" + path + "evaluation_window.timezone"}},
	} {
		var got []string
		for _, p := range Check(scheduled(t, "query alert", c.query, c.options)) {
			got = append(got, strings.TrimSuffix(found(p), "[0,0)"))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %s:\n got %q\nwant %q", c.query, c.options, got, c.want)
		}
	}
}

// TestScheduleType: custom schedules are for metric, log and event monitors.
func TestScheduleType(t *testing.T) {
	for monitorType, query := range map[string]string{"log alert": logs, "service check": check, "composite": "1 && 2"} {
		got := len(Check(scheduled(t, monitorType, query, ruleOf("FREQ=DAILY"))))
		if want := map[bool]int{true: 0, false: 1}[monitorType == "log alert"]; got != want {
			t.Errorf("%s: %d problems", monitorType, got)
		}
	}
}

// TestRecordedSchedules: no schedule that Datadog is recorded to accept has a problem.
func TestRecordedSchedules(t *testing.T) {
	tested := 0
	for _, r := range ddtest.Corpus(t, "api/monitors", "api/history") {
		if !r.Accepted() || !strings.Contains(string(r.Request), `"scheduling_options"`) {
			continue
		}
		m, err := monitor.FromJSON(r.Request)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range Check(m) {
			if strings.HasPrefix(p.Code, "schedule") || strings.HasPrefix(p.Code, "evaluation_window") {
				t.Errorf("%s: %s: %s", r.File, p.Field, p.Message)
			}
		}
		tested++
	}
	if tested < 10 {
		t.Errorf("only %d recordings", tested)
	}
}
