package kind

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/object"
)

// TestCheckDowntime: what Datadog rejects although each field is a string or a list is found, with its place.
func TestCheckDowntime(t *testing.T) {
	const d = `"scope":"env:a","monitor_identifier":{"monitor_tags":["*"]}`
	once := func(times string) string { return `{` + d + `,"schedule":{` + times + `}}` }
	recurring := func(fields string) string {
		return `{` + d + `,"schedule":{"timezone":"Europe/Berlin","recurrences":[{` + fields + `}]}}`
	}
	for body, want := range map[string][]string{
		`{` + d + `}`: nil,
		once(`"start":"2050-01-02T03:04:05Z","end":"2050-01-03T03:04:05+00:00"`): nil,
		once(`"start":"2023-06-02T20:53:24.791647+00:00","end":null`):            nil,
		once(`"start":null`):                        nil,
		once(`"start":7`):                           nil, // the types of fields are judged by the tables
		once(`"start":"tomorrow"`):                  {"invalid_value schedule.start"},
		once(`"start":""`):                          {"invalid_value schedule.start"},
		once(`"start":"2050-01-02"`):                {"invalid_value schedule.start"},
		once(`"start":"2050-01-02T03:04:05"`):       {"invalid_value schedule.start"},
		once(`"start":"2050-02-30T03:04:05Z"`):      {"invalid_value schedule.start"},
		once(`"start":"2050-01-02T03:04:05+01:00"`): {"?invalid_value schedule.start"},
		once(`"end":"1735732800"`):                  {"invalid_value schedule.end"},
		once(`"start":"2050-01-02T03:04:05Z","end":"2050-01-02T03:04:05Z"`):                                   {"invalid_value schedule.end"},
		recurring(`"rrule":"FREQ=DAILY","duration":"1d","start":"2042-07-13T01:02:03"`):                       nil,
		recurring(`"rrule":"FREQ=DAILY","duration":"1d","start":null`):                                        nil,
		recurring(`"rrule":"FREQ=DAILY","duration":"1d","start":"2099-01-01T00:00"`):                          nil,
		recurring(`"rrule":"FREQ=DAILY","duration":"90m"`):                                                    nil,
		recurring(`"rrule":"FREQ=DAILY","duration":"1x"`):                                                     {"invalid_value schedule.recurrences[0].duration"},
		recurring(`"rrule":"FREQ=DAILY","duration":"0m"`):                                                     {"invalid_value schedule.recurrences[0].duration"},
		recurring(`"rrule":"FREQ=DAILY","duration":"1h30m"`):                                                  {"invalid_value schedule.recurrences[0].duration"},
		recurring(`"rrule":"FREQ=DAILY","duration":"-1h"`):                                                    {"invalid_value schedule.recurrences[0].duration"},
		recurring(`"rrule":"FREQ=DAILY","duration":"1h","start":"2042-07-13T01:02:03Z"`):                      {"invalid_value schedule.recurrences[0].start"},
		recurring(`"rrule":"daily","duration":"1h"`):                                                          {"invalid_value schedule.recurrences[0].rrule"},
		`{` + d + `,"schedule":{"recurrences":[]}}`:                                                           {"invalid_value schedule.recurrences"},
		`{` + d + `,"schedule":{"recurrences":[{},{},{},{},{},{}]}}`:                                          {"invalid_value schedule.recurrences"},
		`{` + d + `,"schedule":{"recurrences":[null,7]}}`:                                                     nil,
		`{` + d + `,"schedule":{"timezone":"Europe/Berln"}}`:                                                  {"invalid_value schedule.timezone"},
		`{` + d + `,"schedule":{"timezone":"Local"}}`:                                                         {"invalid_value schedule.timezone"},
		`{` + d + `,"schedule":{"timezone":"../etc/passwd"}}`:                                                 {"invalid_value schedule.timezone"},
		`{` + d + `,"display_timezone":""}`:                                                                   nil,
		`{` + d + `,"display_timezone":"CEST"}`:                                                               {"invalid_value display_timezone"},
		`{"scope":"*"}`:                                                                                       nil,
		`{"scope":"env:(staging OR prod)"}`:                                                                   nil,
		`{"scope":"env IN (a, b)"}`:                                                                           nil,
		`{"scope":"prod"}`:                                                                                    {"invalid_value scope"},
		`{"scope":""}`:                                                                                        {"invalid_value scope"},
		`{"scope":"env:a","monitor_identifier":{"monitor_tags":[` + strings.Repeat(`"a:b",`, 32) + `"c:d"]}}`: {"invalid_value monitor_identifier.monitor_tags"},
	} {
		if diff := cmp.Diff(append([]string{}, want...), summaries(Named("downtime").Check(ddtest.Object(t, body)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

// TestUnknownTimes: values that are known only after an apply are not judged.
func TestUnknownTimes(t *testing.T) {
	unknown := object.Ref{}
	body := map[string]any{"scope": unknown, "display_timezone": unknown, "schedule": map[string]any{
		"start": unknown, "timezone": unknown, "recurrences": []any{map[string]any{"rrule": unknown, "duration": unknown, "start": unknown}},
	}}
	if got := summaries(Named("downtime").Check(body)); len(got) != 0 {
		t.Error(got)
	}
}

func TestRecurrenceRules(t *testing.T) {
	for rule, want := range map[string]string{
		"FREQ=DAILY;INTERVAL=1":                            "",
		"FREQ=WEEKLY;BYDAY=SA,SU":                          "",
		"freq=weekly;byday=mo":                             "",
		"RRULE:FREQ=DAILY;INTERVAL=10;COUNT=5":             "",
		"FREQ=MONTHLY;BYSETPOS=3;BYDAY=WE;INTERVAL=1":      "",
		"FREQ=MONTHLY;BYMONTHDAY=1,-1;BYHOUR=9;BYMINUTE=0": "",
		"FREQ=YEARLY;BYMONTH=1,12;UNTIL=20270131T180000Z;": "",
		"FREQ=MONTHLY;BYDAY=2TU,-1FR;WKST=SU":              "",
		"":                                                 `"" is not a valid recurrence rule.`,
		"every day":                                        `"every day" is not a valid recurrence rule.`,
		"FREQ=DAYLY":                                       `"DAYLY" is not a valid value of FREQ. Write DAILY`,
		"INTERVAL=2":                                       "The rule has no FREQ.",
		"FREQ=DAILY;INTERVALL=2":                           `"INTERVALL" is not a part of a recurrence rule. Did you mean "INTERVAL"?`,
		"FREQ=DAILY;INTERVAL=0":                            `"0" is not a valid value of INTERVAL.`,
		"FREQ=DAILY;COUNT=":                                `"" is not a valid value of COUNT.`,
		"FREQ=WEEKLY;BYDAY=Monday":                         `"MONDAY" is not a valid value of BYDAY. Write days such as MO,WE`,
		"FREQ=WEEKLY;BYDAY=MO,":                            `"MO," is not a valid value of BYDAY.`,
		"FREQ=MONTHLY;BYMONTHDAY=32":                       `"32" is not a valid value of BYMONTHDAY.`,
		"FREQ=DAILY;BYHOUR=24":                             `"24" is not a valid value of BYHOUR.`,
		"FREQ=DAILY;UNTIL=20271331":                        `"20271331" is not a valid value of UNTIL.`,
		"FREQ=DAILY;FREQ=DAILY":                            "FREQ appears twice.",
		"FREQ=DAILY;COUNT=2;UNTIL=20270131":                "A rule must not have both COUNT and UNTIL.",
		"DTSTART=20270131T000000Z;FREQ=DAILY":              "Datadog does not support DTSTART in a rule.",
		"FREQ=DAILY;DURATION=PT1H":                         "Datadog does not support DURATION in a rule.",
		strings.Repeat("FREQ=DAILY;", 1000):                "The rule is longer than 4096 characters.",
	} {
		if got := recurrenceRuleProblem(rule); !strings.HasPrefix(got, want) || (got == "") != (want == "") {
			t.Errorf("%q: %q, want %q", rule, got, want)
		}
	}
}
