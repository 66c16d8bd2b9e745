package behaviour

import (
	"ddmon/internal/monitor"
	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// speech is whom a monitor's message would tell. The replay renders messages for its primary phase only; for what only
// other phases see, the conditions on the status are resolved here, and any other is taken to hold or not as it may.
type speech struct {
	*monitor.Monitor
	message *monitor.Message
	// hidden reports whether a handle depends on a sensitive value.
	hidden func(handle string) bool
}

func newSpeech(of *side) *speech {
	return &speech{Monitor: of.view, message: monitor.ReadMessage(of.view.Message), hidden: of.HidesHandle}
}

// collapses reports whether several groups are notified together.
func (s *speech) collapses() bool { return len(s.Options.NotifyBy) > 0 }

// announces reports whether a change to a status is told at all.
func (s *speech) announces(to replay.Status) bool {
	return to == replay.Alert || to == replay.Warn || to == replay.NoData && s.Options.NotifiesNoData()
}

// open reports whether somebody has been told already if a group comes from a status.
func (s *speech) open(from replay.Status) bool {
	return s.announces(from) && len(s.handles(replay.OK, from)) > 0
}

// TemplateVariable returns no variable: which group a message is about is not known here.
func (s *speech) TemplateVariable(string) (text string, known bool) { return "", false }

// handles are those that a message on a change of status may hold.
func (s *speech) handles(from, to replay.Status) []object.Guarded {
	return s.guarded(s.message.Handles(monitor.Event{From: from, To: to}, s))
}

// guarded keeps the handles of a sensitive message from being shown.
func (s *speech) guarded(handles []string) []object.Guarded {
	list := make([]object.Guarded, len(handles))
	for i, h := range handles {
		list[i] = object.Guard(h, s.hidden(h))
	}
	return list
}
