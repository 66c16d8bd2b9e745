package behaviour

import (
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// speech is whom a monitor's message would tell. The replay renders messages for its primary phase only; for what only
// other phases see, the conditions on the status are resolved here, and any other is taken to hold or not as it may.
type speech struct {
	template *ddquery.Template
	priority string
	// noData says that No Data is told, collapses that several groups are told of together.
	noData, collapses bool
	// hidden reports whether a handle depends on a sensitive value.
	hidden func(handle string) bool
}

func newSpeech(of *side) *speech {
	body := of.Body
	var text string
	switch m := body["message"].(type) {
	case string:
		text = m
	case object.Text:
		text = m.String()
	}
	options, _ := body["options"].(map[string]any)
	notify, _ := options["notify_no_data"].(bool)
	by, _ := options["notify_by"].([]any)
	s := &speech{noData: notify || options["on_missing_data"] == "show_and_notify_no_data", collapses: len(by) > 0}
	s.template, _ = ddquery.ParseTemplate(text)
	s.hidden = of.HidesHandle
	if p, ok := object.Float(body["priority"]); ok && p > 0 {
		s.priority = "P" + strconv.FormatFloat(p, 'f', -1, 64)
	}
	return s
}

// announces reports whether a change to a status is told at all.
func (s *speech) announces(to replay.Status) bool {
	return to == replay.Alert || to == replay.Warn || to == replay.NoData && s.noData
}

// open reports whether somebody has been told already if a group comes from a status.
func (s *speech) open(from replay.Status) bool {
	return s.announces(from) && len(s.handles(replay.OK, from)) > 0
}

// handles are those that a message on a change of status may hold.
func (s *speech) handles(from, to replay.Status) []object.Guarded {
	var list []string
	var walk func(nodes []ddquery.TemplateNode)
	walk = func(nodes []ddquery.TemplateNode) {
		for _, n := range nodes {
			switch n := n.(type) {
			case *ddquery.Handle:
				list = append(list, n.Raw)
			case *ddquery.TemplateBlock:
				holds, known := s.condition(n, from, to)
				if !known || holds != n.Negated {
					walk(n.Body)
				}
				if !known || holds == n.Negated {
					walk(n.Else)
				}
			}
		}
	}
	walk(s.template.Nodes)
	return s.guarded(list)
}

// guarded keeps the handles of a sensitive message from being shown.
func (s *speech) guarded(handles []string) []object.Guarded {
	list := make([]object.Guarded, len(handles))
	for i, h := range handles {
		list[i] = object.Guard(h, s.hidden(h))
	}
	return list
}

// condition says whether {{#name}} holds, if that is known.
func (s *speech) condition(n *ddquery.TemplateBlock, from, to replay.Status) (holds, known bool) {
	switch n.Name.Name {
	case "is_alert":
		return to == replay.Alert, true
	case "is_warning":
		return to == replay.Warn, true
	case "is_no_data":
		return to == replay.NoData, true
	case "is_alert_to_warning":
		return from == replay.Alert && to == replay.Warn, true
	case "is_match", "is_exact_match":
		return false, false
	case "is_priority":
		return len(n.Args) == 1 && strings.EqualFold(n.Args[0].Text, s.priority), true
	}
	return false, true // recoveries and renotifications
}
