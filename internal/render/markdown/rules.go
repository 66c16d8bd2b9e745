package markdown

import (
	"encoding/json"

	"ddmon/internal/monitor"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// shift is one way in which a monitor alerts less, or more, than before. The text may hold names from outside.
type shift struct {
	looser bool
	text   safe.Text
}

// monitorSide is a monitor before or after a change, as far as it may be shown.
type monitorSide struct {
	c    *plan.Change
	body map[string]any
}

// value returns what stands at a path; nil where a sensitive variable is part of it before or after.
func (s *monitorSide) value(keys ...any) any {
	if s.hides(keys...) {
		return nil
	}
	return object.Path(keys).In(s.body)
}

// hides reports whether what stands at a path is not to be shown.
func (s *monitorSide) hides(keys ...any) bool {
	p, d := object.Path(keys), s.c.Desired
	return d != nil && (d.IsSensitive(p) || d.MayBeSensitive(p) || d.HoldsSensitive(p))
}

// text returns a string; ids that are not known yet stand in it as addresses.
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

// shifts says in what ways an update makes a monitor alert less or more. What cannot be told for sure, such as another
// metric, is none.
func shifts(c *plan.Change) []shift {
	if c.Address.Kind != "monitor" || c.Action != plan.Update && c.Action != plan.Replace {
		return nil
	}
	before, after := &monitorSide{c, c.Before}, &monitorSide{c, c.After}
	var found []shift
	old, ok1 := measureOf(before.text("type"), before.text("query"))
	new, ok2 := measureOf(after.text("type"), after.text("query"))
	if ok1 && ok2 && old.comparable(&new) {
		for _, rule := range []func(_, _ *measure) []shift{byThreshold, byWindow, byAggregation} {
			found = append(found, rule(&old, &new)...)
		}
		found = append(found, byOtherThresholds(before, after, &new)...)
	}
	for _, rule := range []func(_, _ *monitorSide) []shift{byHandles, byMissingData, byRenotify, byDelays} {
		found = append(found, rule(before, after)...)
	}
	return found
}

// byOtherThresholds compares the thresholds that stand in the options alone.
func byOtherThresholds(before, after *monitorSide, m *measure) []shift {
	keys := []safe.Text{"warning"}
	if m.cmp == nil {
		keys = []safe.Text{"critical", "warning"} // a service check has both there
	}
	var found []shift
	for _, key := range keys {
		from, was := before.number("options", "thresholds", string(key))
		to, is := after.number("options", "thresholds", string(key))
		switch {
		case was && is && from != to:
			found = append(found, shift{(to > from) == m.above, key + " threshold " + decimal(from) + " → " + decimal(to)})
		case was && !is && after.value("options", "thresholds", string(key)) == nil:
			found = append(found, shift{true, "no " + key + " threshold any more"})
		case !was && is:
			found = append(found, shift{false, "new " + key + " threshold " + decimal(to)})
		}
	}
	return found
}

// byHandles compares who is told.
func byHandles(before, after *monitorSide) []shift {
	lost, gained := compareHandles(handlesOf(before), handlesOf(after))
	var found []shift
	if len(lost) > 0 {
		found = append(found, shift{true, "no longer tells " + safe.Join(clipped(lost), " ")})
	}
	if len(gained) > 0 {
		found = append(found, shift{false, "also tells " + safe.Join(clipped(gained), " ")})
	}
	return found
}

// byMissingData compares whether, and how soon, missing data notify.
func byMissingData(before, after *monitorSide) []shift {
	notifies := func(s *monitorSide) bool {
		flag, _ := s.value("options", "notify_no_data").(bool)
		o := monitor.Options{OnMissingData: s.text("options", "on_missing_data"), NotifyNoData: &flag}
		return o.NotifiesNoData()
	}
	switch was, is := notifies(before), notifies(after); {
	case was && !is:
		return []shift{{true, "missing data no longer notifies"}}
	case !was && is:
		return []shift{{false, "missing data notifies"}}
	case !is:
		return nil
	}
	return byNumber(before, after, "no_data_timeframe", "minutes until missing data notifies")
}

// byRenotify compares how soon a notification is repeated; none or 0 is never.
func byRenotify(before, after *monitorSide) []shift {
	from, _ := before.number("options", "renotify_interval")
	to, _ := after.number("options", "renotify_interval")
	switch {
	case from > 0 && to == 0:
		return []shift{{true, "no longer repeats its notification"}}
	case from == 0 && to > 0:
		return []shift{{false, "repeats its notification every " + decimal(to) + " minutes"}}
	}
	return byNumber(before, after, "renotify_interval", "minutes until a notification is repeated")
}

// byDelays compares what makes a monitor look later.
func byDelays(before, after *monitorSide) []shift {
	return append(byNumber(before, after, "evaluation_delay", "seconds of evaluation delay"),
		byNumber(before, after, "new_group_delay", "seconds of delay for new groups")...)
}

// byNumber compares an option of which more alerts less, where it is set before and after.
func byNumber(before, after *monitorSide, key string, what safe.Text) []shift {
	from, was := before.number("options", key)
	to, is := after.number("options", key)
	if !was || !is || from == to {
		return nil
	}
	return []shift{{to > from, what + " " + decimal(from) + " → " + decimal(to)}}
}
