package markdown

import (
	"ddmon/internal/monitor"
	"ddmon/internal/render/safe"
)

// handlesOf lists whom a monitor's messages mention, each once, in order of the text. The one of an escalation goes out
// only where the notification is repeated.
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

// compareHandles tells apart who is told no longer, and who newly.
func compareHandles(before, after []string) (lost, gained []string) {
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

// longestName is how many characters are shown of a name outside a fence, and mostHandles how many handles in a row.
const (
	longestName = 100
	mostHandles = 8
)

// handles lists handles as code, so that GitHub notifies nobody.
func handles(list []string) markup {
	if len(list) == 0 {
		return "nobody"
	}
	names := make([]markup, 0, mostHandles+1)
	for i, h := range list {
		if i == mostHandles {
			names = append(names, "and "+count(len(list)-i, "other"))
			break
		}
		names = append(names, codeSpan(safe.Clip(h, longestName)))
	}
	return join(names, ", ")
}

// clipped cuts handles to a length and a number for a sentence.
func clipped(list []string) []safe.Text {
	var out []safe.Text
	for i, h := range list {
		if i == mostHandles {
			return append(out, "and "+safe.Count(len(list)-i, "other"))
		}
		out = append(out, safe.Clip(h, longestName))
	}
	return out
}
