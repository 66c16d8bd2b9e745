package sandbox

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// downtimeAttributes are the attributes that a request can have.
func downtimeAttributes() []string {
	return []string{"display_timezone", "message", "monitor_identifier", "mute_first_recovery_notification",
		"notify_end_states", "notify_end_types", "schedule", "scope"}
}

// checkDowntime returns Datadog's error message if it rejects the attributes of a downtime, or "". The messages about
// additional properties and scopes are recorded. The messages about monitors and times were recorded from version 1 of
// the API.
func checkDowntime(t tx, sent object) string {
	if problem := checkAdditionalProperties(sent); problem != "" {
		return problem
	}
	if scope, isSent := sent["scope"]; isSent && !hasKeys(scope) {
		return "All values must have a key"
	}
	identifier, _ := sent["monitor_identifier"].(object)
	if tags, _ := identifier["monitor_tags"].([]any); len(tags) > 32 {
		return "There can be at most 32 monitor tags."
	}
	if id, isNumber := identifier["monitor_id"].(json.Number); isNumber && t.get(monitorBucket, id.String()) == nil {
		return "'monitor_id' does not correspond to any monitor"
	}
	return ""
}

// checkNewDowntime adds the checks that only a create makes. The message about a required property is not recorded: it
// comes from the library that writes the recorded message about additional properties.
func checkNewDowntime(t tx, sent object, now time.Time) string {
	for _, key := range []string{"monitor_identifier", "scope"} {
		if sent[key] == nil {
			return "'" + key + "' is a required property"
		}
	}
	if problem := checkDowntime(t, sent); problem != "" {
		return problem
	}
	schedule, _ := sent["schedule"].(object)
	for _, key := range []string{"start", "end"} {
		if at, isTime := parseTime(schedule[key]); isTime && at.Before(now) {
			return "Scheduled downtime start cannot be in the past"
		}
	}
	return ""
}

func checkAdditionalProperties(sent object) string {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(sent)) {
		if !slices.Contains(downtimeAttributes(), key) {
			names = append(names, "'"+key+"'")
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "Additional properties are not allowed (" + names[0] + " was unexpected)"
	}
	return "Additional properties are not allowed (" + strings.Join(names, ", ") + " were unexpected)"
}

var (
	quotedPattern  = regexp.MustCompile(`"[^"]*"`)
	groupedPattern = regexp.MustCompile(`(:|\s+(?i:(not\s+)?in)\s*)\([^()]*\)`) // env:(a OR b), env IN (a, b)
)

// hasKeys reports whether every value of a scope has a key, as in env:staging. * selects everything.
func hasKeys(scope any) bool {
	s, isString := scope.(string)
	s = quotedPattern.ReplaceAllString(s, "v")
	s = groupedPattern.ReplaceAllString(s, ":v")
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,()\t\n", r) })
	return isString && len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool {
		operator := slices.Contains([]string{"AND", "OR", "NOT", "*"}, strings.ToUpper(word))
		return !operator && !strings.Contains(word, ":")
	})
}
