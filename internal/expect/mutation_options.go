package expect

import (
	"encoding/json"
	"math"
	"strconv"

	"ddmon/internal/monitor"
)

// missingDataChanges changes on_missing_data to each other value or, in a monitor without it, notify_no_data.
func missingDataChanges(m *mutable) []change {
	var list []change
	if _, ok := m.options["on_missing_data"].(string); ok {
		for _, value := range []string{"default", "show_no_data", "show_and_notify_no_data", "resolve"} {
			list = append(list, change{field: "on_missing_data", edit: func(m *mutable) (from, to string, ok bool) {
				from, ok = m.options["on_missing_data"].(string)
				m.options["on_missing_data"] = value
				return from, value, ok
			}})
		}
		return list
	}
	return append(list, change{field: "notify_no_data", edit: func(m *mutable) (from, to string, ok bool) {
		if m.options["on_missing_data"] != nil {
			return "", "", false
		}
		before := m.options["notify_no_data"] == true
		m.options["notify_no_data"] = !before
		return strconv.FormatBool(before), strconv.FormatBool(!before), true
	}})
}

// renotifyChanges stops renotifications, and doubles and halves their interval.
func renotifyChanges(*mutable) []change {
	var list []change
	for _, factor := range []float64{0, 2, 0.5} {
		list = append(list, change{field: "renotify_interval", edit: func(m *mutable) (from, to string, ok bool) {
			v := monitor.Fields(m.options).Number("renotify_interval")
			if v == nil || *v <= 0 {
				return "", "", false
			}
			changed := math.Floor(*v * factor)
			if factor == 0 {
				delete(m.options, "renotify_interval")
				return decimal(*v), nothing, true
			}
			m.options["renotify_interval"] = json.Number(decimal(changed))
			return decimal(*v), decimal(changed), changed >= 1
		}})
	}
	return list
}
