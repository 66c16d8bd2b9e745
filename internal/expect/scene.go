package expect

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// scene is a mutant in the place of the monitor, among the objects and over the recording of some tests.
type scene struct {
	mutant
	recording *series.Recording
	monitors  []replay.Monitor
	before    *replay.Result
	// affected are the monitor and the composites around it.
	affected []string
	// quickly and fully are the replays at one second and at all; nil until they are needed.
	quickly, fully *rerun
}

// rerun is a replay with the fault; its result is nil if the fault cannot be put into the tests' version of the
// monitor, or that cannot be replayed then.
type rerun struct{ result *replay.Result }

func (m mutant) scene(out *Outcome) *scene {
	monitors := Monitors(out.Test.Objects)
	return &scene{
		mutant: m, recording: out.Recording, monitors: monitors, before: out.Result,
		affected: append(composites(m.Address, monitors), m.Address),
	}
}

// concerns reports whether a test expects anything of what is affected.
func (s *scene) concerns(t testfile.Test) bool {
	return slices.ContainsFunc(t.Expects, func(e testfile.Expect) bool {
		return slices.ContainsFunc(e.Monitors, func(a object.Address) bool { return slices.Contains(s.affected, a.String()) })
	})
}

// over returns the replay as it would be with the fault, done once; nil if there is none.
func (s *scene) over(o replay.Options) *replay.Result {
	done := &s.fully
	if o.OnePhase {
		done = &s.quickly
	}
	if *done == nil {
		*done = &rerun{s.replay(o)}
	}
	return (*done).result
}

func (s *scene) replay(o replay.Options) *replay.Result {
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

// differs reports whether anything that is affected behaves otherwise.
func (s *scene) differs(o replay.Options) bool {
	res := s.over(o)
	return res != nil && slices.ContainsFunc(s.affected, func(address string) bool {
		return !sameBehaviour(resultOf(address, s.before.Reveal()), resultOf(address, res.Reveal()))
	})
}

// sameBehaviour reports whether two replays of a monitor show the same states at the same times, and tell the same
// people. Values and texts, which hold values, may differ.
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
