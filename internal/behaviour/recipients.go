package behaviour

import (
	"ddmon/internal/monitor"
	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// recipients determines who a monitor's message notifies. The replay renders messages for its primary phase only. For
// other phases, conditions on the status are evaluated here, and any other condition counts as possibly true.
type recipients struct {
	*monitor.Monitor
	message *monitor.Message
	// hidden reports whether a handle depends on a sensitive value.
	hidden func(handle string) bool
}

func newRecipients(s *side) *recipients {
	return &recipients{Monitor: s.view, message: monitor.ParseMessage(s.view.Message), hidden: s.HidesHandle}
}

// collapses reports whether notify_by combines groups.
func (r *recipients) collapses() bool { return len(r.Options.NotifyBy) > 0 }

// notifiedFor reports whether recipients have already been notified when a group leaves a status.
func (r *recipients) notifiedFor(from replay.Status) bool {
	return r.Options.Notifies(from) && len(r.handles(replay.OK, from)) > 0
}

// TemplateVariable returns no variable, because the group of the message is not known here.
func (r *recipients) TemplateVariable(string) (text string, known bool) { return "", false }

// handles returns the handles that a message for a status change can contain.
func (r *recipients) handles(from, to replay.Status) []object.Guarded {
	return r.guarded(r.message.Handles(monitor.Event{From: from, To: to}, r))
}

// guarded marks the handles that depend on a sensitive value so that they are not shown.
func (r *recipients) guarded(handles []string) []object.Guarded {
	list := make([]object.Guarded, len(handles))
	for i, h := range handles {
		list[i] = object.Guard(h, r.hidden(h))
	}
	return list
}
