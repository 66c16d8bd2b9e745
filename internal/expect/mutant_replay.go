package expect

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// mutantReplay replays a mutant instead of its monitor, with the objects and the recording of some tests.
type mutantReplay struct {
	mutant
	recording *series.Recording
	monitors  []replay.Monitor
	before    *replay.Result
	// affected are the monitor and its composites.
	affected []string
	// onePhase and allPhases are the replays at the primary second and at all seconds; nil until they are needed.
	onePhase, allPhases *rerun
}

// rerun is a replay of the mutant. Its result is nil if the change does not apply to the version of the monitor in the
// tests, or if the mutant cannot be replayed.
type rerun struct{ result *replay.Result }

func (m mutant) replayOver(out *Outcome) *mutantReplay {
	monitors := Monitors(out.Test.Objects)
	return &mutantReplay{
		mutant: m, recording: out.Recording, monitors: monitors, before: out.Result,
		affected: append(composites(m.Address, monitors), m.Address),
	}
}

// concerns reports whether a test has expectations about an affected monitor.
func (s *mutantReplay) concerns(t testfile.Test) bool {
	return slices.ContainsFunc(t.Expects, func(e testfile.Expect) bool {
		return slices.ContainsFunc(e.Monitors, func(a object.Address) bool { return slices.Contains(s.affected, a.String()) })
	})
}

// over returns the replay of the mutant, which runs only once; nil if it failed.
func (s *mutantReplay) over(o replay.Options) *replay.Result {
	done := &s.allPhases
	if o.OnePhase {
		done = &s.onePhase
	}
	if *done == nil {
		*done = &rerun{s.replay(o)}
	}
	return (*done).result
}

func (s *mutantReplay) replay(o replay.Options) *replay.Result {
	at := slices.IndexFunc(s.monitors, func(m replay.Monitor) bool { return m.Address == s.Address })
	if at < 0 {
		return nil
	}
	body, _, _, ok := s.change.apply(s.monitors[at].Body)
	if !ok {
		return nil
	}
	monitors := slices.Clone(s.monitors)
	monitors[at].Body = body
	some, err := replay.Run(withMembers(s.affected, monitors), s.recording, o)
	if err != nil || !resultOf(s.Address, some).Evaluated {
		return nil
	}
	return s.before.With(some)
}

// differs reports whether an affected monitor behaves differently.
func (s *mutantReplay) differs(o replay.Options) bool {
	res := s.over(o)
	return res != nil && slices.ContainsFunc(s.affected, func(address string) bool {
		return !sameBehaviour(resultOf(address, s.before.Reveal()), resultOf(address, res.Reveal()))
	})
}

// sameBehaviour reports whether two replays of a monitor have the same states at the same times and notify the same
// recipients. Values can differ, and so can messages, which contain values.
func sameBehaviour(a, b *replay.MonitorResult) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Evaluated == b.Evaluated && slices.EqualFunc(a.Groups, b.Groups, func(g, h replay.GroupResult) bool {
		return g.Group == h.Group && g.Initial == h.Initial && slices.EqualFunc(g.Transitions, h.Transitions, sameTransition) &&
			slices.EqualFunc(g.Elsewhere, h.Elsewhere, sameTransition)
	}) && slices.EqualFunc(a.Notifications, b.Notifications, func(n, o replay.Notification) bool {
		return n.At.Equal(o.At) && n.Kind == o.Kind && n.From == o.From && n.To == o.To && n.Group == o.Group && slices.Equal(n.Handles, o.Handles)
	})
}

func sameTransition(t, u replay.Transition) bool {
	return t.From == u.From && t.To == u.To && t.Earliest.Equal(u.Earliest) && t.Latest.Equal(u.Latest) && t.Share-u.Share < rounding &&
		u.Share-t.Share < rounding
}
