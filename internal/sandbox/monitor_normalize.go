package sandbox

import (
	"slices"
	"strings"
)

// writable returns the keys of a monitor that a client can set. Other keys in a request are ignored.
func writable() []string {
	return []string{"type", "name", "message", "tags", "query", "options", "priority", "restricted_roles",
		"restriction_policy", "draft_status", "assets"}
}

// draftMonitor returns the monitor that a create would store, without the fields that the server sets (id, times).
func draftMonitor(sent object) object {
	m := object{
		"message": "", "tags": []any{}, "priority": nil, "restricted_roles": nil, "restriction_policy": nil,
		"draft_status": "published", "assets": []any{},
	}
	for _, key := range writable() {
		if v, present := sent[key]; present {
			m[key] = v
		}
	}
	return m
}

// mergeMonitor applies an update to a stored monitor. Top-level keys in the request replace the stored ones.
func mergeMonitor(old, sent object) object {
	m := object{}
	for key, v := range old {
		m[key] = v
	}
	for _, key := range writable() {
		if v, present := sent[key]; present {
			m[key] = v
		}
	}
	return m
}

// normalizeMonitor changes a valid monitor to the form that the server stores. It normalizes options only if they were
// sent: stored options were normalized by the rules of the time when they were stored.
func normalizeMonitor(m object, id int64, optionsSent bool) {
	for _, key := range []string{"message", "query"} {
		m[key] = strings.TrimSpace(stringField(m, key))
	}
	if optionsSent {
		options, _ := m["options"].(object)
		m["options"] = normalizeOptions(stringField(m, "type"), options)
	}
	options, _ := m["options"].(object)
	m["type"] = normalizedType(stringField(m, "type"), stringField(m, "query"), options["variables"])
	if m["name"] == nil {
		m["name"] = generatedName(stringField(m, "query"))
	}
	if m["tags"] == nil {
		m["tags"] = []any{}
	}
	if priority, isNumber := floatValue(m["priority"]); isNumber && priority == 0 {
		m["priority"] = nil
	}
	m["multi"] = isMultiAlert(stringField(m, "type"), stringField(m, "query"), options["variables"])
	m["assets"] = normalizedAssets(m["assets"], id)
}

// normalizedType returns the type of a metric monitor, which can depend on its query. Otherwise metric and query alerts
// keep the type that was sent.
func normalizedType(kind, query string, variables any) string {
	switch {
	case kind == "metric alert" && storedAsQueryAlert(query):
		return "query alert"
	case kind == "query alert" && joinsReferenceTable(variables):
		return "metric alert"
	}
	return kind
}

func storedAsQueryAlert(query string) bool {
	cumulative := strings.Contains(query, "(current_") && !strings.Contains(query, "(current_1h)")
	return cumulative || strings.Contains(query, "anomalies(")
}

// joinsReferenceTable reports whether a variable of a formula joins a reference table.
func joinsReferenceTable(variables any) bool {
	list, _ := variables.([]any)
	return slices.ContainsFunc(list, func(v any) bool {
		variable, _ := v.(object)
		source := stringField(variable, "data_source")
		return source == "aggregate_augmented_query" || source == "aggregate_filtered_query"
	})
}

func normalizedAssets(sent any, id int64) []any {
	list, _ := sent.([]any)
	out := make([]any, 0, len(list))
	for _, v := range list {
		asset, isObject := v.(object)
		if !isObject {
			out = append(out, v)
			continue
		}
		normalized := object{"template_variables": object{}, "options": object{}, "resource_key": nil, "resource_type": nil}
		for key, value := range asset {
			normalized[key] = value
		}
		normalized["monitor_id"] = id
		out = append(out, normalized)
	}
	return out
}
