package expect

import (
	"slices"

	"ddmon/internal/config"
	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// Verdict is what became of a mutant.
type Verdict string

// The verdicts.
const (
	// Noticed: a test that passes would fail.
	Noticed Verdict = "noticed"
	// Survived: the monitor would behave otherwise, and every test would pass all the same.
	Survived Verdict = "survived"
	// Equivalent: in none of the recordings the monitor would behave otherwise, so no test over them could tell.
	Equivalent Verdict = "no recording can tell"
)

// Mutant is a monitor with one small fault put into it.
type Mutant struct {
	Address string
	// Field is what is changed: critical, warning, critical_recovery, warning_recovery, window, shift (of change and
	// pct_change) or comparison. From and To are its values; a comparison becomes "never".
	Field, From, To string
	Verdict         Verdict
	// NoticedBy are the names of the tests that fail, in their order.
	NoticedBy []string
}

// Mutate changes each threshold and window of each monitor among a stack's objects, one at a time, and finds the tests
// that notice: by one step, by 20 %, to the double and the half, and so that nothing passes the threshold any more. A
// mutant that Datadog would refuse (a warning beyond the critical threshold) is left out, and so are composites, which
// have no thresholds, and monitors that are not evaluated.
//
// A test notices if it passes without the fault and fails with it, by the same Check and over the same seconds of
// evaluation as ever. To be quick, only the monitor and the composites around it are replayed again, and only for tests
// that expect something of one of them; first at the primary second, for what fails there fails. If nobody notices, all
// the recordings of the outcomes are asked whether there is anything to notice. The order is that of the objects, then
// of the list above.
func Mutate(objects []*object.Object, outcomes []Outcome, o Options) []Mutant {
	var all []mutant
	for _, obj := range objects {
		if obj.Address.Kind != monitorKind || notEvaluated(obj.Address.String(), outcomes) != "" {
			continue
		}
		all = append(all, mutantsOf(obj)...)
	}
	list := make([]Mutant, len(all))
	o.inParallel(len(all), func(i int) { list[i] = all[i].run(outcomes, o.Replay) })
	return list
}

// Untested returns the monitors of which no mutant is noticed, in the order of the list: what tests they have do not
// depend on what they say.
func Untested(list []Mutant) []string {
	var addresses []string
	noticed := map[string]bool{}
	for _, m := range list {
		if !slices.Contains(addresses, m.Address) {
			addresses = append(addresses, m.Address)
		}
		noticed[m.Address] = noticed[m.Address] || m.Verdict == Noticed
	}
	return slices.DeleteFunc(addresses, func(a string) bool { return noticed[a] })
}

// mutant is one change of one monitor on its way.
type mutant struct {
	Mutant
	address object.Address
	change  change
}

// mutantsOf returns the mutants of one monitor, each new value once.
func mutantsOf(obj *object.Object) []mutant {
	var list []mutant
	seen := map[[2]string]bool{}
	for _, c := range changes() {
		_, from, to, ok := c.apply(obj.Body)
		if key := [2]string{c.field, to}; ok && !seen[key] {
			seen[key] = true
			list = append(list, mutant{Mutant{Address: obj.Address.String(), Field: c.field, From: from, To: to}, obj.Address, c})
		}
	}
	return list
}

// run finds who notices.
func (m mutant) run(outcomes []Outcome, o replay.Options) Mutant {
	quick := o
	quick.OnePhase, quick.Values, o.Values = true, false, false
	quickly, fully := rerun{m, quick, map[job]*replay.Result{}}, rerun{m, o, map[job]*replay.Result{}}
	for i := range outcomes {
		out := &outcomes[i]
		if !out.Passed() || !m.concerns(out.Test) {
			continue
		}
		res := quickly.over(out)
		if res != nil && len(Check(out.Test, out.Recording, res)) == 0 {
			res = fully.over(out)
		}
		if res != nil && len(Check(out.Test, out.Recording, res)) > 0 {
			m.NoticedBy = append(m.NoticedBy, out.Test.Name)
		}
	}
	switch {
	case len(m.NoticedBy) > 0:
		m.Verdict = Noticed
	case m.differs(fully, outcomes):
		m.Verdict = Survived
	default:
		m.Verdict = Equivalent
	}
	return m.Mutant
}

// concerns reports whether a test expects anything of the monitor, or of a composite around it.
func (m mutant) concerns(t config.Test) bool {
	addresses := m.affected(Monitors(t.Objects))
	return slices.ContainsFunc(t.Expects, func(e config.Expect) bool {
		return slices.ContainsFunc(e.Monitors, func(a object.Address) bool { return slices.Contains(addresses, a.String()) })
	})
}

// affected are the monitor and the composites around it.
func (m mutant) affected(all []replay.Monitor) []string {
	return append(composites(m.Address, all), m.Address)
}

// differs reports whether the monitor, or a composite around it, behaves otherwise in any recording.
func (m mutant) differs(fully rerun, outcomes []Outcome) bool {
	for i := range outcomes {
		out := &outcomes[i]
		if out.Result == nil {
			continue
		}
		res := fully.over(out)
		if res == nil {
			continue
		}
		for _, address := range m.affected(Monitors(out.Test.Objects)) {
			if !sameBehaviour(resultOf(address, out.Result), resultOf(address, res)) {
				return true
			}
		}
	}
	return false
}

// rerun replays a mutant in the place of the monitor, once for each job.
type rerun struct {
	mutant
	options replay.Options
	done    map[job]*replay.Result
}

// over returns an outcome's replay as it would be with the fault; nil if the fault cannot be put into the test's
// version of the monitor, or that cannot be replayed then.
func (r rerun) over(out *Outcome) *replay.Result {
	key := jobOf(out)
	if res, ok := r.done[key]; ok {
		return res
	}
	r.done[key] = r.replay(out)
	return r.done[key]
}

func (r rerun) replay(out *Outcome) *replay.Result {
	monitors := Monitors(out.Test.Objects)
	at := slices.IndexFunc(monitors, func(m replay.Monitor) bool { return m.Address == r.Address })
	if at < 0 {
		return nil
	}
	body, _, _, ok := r.change.apply(monitors[at].Body)
	if !ok {
		return nil
	}
	monitors[at].Body = body
	some, err := replay.Run(withMembers(r.affected(monitors), monitors), out.Recording, r.options)
	if err != nil || !resultOf(r.Address, some).Evaluated {
		return nil
	}
	return replaced(out.Result, some)
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
