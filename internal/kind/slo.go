package kind

import (
	_ "embed" // the table
	"regexp"

	"ddmon/internal/object"
)

//go:generate go run ./gen -api v1 -schema ServiceLevelObjective -out slo_gen.txt

//go:embed slo_gen.txt
var sloTable string

// sloID matches the ids of SLOs: 32 hexadecimal digits in every recording. Other identifiers of letters and digits are
// accepted as well.
var sloID = regexp.MustCompile(`^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$`)

// newSLO returns the kind of service level objectives (SLOs).
func newSLO() *Kind {
	facts := sloOverlay()
	body := load(sloTable, facts)["ServiceLevelObjective"]
	return &Kind{
		Name:      "slo",
		Plural:    "slos",
		Terraform: []string{"datadog_service_level_objective"},
		Version:   version(sloTable, facts),
		Title:     "name",
		Body:      body,
		Remote: Remote{
			Path:     "/api/v1/slo",
			Envelope: Data,
			ID:       ID{Pattern: sloID},
			List: Listing{
				Key: "data", TagFilter: "tags_query", NameFilter: "query",
				Paging: Paging{From: "offset", Size: "limit", Most: 1000},
			},
			CanDelete:      "ids",
			ReadPermission: "slos_read", WritePermission: "slos_write",
		},
		Page: "/slo?slo_id={id}",
		History: History{
			Created: "created_at", Modified: "modified_at",
			Creators: []object.Path{{"creator", "handle"}, {"creator", "email"}},
		},
		StackTags: true,
		// The maximum length of an SLO's tag is not known (the longest recorded one has 70 characters); 200 is
		// documented for tags.
		Marker: tagMarker{},
		DerivedFrom: map[string][]string{
			"sli_specification": {"query"}, "query": {"sli_specification"},
			"target_threshold": {"thresholds"}, "warning_threshold": {"thresholds"}, "timeframe": {"thresholds"},
			// Each threshold also contains its numbers as text.
			"thresholds": {"thresholds", "target_threshold", "warning_threshold", "timeframe"},
		},
		Implied:    func(map[string]any) []Implied { return nil },
		References: func(b map[string]any) []Reference { return references(body, b, nil) },
		Check:      checkSLO,
	}
}

// Pages of Datadog's documentation about SLOs.
const (
	docSLO          = "https://docs.datadoghq.com/service_management/service_level_objectives/"
	docSLOAPI       = "https://docs.datadoghq.com/api/latest/service-level-objectives/"
	docSLOMonitor   = "https://docs.datadoghq.com/service_management/service_level_objectives/monitor/"
	docSLOMetric    = "https://docs.datadoghq.com/service_management/service_level_objectives/metric/"
	docSLOTimeSlice = "https://docs.datadoghq.com/service_management/service_level_objectives/time_slice/"
)

// sloOverlay is the overlay for SLOs. Its source is FINDINGS-2, section 3, unless noted otherwise.
func sloOverlay() overlay {
	const s, t = "ServiceLevelObjective", "SLOThreshold"
	return overlay{
		added: `
object ServiceLevelObjective
 type_id integer readonly
 configured_alert_ids []integer readonly
`,
		fields: []fact{
			{schema: s, field: "name", Trim: true, Doc: docSLOAPI, Note: "The name of the SLO. Does not need to be unique."},
			{schema: s, field: "type", ForceNew: true, Doc: docSLO, // a metric SLO sent as monitor is refused; TF
				Note: "\"metric\" counts good events, \"monitor\" measures the uptime of monitors, \"time_slice\" the time in which a metric meets a condition. Changing the type replaces the SLO."},
			{schema: s, field: "description", Default: "", Doc: docSLOAPI, Note: "The description of the SLO."},
			{schema: s, field: "tags", Set: true, Default: []any{}, Doc: docSLOAPI, // the order differs between responses
				Note: "Tags of the SLO. The order does not matter. ddmon adds the stack's tags and its ownership marker."},
			{schema: s, field: "thresholds", Doc: docSLOAPI, Note: "The targets, one for each timeframe."},
			{schema: t, field: "target", Doc: docSLOAPI, Note: "The target percentage."},
			{schema: t, field: "warning", Doc: docSLOAPI, Note: "The SLO is in a warning state below this percentage, which must be above the target."},
			{schema: t, field: "target_display", ReadOnly: true, Doc: docSLOAPI, Note: "Computed by Datadog from the target."},
			{schema: t, field: "warning_display", ReadOnly: true, Doc: docSLOAPI, Note: "Computed by Datadog from the warning."},
			{schema: s, field: "timeframe", Doc: docSLOAPI, Note: "The primary timeframe. If unset, the timeframe of the first threshold."},
			{schema: s, field: "target_threshold", Doc: docSLOAPI, Note: "The target of the primary timeframe. If unset, it comes from the thresholds."},
			{schema: s, field: "warning_threshold", Doc: docSLOAPI, Note: "The warning of the primary timeframe. If unset, it comes from the thresholds."},
			{schema: s, field: "query", Doc: docSLOMetric,
				Note: "Metric SLOs only: the queries for good events (numerator) and all events (denominator). sli_specification.count is another form of it; set only one of them."},
			{schema: s, field: "sli_specification", Doc: docSLOTimeSlice, Note: "The measurement: time_slice, or count for a metric SLO."},
			{schema: "SLOTimeSliceCondition", field: "query_interval_seconds", Default: number("300"), Doc: docSLOTimeSlice, Note: "The length of a slice: 60 or 300 seconds."},
			{schema: "ServiceLevelObjectiveQuery", field: "numerator", Trim: true, Doc: docSLOMetric, Note: "The metric query that counts good events."},
			{schema: "ServiceLevelObjectiveQuery", field: "denominator", Trim: true, Doc: docSLOMetric, Note: "The metric query that counts all events."},
			{schema: s, field: "monitor_ids", Ref: "monitor", Doc: docSLOMonitor, Note: "The monitors whose uptime is measured: [monitor.NAME.id]."},
			{schema: s, field: "groups", Doc: docSLOMonitor, Note: "The groups of the monitor to measure, if there is only one monitor."},
			{schema: s, field: "monitor_tags", ReadOnly: true, Doc: docSLOMonitor, Note: "The tags of the monitors."},
			{schema: s, field: "id", ReadOnly: true, Volatile: true, Doc: docSLOAPI, Note: "Assigned by Datadog. Use slo.NAME.id to refer to it."},
			{schema: s, field: "created_at", ReadOnly: true, Doc: docSLOAPI, Note: "When the SLO was created, in seconds since 1970."},
			{schema: s, field: "modified_at", ReadOnly: true, Doc: docSLOAPI, Note: "When the SLO was last edited, in seconds since 1970."},
			{schema: s, field: "creator", ReadOnly: true, Doc: docSLOAPI, Note: "The user who created the SLO."},
			{schema: s, field: "type_id", ReadOnly: true, Doc: docSLOAPI, Note: "The type as a number."},
			{schema: s, field: "configured_alert_ids", ReadOnly: true, Doc: docSLOAPI, Note: "Monitors that alert on the SLO."},
		},
		equal: []equalFact{
			{schema: s, field: "tags", Lower: true},
			// Since 2026-03 each of the two is derived from the other (9 of 9, 7 of 7).
			{schema: s, field: "query", Derived: true},
			{schema: s, field: "sli_specification", Derived: true},
			// They come from the first threshold (19 of 19 since 2023).
			{schema: s, field: "timeframe", Derived: true},
			{schema: s, field: "target_threshold", Derived: true},
			{schema: s, field: "warning_threshold", Derived: true},
		},
	}
}
