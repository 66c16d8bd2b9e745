package kind

import (
	"encoding/json"
	"regexp"
	"strings"

	"ddmon/internal/object"
)

// newMonitor makes the kind of monitors.
func newMonitor() *Kind {
	return &Kind{
		Name:         "monitor",
		Endpoint:     "/api/v1/monitor",
		Title:        "name",
		Body:         load(monitorTable, monitorOverlay())["Monitor"],
		UpdateMerges: true,
		Validates:    true,
		Marker:       tagMarker{},
		Implied:      monitorImplied,
		References:   monitorReferences,
	}
}

// monitorImplied derives the critical threshold from the query, and what a custom schedule makes of missing data
// (FINDINGS monitors 3).
func monitorImplied(body map[string]any) []Implied {
	var implied []Implied
	options, _ := body["options"].(map[string]any)
	thresholds, _ := options["thresholds"].(map[string]any)
	if thresholds["critical"] == nil && takesThresholds(body["type"]) {
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

// takesThresholds reports whether the number in the query of a monitor of this type is a threshold.
func takesThresholds(monitorType any) bool {
	switch monitorType {
	case "composite", "service check", "synthetics alert", nil:
		return false
	}
	return true
}

// queryThreshold returns the number after the comparison that ends a query. The end is enough: a text with a
// reference in it, whose parts are not known yet, still ends in literal text.
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
	number = strings.TrimPrefix(number, "+")
	if !json.Valid([]byte(number)) || strings.ContainsAny(number, `"[{tfn`) {
		return "", false
	}
	return json.Number(number), true
}

// compositeID finds the ids in the query of a composite monitor.
var compositeID = regexp.MustCompile(`[0-9]+`)

// monitorReferences finds the members of a composite.
func monitorReferences(body map[string]any) []Reference {
	query, ok := body["query"].(string)
	if !ok || body["type"] != "composite" {
		return nil
	}
	var refs []Reference
	for _, id := range compositeID.FindAllString(query, -1) {
		refs = append(refs, Reference{Path: object.Path{"query"}, Kind: "monitor", ID: id})
	}
	return refs
}
