package operation

import (
	"strings"

	"ddmon/internal/object"
)

// fieldNamedIn returns the field that a Datadog error message is about, to report the error at its location. The first
// matching entry wins. Without a match, the message is about the whole object.
func fieldNamedIn(message string) object.Path {
	table := []struct {
		words string
		path  object.Path
	}{
		{"does not match that used in the query", object.Path{"options", "thresholds", "critical"}},
		{"warning threshold", object.Path{"options", "thresholds", "warning"}},
		{"recovery", object.Path{"options", "thresholds"}},
		{"alert status is required", object.Path{"options", "thresholds"}},
		{"threshold", object.Path{"options", "thresholds"}},
		{"evaluation_window", object.Path{"options", "scheduling_options"}},
		{"new_group_delay", object.Path{"options", "new_group_delay"}},
		{"no_data_timeframe", object.Path{"options", "no_data_timeframe"}},
		{"on_missing_data", object.Path{"options", "on_missing_data"}},
		{"notify_by", object.Path{"options", "notify_by"}},
		{"monitor ids are invalid", object.Path{"query"}},
		{"query", object.Path{"query"}},
		{"'type'", object.Path{"type"}},
		{"monitor type", object.Path{"type"}},
		{"tag", object.Path{"tags"}},
		{"message", object.Path{"message"}},
	}
	lower := strings.ToLower(message)
	for _, entry := range table {
		if strings.Contains(lower, entry.words) {
			return entry.path
		}
	}
	return nil
}
