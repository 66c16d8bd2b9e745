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

// newDowntime returns the kind of downtimes (API v2).
func newDowntime() *Kind {
	facts := downtimeOverlay()
	body := load(downtimeTable, facts)["DowntimeCreateRequestAttributes"]
	return &Kind{
		Name:      "downtime",
		Plural:    "downtimes",
		Terraform: []string{"datadog_downtime", "datadog_downtime_schedule"},
		Version:   version(downtimeTable, facts),
		Title:     "scope",
		Body:      body,
		Remote: Remote{
			Path:            "/api/v2/downtime",
			Envelope:        JSONAPI,
			DataType:        "downtime",
			Patch:           true,
			DeletedSilently: true,
			ID:              ID{Pattern: downtimeID},
			List: Listing{
				Key:    "data",
				Paging: Paging{From: "page[offset]", Size: "page[limit]", Most: 100}, // 30 without a limit
			},
			ReadPermission: "monitors_downtime", WritePermission: "monitors_downtime",
			Gone: Condition{Field: "status", Values: []string{"canceled", "ended"}},
		},
		History:      History{Created: "created", Modified: "modified"},
		UpdateMerges: true, RejectsUnknown: true,
		// Datadog sends the message to users, so the marker is below its text. The maximum length is not known (the
		// longest recorded message has 26 characters).
		Marker:     lineMarker{"message"},
		Implied:    func(map[string]any) []Implied { return nil },
		References: func(b map[string]any) []Reference { return references(body, b, nil) },
		Normalize:  withoutEmptyTimes,
		Check:      checkDowntime,
		Over:       downtimeIsOver,
	}
}

// withoutEmptyTimes removes values that mean a default: a null start is the time of the request, so sending it again
// would move the downtime. An empty time zone is UTC.
func withoutEmptyTimes(body map[string]any) map[string]any {
	if body["display_timezone"] == "" {
		body = without(body, "display_timezone")
	}
	schedule, _ := body["schedule"].(map[string]any)
	if start, isSet := schedule["start"]; isSet && start == nil {
		return with(body, "schedule", without(schedule, "start"))
	}
	recurrences, _ := schedule["recurrences"].([]any)
	list := slices.Clone(recurrences)
	changed := false
	for i, r := range list {
		recurrence, _ := r.(map[string]any)
		if start, isSet := recurrence["start"]; isSet && start == nil {
			list[i], changed = without(recurrence, "start"), true
		}
	}
	if changed {
		return with(body, "schedule", with(schedule, "recurrences", list))
	}
	return body
}

// downtimeIsOver reports whether a one-time downtime has ended. Datadog rejects creating one in the past.
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

// downtimeOverlay is the overlay for downtimes. Its source is FINDINGS-2, section 4, unless noted otherwise.
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
			{schema: d, field: "scope", Doc: docDowntimes, Note: "The scope to mute, such as env:staging; \"*\" for all."},
			{schema: d, field: "message", Default: "", Trim: true, Doc: docDowntimes, Note: "Datadog sends it when the downtime starts and ends. ddmon keeps its ownership marker in the last line."},
			{schema: d, field: "monitor_identifier", Doc: docDowntimeAPI, Note: "The monitor (monitor_id), or the tags of the monitors (monitor_tags)."},
			{schema: "DowntimeMonitorIdentifierId", field: "monitor_id", Ref: "monitor", Doc: docDowntimeAPI, Note: "The monitor to mute: monitor.NAME.id."},
			{schema: d, field: "schedule", Unmanaged: true, Doc: docDowntimes, Note: "When to mute. If unset, the downtime starts immediately and does not end."},
			// Datadog replaces null by the time of the request, so another request would move it: an unset start is
			// never sent as null.
			{schema: once, field: "start", Unmanaged: true, Doc: docDowntimeAPI, Note: "The start time, with a time zone. If unset, the downtime starts when it is created."},
			{schema: once, field: "end", Doc: docDowntimeAPI, Note: "The end time, with a time zone. If unset, the downtime does not end."},
			{schema: recurrence, field: "start", Unmanaged: true, Doc: docDowntimeAPI, Note: "The first start time, in the schedule's time zone, without an offset."},
			{schema: often, field: "timezone", Default: "UTC", Doc: docDowntimeAPI, Note: "The time zone of the recurrences."},
			{schema: d, field: "display_timezone", Default: "UTC", Doc: docDowntimeAPI, Note: "The time zone in which Datadog displays the downtime."},
			{schema: d, field: "notify_end_types", Set: true, Default: []any{"expired"}, Doc: docDowntimeAPI, Note: "How the downtime must end to notify. The order does not matter."},
			{schema: d, field: "notify_end_states", Set: true, Default: []any{"alert", "no data", "warn"}, Doc: docDowntimeAPI,
				Note: "The monitor states in which the end of the downtime notifies. The order does not matter."},
			{schema: d, field: "mute_first_recovery_notification", Default: false, Doc: docDowntimeAPI, Note: "Whether to mute the notification of the first recovery during the downtime."},
			{schema: d, field: "id", ReadOnly: true, Volatile: true, Doc: docDowntimeAPI, Note: "Assigned by Datadog."},
			{schema: d, field: "status", ReadOnly: true, Doc: docDowntimeAPI, Note: "scheduled, active, canceled or ended."},
		},
		equal: []equalFact{
			{schema: once, field: "start", Instant: true}, // Z becomes +00:00
			{schema: once, field: "end", Instant: true},
		},
	}
}
