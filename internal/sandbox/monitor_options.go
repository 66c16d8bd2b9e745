package sandbox

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// settleOptions returns the options as the server keeps them: rewritten, then with its defaults for what was not
// sent. What was sent as null stays null. Settling twice is settling once.
func settleOptions(kind string, sent object) object {
	o := maps.Clone(sent)
	if o == nil {
		o = object{}
	}
	_, missingDataSent := o["on_missing_data"]
	if message, isText := o["escalation_message"].(string); isText {
		o["escalation_message"] = strings.TrimSpace(message)
	}
	settleThresholds(kind, o)
	settleSilenced(o)
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

// settleThresholds drops null members (composites keep them) and an empty object, and turns numbers into floats.
// A service check's thresholds count statuses and stay integers.
func settleThresholds(kind string, o object) {
	sent, isObject := o["thresholds"].(object)
	if !isObject {
		return
	}
	t := object{}
	for name, v := range sent {
		if v == nil && kind != "composite" {
			continue
		}
		if f, isNumber := float(v); isNumber && kind != "service check" {
			v = json.Number(floatText(f))
		}
		t[name] = v
	}
	o["thresholds"] = t
	if len(t) == 0 {
		delete(o, "thresholds")
	}
}

// settleSilenced turns the end 0 of a mute into null, which both mean "until unmuted".
func settleSilenced(o object) {
	sent, isObject := o["silenced"].(object)
	if !isObject {
		return
	}
	mutes := maps.Clone(sent)
	for _, scope := range slices.Collect(maps.Keys(mutes)) {
		if end, isNumber := float(mutes[scope]); isNumber && end == 0 {
			mutes[scope] = nil
		}
	}
	o["silenced"] = mutes
}
