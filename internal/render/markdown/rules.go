package markdown

import (
	"encoding/json"

	"ddmon/internal/monitor"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// impact is one way in which a change makes a monitor alert less (loosens) or more. The text can hold names from
// outside.
type impact struct {
	loosens bool
	text    safe.Text
}

// monitorSide is a monitor before or after a change. It returns only values that are not sensitive.
type monitorSide struct {
	c    *plan.Change
	body map[string]any
}

// value returns the value at a path; nil if it comes from a sensitive variable before or after the change.
func (s *monitorSide) value(keys ...any) any {
	if s.isSensitive(keys...) {
		return nil
	}
	return object.Path(keys).In(s.body)
}

// isSensitive reports whether the value at a path, or a part of it, is sensitive.
func (s *monitorSide) isSensitive(keys ...any) bool {
	p, d := object.Path(keys), s.c.Desired
	return d != nil && (d.IsSensitive(p) || d.MayBeSensitive(p) || d.HoldsSensitive(p))
}

// text returns a string, with addresses in place of ids that are known after apply.
func (s *monitorSide) text(keys ...any) string {
	switch v := s.value(keys...).(type) {
	case string:
		return v
	case object.Text:
		return v.String()
	}
	return ""
}

func (s *monitorSide) number(keys ...any) (float64, bool) {
	n, ok := s.value(keys...).(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

// impactsOf lists how an update makes a monitor alert less or more. It omits what cannot be compared, such as a query
// on another metric.
func impactsOf(c *plan.Change) []impact {
	if c.Address.Kind != "monitor" || c.Action != plan.Update && c.Action != plan.Replace {
		return nil
	}
	before, after := &monitorSide{c, c.Before}, &monitorSide{c, c.After}
	var found []impact
	old, ok1 := conditionOf(before.text("type"), before.text("query"))
	new, ok2 := conditionOf(after.text("type"), after.text("query"))
	if ok1 && ok2 && old.comparable(&new) {
		for _, compare := range []func(_, _ *condition) []impact{compareThreshold, compareWindow, compareAggregation} {
			found = append(found, compare(&old, &new)...)
		}
		found = append(found, compareThresholdOptions(before, after, &new)...)
	}
	for _, compare := range []func(_, _ *monitorSide) []impact{compareRecipients, compareNoData, compareRenotify, compareDelays} {
		found = append(found, compare(before, after)...)
	}
	return found
}

// compareThresholdOptions compares the thresholds that are set in the options only.
func compareThresholdOptions(before, after *monitorSide, c *condition) []impact {
	keys := []safe.Text{"warning"}
	if c.cmp == nil {
		keys = []safe.Text{"critical", "warning"} // the query of a service check has no threshold
	}
	var found []impact
	for _, key := range keys {
		from, was := before.number("options", "thresholds", string(key))
		to, is := after.number("options", "thresholds", string(key))
		switch {
		case was && is && from != to:
			found = append(found, impact{(to > from) == c.above, key + " threshold " + decimal(from) + " → " + decimal(to)})
		case was && !is && after.value("options", "thresholds", string(key)) == nil:
			found = append(found, impact{true, key + " threshold removed"})
		case !was && is:
			found = append(found, impact{false, "new " + key + " threshold " + decimal(to)})
		}
	}
	return found
}

// compareRecipients compares the handles in the messages.
func compareRecipients(before, after *monitorSide) []impact {
	removed, added := compareHandles(handlesOf(before), handlesOf(after))
	var found []impact
	if len(removed) > 0 {
		found = append(found, impact{true, "no longer notifies " + safe.Join(clippedHandles(removed), " ")})
	}
	if len(added) > 0 {
		found = append(found, impact{false, "also notifies " + safe.Join(clippedHandles(added), " ")})
	}
	return found
}

// compareNoData compares whether, and how soon, a monitor notifies on missing data.
func compareNoData(before, after *monitorSide) []impact {
	notifies := func(s *monitorSide) bool {
		flag, _ := s.value("options", "notify_no_data").(bool)
		o := monitor.Options{OnMissingData: s.text("options", "on_missing_data"), NotifyNoData: &flag}
		return o.NotifiesNoData()
	}
	switch was, is := notifies(before), notifies(after); {
	case was && !is:
		return []impact{{true, "no longer notifies on missing data"}}
	case !was && is:
		return []impact{{false, "notifies on missing data"}}
	case !is:
		return nil
	}
	return compareNumber(before, after, "no_data_timeframe", "no-data timeframe (minutes)")
}

// compareRenotify compares the renotify interval. Unset and 0 both turn renotification off.
func compareRenotify(before, after *monitorSide) []impact {
	from, _ := before.number("options", "renotify_interval")
	to, _ := after.number("options", "renotify_interval")
	switch {
	case from > 0 && to == 0:
		return []impact{{true, "no longer renotifies"}}
	case from == 0 && to > 0:
		return []impact{{false, "renotifies every " + decimal(to) + " minutes"}}
	}
	return compareNumber(before, after, "renotify_interval", "renotify interval (minutes)")
}

// compareDelays compares the options that delay an evaluation.
func compareDelays(before, after *monitorSide) []impact {
	return append(compareNumber(before, after, "evaluation_delay", "evaluation delay (seconds)"),
		compareNumber(before, after, "new_group_delay", "new group delay (seconds)")...)
}

// compareNumber compares an option that loosens the monitor as it grows. It must be set before and after.
func compareNumber(before, after *monitorSide, key string, what safe.Text) []impact {
	from, was := before.number("options", key)
	to, is := after.number("options", key)
	if !was || !is || from == to {
		return nil
	}
	return []impact{{to > from, what + " " + decimal(from) + " → " + decimal(to)}}
}
