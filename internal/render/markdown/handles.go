package markdown

import (
	"ddmon/internal/monitor"
	"ddmon/internal/render/safe"
)

// handlesOf lists the handles in a monitor's messages, each once, in the order of the messages. The escalation message
// counts only if the monitor renotifies.
func handlesOf(s *monitorSide) []string {
	if s.c.Address.Kind != "monitor" {
		return nil
	}
	messages := []string{s.text("message")}
	if interval, _ := s.number("options", "renotify_interval"); interval > 0 {
		messages = append(messages, s.text("options", "escalation_message"))
	}
	return monitor.Handles(messages...)
}

// compareHandles returns the handles that are only in before, and those that are only in after.
func compareHandles(before, after []string) (removed, added []string) {
	without := func(list, other []string) (rest []string) {
		in := make(map[string]bool, len(other))
		for _, h := range other {
			in[h] = true
		}
		for _, h := range list {
			if !in[h] {
				rest = append(rest, h)
			}
		}
		return rest
	}
	return without(before, after), without(after, before)
}

// maxHandles is the number of handles in a row.
const maxHandles = 8

// handleList writes handles as code, so that GitHub does not notify users of the same name.
func handleList(list []string) markup {
	if len(list) == 0 {
		return "no one"
	}
	names := make([]markup, 0, maxHandles+1)
	for i, h := range list {
		if i == maxHandles {
			names = append(names, "and "+count(len(list)-i, "other"))
			break
		}
		names = append(names, codeSpan(safe.Clip(h, maxName)))
	}
	return join(names, ", ")
}

// clippedHandles limits the number and the length of handles for a sentence.
func clippedHandles(list []string) []safe.Text {
	var out []safe.Text
	for i, h := range list {
		if i == maxHandles {
			return append(out, "and "+safe.Count(len(list)-i, "other"))
		}
		out = append(out, safe.Clip(h, maxName))
	}
	return out
}
