package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
)

// normalizeSLO returns the SLO that a create or an update stores: the fields in the request, in the form that the
// server stores, and derived fields. An update replaces the whole SLO.
func normalizeSLO(kind string, sent object) object {
	m := object{"type": kind, "description": "", "tags": []any{}, "monitor_tags": []any{}}
	for _, key := range []string{"name", "description", "tags", "thresholds", "timeframe", "target_threshold",
		"warning_threshold", "query", "sli_specification", "monitor_ids", "groups"} {
		if v := sent[key]; v != nil {
			m[key] = v
		}
	}
	m["tags"] = lowercaseTags(m["tags"])
	derivePrimaryTimeframe(m)
	normalizeTargets(m)
	if id, known := sloTypes()[kind]; known {
		m["type_id"] = id
	}
	switch kind {
	case "metric":
		deriveMissingQuery(m)
	case "time_slice":
		delete(m, "query")
		normalizeTimeSlice(m)
	}
	return m
}

// sloTypes returns the type_id of each SLO type.
func sloTypes() map[string]int { return map[string]int{"monitor": 0, "metric": 1, "time_slice": 2} }

func lowercaseTags(tags any) any {
	list, isList := tags.([]any)
	if !isList {
		return tags
	}
	out := slices.Clone(list)
	for i, tag := range out {
		if s, isString := tag.(string); isString {
			out[i] = strings.ToLower(s)
		}
	}
	return out
}

// derivePrimaryTimeframe sets the primary timeframe with its target and warning from the first threshold.
func derivePrimaryTimeframe(m object) {
	thresholds := objects(m["thresholds"])
	if len(thresholds) == 0 {
		return
	}
	for key, from := range map[string]string{"timeframe": "timeframe", "target_threshold": "target", "warning_threshold": "warning"} {
		if v := thresholds[0][from]; m[key] == nil && v != nil {
			m[key] = v
		}
	}
}

// normalizeTargets converts targets and warnings to floats and adds their display strings.
func normalizeTargets(m object) {
	thresholds := objects(m["thresholds"])
	normalized := make([]any, 0, len(thresholds))
	for _, threshold := range thresholds {
		out := without(threshold, "target_display", "warning_display")
		for _, key := range []string{"target", "warning"} {
			if f, isNumber := floatValue(threshold[key]); isNumber {
				out[key] = json.Number(formatFloat(f))
				out[key+"_display"] = displayPercent(f)
			} else if threshold[key] == nil {
				delete(out, key)
			}
		}
		normalized = append(normalized, out)
	}
	if m["thresholds"] != nil {
		m["thresholds"] = normalized
	}
}

// displayPercent formats a percentage, such as "99.9", or "99." for an integer.
func displayPercent(f float64) string {
	s := formatFloat(f)
	if integer, isInteger := strings.CutSuffix(s, ".0"); isInteger {
		return integer + "."
	}
	return s
}

// normalizeTimeSlice adds the default length of a slice in seconds.
func normalizeTimeSlice(m object) {
	specification, _ := m["sli_specification"].(object)
	slice, isObject := specification["time_slice"].(object)
	if isObject && slice["query_interval_seconds"] == nil {
		slice = without(slice)
		slice["query_interval_seconds"] = 300
		m["sli_specification"] = object{"time_slice": slice}
	}
}

// storedSLO returns an SLO as gets and lists show it. The response to a write has the numbers as they were sent.
func storedSLO(m object) object {
	out := without(m)
	for _, key := range []string{"target_threshold", "warning_threshold"} {
		if f, isNumber := floatValue(m[key]); isNumber {
			out[key] = json.Number(formatFloat(f))
		}
	}
	return out
}
