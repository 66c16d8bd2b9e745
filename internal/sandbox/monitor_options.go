package sandbox

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// normalizeOptions returns the options as the server stores them, with defaults for options that were not sent. A null
// in the request stays null. Normalizing the result again does not change it.
func normalizeOptions(kind string, sent object) object {
	o := maps.Clone(sent)
	if o == nil {
		o = object{}
	}
	_, missingDataSent := o["on_missing_data"]
	if message, isString := o["escalation_message"].(string); isString {
		o["escalation_message"] = strings.TrimSpace(message)
	}
	normalizeThresholds(kind, o)
	normalizeSilenced(o)
	if hasCustomSchedule(o) && o["on_missing_data"] == "default" {
		delete(o, "on_missing_data")
	}
	for _, d := range optionDefaults(kind, o, missingDataSent) {
		if _, present := o[d.name]; !present {
			o[d.name] = d.value
		}
	}
	return o
}

type optionDefault struct {
	name  string
	value any
}

func optionDefaults(kind string, o object, missingDataSent bool) []optionDefault {
	defaults := []optionDefault{{"silenced", object{}}, {"notify_audit", false}, {"include_tags", true}}
	if _, sent := o["new_group_delay"]; !sent {
		defaults = append(defaults, optionDefault{"new_host_delay", json.Number("300")})
	}
	if !missingDataSent && !hasCustomSchedule(o) {
		defaults = append(defaults, optionDefault{"notify_no_data", false})
	}
	if logType(kind) {
		defaults = append(defaults, optionDefault{"groupby_simple_monitor", false})
	}
	return defaults
}

func hasCustomSchedule(o object) bool {
	scheduling, _ := o["scheduling_options"].(object)
	return scheduling["custom_schedule"] != nil
}

// normalizeThresholds removes null thresholds (except from composites) and an empty object, and converts numbers to
// floats. The thresholds of a service check count statuses and stay integers.
func normalizeThresholds(kind string, o object) {
	sent, isObject := o["thresholds"].(object)
	if !isObject {
		return
	}
	t := object{}
	for name, v := range sent {
		if v == nil && kind != "composite" {
			continue
		}
		if f, isNumber := floatValue(v); isNumber && kind != "service check" {
			v = json.Number(formatFloat(f))
		}
		t[name] = v
	}
	o["thresholds"] = t
	if len(t) == 0 {
		delete(o, "thresholds")
	}
}

// normalizeSilenced replaces an end of 0 by null. Both mean "until unmuted".
func normalizeSilenced(o object) {
	sent, isObject := o["silenced"].(object)
	if !isObject {
		return
	}
	mutes := maps.Clone(sent)
	for _, scope := range slices.Collect(maps.Keys(mutes)) {
		if end, isNumber := floatValue(mutes[scope]); isNumber && end == 0 {
			mutes[scope] = nil
		}
	}
	o["silenced"] = mutes
}
