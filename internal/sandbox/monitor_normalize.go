package sandbox

import (
	"slices"
	"strings"
)

// writable are the keys of a monitor that a client may set. Others in a body are accepted and ignored.
func writable() []string {
	return []string{"type", "name", "message", "tags", "query", "options", "priority", "restricted_roles",
		"restriction_policy", "draft_status", "assets"}
}

// draftMonitor returns the monitor that a create would store, without what only the server knows (id, times).
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

// mergeMonitor returns the stored monitor with what an update sends: top-level keys replace, the others stay.
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

// normalizeMonitor rewrites a monitor that passed its checks into what the server keeps. Options are settled only
// when they were sent: stored ones are settled already, by the rules of their day.
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

// normalizedType is the type that a metric monitor gets for its query; metric and query alerts are otherwise kept as
// sent.
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

// joinsReferenceTable reports whether a formula's variables join a reference table.
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
