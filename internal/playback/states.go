package playback

import (
	"context"
	"encoding/json"
	"fmt"

	"ddmon/internal/replay"
	"ddmon/internal/sandbox"
)

// replayed is the latest replay, and the monitors that it has replayed.
type replayed struct {
	monitors string
	result   *replay.Result
}

// States implements sandbox.Telemetry. Monitors are replayed again only after one has changed.
func (s *Source) States(ctx context.Context, monitors []map[string]any, at int64) ([]sandbox.State, error) {
	text, err := json.Marshal(monitors)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.replayed.result == nil || s.replayed.monitors != string(text) {
		var list []replay.Monitor
		for _, m := range monitors {
			id := fmt.Sprint(m["id"])
			list = append(list, replay.Monitor{Address: "monitor." + id, ID: id, Body: m})
		}
		result, err := replay.Run(list, s.rec, replay.Options{Context: ctx, OnePhase: true})
		if err != nil {
			return nil, err
		}
		s.replayed = replayed{string(text), result}
	}
	states := make([]sandbox.State, len(monitors))
	for i := range states {
		states[i] = stateOf(&s.replayed.result.Monitors[i], at)
	}
	return states, nil
}

// rank orders statuses: a monitor has that of its worst group.
var rank = map[replay.Status]int{replay.OK: 1, replay.NoData: 2, replay.Warn: 3, replay.Alert: 4}

// stateOf returns the state of a monitor at a time. A monitor that could not be replayed has no data.
func stateOf(m *replay.MonitorResult, at int64) sandbox.State {
	state := sandbox.State{Status: replay.NoData.String()}
	worst := 0
	for _, g := range m.Groups {
		status := g.Initial
		group := sandbox.GroupState{Name: g.Group}
		for _, t := range g.Transitions {
			when := t.At.UnixMilli()
			if when > at {
				break
			}
			status = t.To
			switch t.To {
			case replay.Alert, replay.Warn:
				group.Triggered = when
			case replay.NoData:
				group.NoData = when
			case replay.OK:
				group.Resolved = when
			default:
			}
			state.Since = max(state.Since, when)
		}
		if status == replay.Gone || g.Start.UnixMilli() > at {
			continue
		}
		group.Status = status.String()
		state.Groups = append(state.Groups, group)
		if rank[status] > worst {
			worst, state.Status = rank[status], status.String()
		}
	}
	return state
}
