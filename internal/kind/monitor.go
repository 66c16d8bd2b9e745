package kind

import (
	_ "embed" // the table
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"ddmon/internal/object"
)

//go:generate go run ./gen -api v1 -schema Monitor -out monitor_gen.txt

//go:embed monitor_gen.txt
var monitorTable string

// newMonitor returns the kind of monitors.
func newMonitor() *Kind {
	facts := monitorOverlay()
	return &Kind{
		Name:      "monitor",
		Version:   version(monitorTable, facts),
		Plural:    "monitors",
		Terraform: []string{"datadog_monitor", "datadog_monitor_json"},
		Remote: Remote{
			Path: "/api/v1/monitor",
			ID:   ID{Number: hasNumericIDs("monitor")},
			List: Listing{
				TagFilter: "monitor_tags", TagsCombine: true, NameFilter: "name",
				Paging: Paging{From: "id_offset", Size: "page_size", AfterID: true, Most: 1000},
			},
			CanDelete:      "monitor_ids",
			ReadPermission: "monitors_read", WritePermission: "monitors_write",
		},
		Page: "/monitors/{id}",
		History: History{
			Created: "created", Modified: "modified",
			Creators: []object.Path{{"creator", "handle"}, {"creator", "email"}},
		},
		StackTags:         true,
		Title:             "name",
		Body:              load(monitorTable, facts)["Monitor"],
		UpdateMerges:      true,
		Validates:         true,
		RejectsDuplicates: true,
		Marker:            tagMarker{},
		DerivedFrom:       map[string][]string{"name": {"query"}}, // FINDINGS monitors 2
		Implied:           monitorImplied,
		Normalize:         withOpenMutes,
		References:        monitorReferences,
	}
}

// monitorImplied derives the critical threshold from the query, and on_missing_data from a custom schedule (FINDINGS
// monitors 3).
func monitorImplied(body map[string]any) []Implied {
	var implied []Implied
	options, _ := body["options"].(map[string]any)
	thresholds, _ := options["thresholds"].(map[string]any)
	if thresholds["critical"] == nil && hasThreshold(body["type"]) {
		if n, ok := queryThreshold(body["query"]); ok {
			implied = append(implied, Implied{object.Path{"options", "thresholds", "critical"}, n})
		}
	}
	scheduling, _ := options["scheduling_options"].(map[string]any)
	if scheduling["custom_schedule"] != nil && options["on_missing_data"] == nil {
		implied = append(implied, Implied{object.Path{"options", "on_missing_data"}, "default"})
	}
	return implied
}

// withOpenMutes replaces the end of mutes without an end by null: 0 means the same, and Datadog rewrites it (FINDINGS
// monitors 3: 88 of 88).
func withOpenMutes(body map[string]any) map[string]any {
	options, _ := body["options"].(map[string]any)
	silenced, _ := options["silenced"].(map[string]any)
	var open map[string]any
	for scope, end := range silenced {
		if seconds, isNumber := object.Float(end); isNumber && seconds == 0 {
			if open == nil {
				open = maps.Clone(silenced)
			}
			open[scope] = nil
		}
	}
	if open == nil {
		return body
	}
	return with(body, "options", with(options, "silenced", open))
}

// hasThreshold reports whether the number in the query of a monitor of this type is a threshold.
func hasThreshold(monitorType any) bool {
	switch monitorType {
	case "composite", "service check", "synthetics alert", nil:
		return false
	}
	return true
}

// queryThreshold returns the number after the comparison at the end of a query. This works for queries with references
// too, because they end with a literal.
func queryThreshold(query any) (json.Number, bool) {
	var text string
	switch query := query.(type) {
	case string:
		text = query
	case object.Text:
		if len(query) == 0 {
			return "", false
		}
		text = query[len(query)-1].Literal
	}
	text = strings.TrimSpace(text)
	at := strings.LastIndexAny(text, "<>=")
	if at < 0 {
		return "", false
	}
	number := strings.TrimSpace(text[at+1:])
	return json.Number(number), isNumber(number)
}

// monitorReferences returns the monitors of a composite and the SLO of an SLO alert in the order of the query, without
// duplicates.
func monitorReferences(body map[string]any) []Reference {
	query, _ := body["query"].(string)
	switch body["type"] {
	case "composite":
		notDigit := func(r rune) bool { return r < '0' || r > '9' }
		return queryReferences("monitor", strings.FieldsFunc(query, notDigit))
	case "slo alert": // error_budget("ID").over(...) or burn_rate("ID").over(...)
		if _, after, ok := strings.Cut(query, `("`); ok {
			id, _, _ := strings.Cut(after, `"`)
			return queryReferences("slo", []string{id})
		}
	}
	return nil
}

func queryReferences(kind string, ids []string) []Reference {
	var refs []Reference
	for i, id := range ids {
		if id != "" && !slices.Contains(ids[:i], id) {
			refs = append(refs, Reference{Path: object.Path{"query"}, Kind: kind, ID: id})
		}
	}
	return refs
}
