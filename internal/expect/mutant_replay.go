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

// original returns the monitor in the objects of the tests; nil if they have no such monitor.
func (s *mutantReplay) original() *replay.Monitor {
	at := slices.IndexFunc(s.monitors, func(m replay.Monitor) bool { return m.Address == s.Address })
	if at < 0 {
		return nil
	}
	return &s.monitors[at]
}

func (s *mutantReplay) replay(o replay.Options) *replay.Result {
	original := s.original()
	if original == nil {
		return nil
	}
	changed, _, _, ok := s.change.apply(original.Body)
	if !ok {
		return nil
	}
	monitors := slices.Clone(s.monitors)
	for i := range monitors {
		if monitors[i].Address == s.Address {
			monitors[i].Body = changed.body()
		}
	}
	some, err := replay.Run(withMembers(s.affected, monitors), s.recording, o)
	if err != nil || !resultOf(s.Address, some).Evaluated {
		return nil
	}
	return s.before.With(some)
}

// difference returns the worst difference of an affected monitor; nil if all behave the same.
func (s *mutantReplay) difference(o replay.Options) *difference {
	res := s.over(o)
	if res == nil {
		return nil
	}
	var worst *difference
	for _, address := range s.affected {
		d := compare(resultOf(address, s.before.Reveal()), resultOf(address, res.Reveal()))
		if d != nil && d.worse(worst) {
			d.address = address
			worst = d
		}
	}
	return worst
}
