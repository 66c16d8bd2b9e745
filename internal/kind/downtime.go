package kind

import (
	_ "embed" // the table
	"regexp"
	"slices"
	"time"
)

//go:generate go run ./gen -api v2 -schema DowntimeCreateRequestAttributes -out downtime_gen.txt

//go:embed downtime_gen.txt
var downtimeTable string

// downtimeID is a UUID.
var downtimeID = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// newDowntime makes the kind of downtimes, of version 2 of the API.
func newDowntime() *Kind {
	facts := downtimeOverlay()
	body := load(downtimeTable, facts)["DowntimeCreateRequestAttributes"]
	return &Kind{
		Name:    "downtime",
		Plural:  "downtimes",
		Version: version(downtimeTable, facts),
		Title:   "scope",
		Body:    body,
		Remote: Remote{
			Path:            "/api/v2/downtime",
			Envelope:        JSONAPI,
			DataType:        "downtime",
			Patch:           true,
			DeletedSilently: true,
			ID:              ID{Pattern: downtimeID},
			List: Listing{
				Key:    "data",
				Paging: Paging{From: "page[offset]", Size: "page[limit]", Most: 100, Round: 10}, // 30 without a limit
			},
			ReadPermission: "monitors_downtime", WritePermission: "monitors_downtime",
			Gone: Condition{Field: "status", Values: []string{"canceled", "ended"}},
		},
		History:      History{Created: "created", Modified: "modified"},
		UpdateMerges: true, RefusesUnknown: true,
		// Datadog sends the message to people, so the marker is below its text. How long it may be is not recorded (the longest
		// sent has 26 characters).
		Marker:     lineMarker{"message"},
		Implied:    func(map[string]any) []Implied { return nil },
		References: func(b map[string]any) []Reference { return references(body, b, nil) },
		Normalize:  withoutEmptyTimes,
		Over:       downtimeIsOver,
	}
}

// withoutEmptyTimes leaves out what stands for a default that is not known before it is asked for: a start of null is the
// time of the request, so that a second request with it would move the downtime. An empty time zone is UTC.
func withoutEmptyTimes(body map[string]any) map[string]any {
	if body["display_timezone"] == "" {
		body = without(body, "display_timezone")
	}
	schedule, _ := body["schedule"].(map[string]any)
	if start, written := schedule["start"]; written && start == nil {
		return with(body, "schedule", without(schedule, "start"))
	}
	recurrences, _ := schedule["recurrences"].([]any)
	list := slices.Clone(recurrences)
	changed := false
	for i, r := range list {
		recurrence, _ := r.(map[string]any)
		if start, written := recurrence["start"]; written && start == nil {
			list[i], changed = without(recurrence, "start"), true
		}
	}
	if changed {
		return with(body, "schedule", with(schedule, "recurrences", list))
	}
	return body
}

// downtimeIsOver reports whether a downtime that happens once has ended: Datadog refuses to create one in the past.
func downtimeIsOver(body map[string]any, now time.Time) bool {
	schedule, _ := body["schedule"].(map[string]any)
	end, _ := schedule["end"].(string)
	at, err := time.Parse(time.RFC3339Nano, end)
	return err == nil && at.Before(now)
}

const (
	docDowntimes   = "https://docs.datadoghq.com/monitors/downtimes/"
	docDowntimeAPI = "https://docs.datadoghq.com/api/latest/downtimes/"
)

// downtimeOverlay is what is known of downtimes in addition to the OpenAPI file. Its source is FINDINGS-2, section 4, where no
// other is named.
func downtimeOverlay() overlay {
	const d, once, often = "DowntimeCreateRequestAttributes", "DowntimeScheduleOneTimeCreateUpdateRequest", "DowntimeScheduleRecurrencesCreateRequest"
	const recurrence = "DowntimeScheduleRecurrenceCreateUpdateRequest"
	return overlay{
		added: `
# keys of answers
object DowntimeCreateRequestAttributes
 id string readonly
 status string readonly
 created string readonly
 modified string readonly
 canceled string nullable readonly
 run_as any readonly
object DowntimeScheduleRecurrencesCreateRequest
 current_downtime {}any readonly
`,
		fields: []fact{
			{schema: d, field: "scope", Doc: docDowntimes, Note: "The groups to mute, such as env:staging; \"*\" for all."},
			{schema: d, field: "message", Default: "", Trim: true, Doc: docDowntimes, Note: "Sent to people when the downtime starts and ends. ddmon keeps its marker in the last line."},
			{schema: d, field: "monitor_identifier", Doc: docDowntimeAPI, Note: "One monitor (monitor_id), or all with some tags (monitor_tags)."},
			{schema: "DowntimeMonitorIdentifierId", field: "monitor_id", Ref: "monitor", Doc: docDowntimeAPI, Note: "The monitor to mute, as monitor.NAME.id."},
			{schema: d, field: "schedule", Unmanaged: true, Doc: docDowntimes, Note: "When to mute. Left out, the downtime starts at once and does not end."},
			// null becomes the time of the request, and another request would move it: what is not written is never sent as null.
			{schema: once, field: "start", Unmanaged: true, Doc: docDowntimeAPI, Note: "When it starts, with a time zone. Left out, it starts when it is created."},
			{schema: once, field: "end", Doc: docDowntimeAPI, Note: "When it ends, with a time zone. Left out, it does not end."},
			{schema: recurrence, field: "start", Unmanaged: true, Doc: docDowntimeAPI, Note: "When it starts first, in the schedule's time zone, without an offset."},
			{schema: often, field: "timezone", Default: "UTC", Doc: docDowntimeAPI, Note: "The time zone of the recurrences."},
			{schema: d, field: "display_timezone", Default: "UTC", Doc: docDowntimeAPI, Note: "The time zone in which Datadog shows it."},
			{schema: d, field: "notify_end_types", Set: true, Default: []any{"expired"}, Doc: docDowntimeAPI, Note: "Whether its end notifies; the order means nothing."},
			{schema: d, field: "notify_end_states", Set: true, Default: []any{"alert", "no data", "warn"}, Doc: docDowntimeAPI,
				Note: "The states of a monitor in which its end notifies; the order means nothing."},
			{schema: d, field: "mute_first_recovery_notification", Default: false, Doc: docDowntimeAPI, Note: "Whether the first recovery during it notifies no one."},
			{schema: d, field: "id", ReadOnly: true, Volatile: true, Doc: docDowntimeAPI, Note: "Given by Datadog."},
			{schema: d, field: "status", ReadOnly: true, Doc: docDowntimeAPI, Note: "scheduled, active, canceled or ended."},
		},
		equal: []equalFact{
			{schema: once, field: "start", Instant: true}, // Z becomes +00:00
			{schema: once, field: "end", Instant: true},
		},
	}
}
