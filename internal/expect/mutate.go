package expect

import (
	"cmp"
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// Mutate makes the mistakes of all operators in each monitor, one at a time, and finds the tests that detect them:
// thresholds and windows that are too large or small, other aggregations and comparators, filters, groups, recovery
// thresholds, handles and conditions that are missing, and others. Mutants that Datadog would reject, such as a warning
// beyond the critical threshold, are skipped, and so are monitors that are not evaluated.
//
// A test notices a mutant if it passes without the change and fails with it, by the same Check and over the same
// seconds of evaluation. For speed, only the monitor and its composites are replayed again, and only for tests with
// expectations about one of them. The first replay uses the primary second alone, because a failure there is a failure
// overall. If no test notices, the recordings of all outcomes show whether there is anything to notice. Mutants are
// ordered by object, then by operator.
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

// Ranked sorts mutants for people: gaps by the severity of their effect, those that a recording already shows first,
// then all others.
func Ranked(list []Mutant) []Mutant {
	rank := func(m Mutant) int {
		if !m.Gap() {
			return len(Effects())
		}
		return slices.Index(Effects(), m.Effect)
	}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Mutant) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(verdictOrder(a.Verdict), verdictOrder(b.Verdict)))
	})
	return sorted
}

func verdictOrder(v Verdict) int {
	return slices.Index([]Verdict{Survived, Unrecorded, Detected, Equivalent}, v)
}

// Score returns how many mutants are detected, and how many could be: all except equivalent ones.
func Score(list []Mutant) (detected, detectable int) {
	for _, m := range list {
		switch m.Verdict {
		case Detected:
			detected, detectable = detected+1, detectable+1
		case Survived, Unrecorded:
			detectable++
		case Equivalent:
		}
	}
	return detected, detectable
}

// Untested returns the monitors without a detected mutant, in the order of the list: their tests, if any, do not depend
// on their thresholds and windows.
func Untested(list []Mutant) []string {
	var addresses []string
	detected := map[string]bool{}
	for _, m := range list {
		if !slices.Contains(addresses, m.Address) {
			addresses = append(addresses, m.Address)
		}
		detected[m.Address] = detected[m.Address] || m.Verdict == Detected
	}
	return slices.DeleteFunc(addresses, func(a string) bool { return detected[a] })
}

// run finds the tests that detect the mutant.
func (m mutant) run(outcomes []Outcome, o replay.Options) Mutant {
	quick := o
	quick.OnePhase, quick.Values, o.Values = true, false, false
	replays := map[job]*mutantReplay{}
	var order []*mutantReplay
	for i := range outcomes {
		if key := jobOf(&outcomes[i]); replays[key] == nil && outcomes[i].Result != nil {
			replays[key] = m.replayOver(&outcomes[i])
			order = append(order, replays[key])
		}
	}
	for i := range outcomes {
		out := &outcomes[i]
		s := replays[jobOf(out)]
		if !out.Passed() || !s.concerns(out.Test) {
			continue
		}
		res := s.over(quick)
		if res != nil && holds(out.Test, out.Recording, res) {
			res = s.over(o)
		}
		if res != nil && !holds(out.Test, out.Recording, res) {
			m.DetectedBy = append(m.DetectedBy, out.Test.Name)
		}
	}
	if m.Verdict = Detected; len(m.DetectedBy) == 0 {
		m.judge(order, o)
	}
	return m.Mutant
}

// judge sets the verdict of a mutant that no test detects.
func (m *mutant) judge(replays []*mutantReplay, o replay.Options) {
	var worst *difference
	hidden := m.hidden
	recording := ""
	for _, s := range replays {
		if d := s.difference(o); d != nil && d.worse(worst) {
			worst, recording = d, s.recording.Name
			hidden = hidden || s.before.Reveal() != s.before
		}
	}
	switch {
	case worst == nil && m.equivalent(replays, o):
		m.Verdict = Equivalent
	case worst == nil:
		m.Verdict, m.Hint = Unrecorded, "add "+m.change.recording
	case hidden:
		m.Verdict, m.Hint = Survived, "add an expectation to a test of "+recording
	default:
		m.Verdict, m.Effect = Survived, worst.effect
		m.Hint = "expect " + worst.expectation + " of " + worst.address + " in a test of " + recording
	}
}
