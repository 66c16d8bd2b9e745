package expect

import (
	"maps"
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// Verdict is the result of testing a mutant.
type Verdict string

// The verdicts.
const (
	// Detected: a passing test fails.
	Detected Verdict = "detected"
	// Survived: the monitor behaves differently, but every test still passes.
	Survived Verdict = "survived"
	// Undetectable: the monitor behaves the same in all recordings, so no test over them can detect it.
	Undetectable Verdict = "undetectable"
)

// Mutant is a monitor with one small change.
type Mutant struct {
	Address string
	// Field is the changed field: critical, warning, critical_recovery, warning_recovery, window, shift (of change and
	// pct_change) or comparison. From and To are its values; a comparison becomes "never".
	Field, From, To string
	Verdict         Verdict
	// DetectedBy are the names of the tests that fail, in order.
	DetectedBy []string
}

// Mutate changes each threshold and window of each monitor, one at a time, and finds the tests that detect it. Thresholds
// are changed by one, by 20%, doubled, halved, and set so that no value exceeds them. Mutants that Datadog would reject
// (a warning beyond the critical threshold) are skipped. So are monitors that are not evaluated and composites, which
// have no thresholds.
//
// A test notices a mutant if it passes without the change and fails with it, by the same Check and over the same
// seconds of evaluation. For speed, only the monitor and its composites are replayed again, and only for tests with
// expectations about one of them. The first replay uses the primary second alone, because a failure there is a failure
// overall. If no test notices, the recordings of all outcomes show whether there is anything to notice. Mutants are
// ordered by object, then by the order of changes above.
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

// mutant is one change of one monitor, to be tested.
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
			m := Mutant{Address: obj.Address.String(), Field: c.field, From: from, To: to}
			if obj.Touches(object.Path{"query"}) || obj.Touches(object.Path{"options", "thresholds"}) {
				m.From, m.To = object.Redacted, object.Redacted
			}
			list = append(list, mutant{m, obj.Address, c})
		}
	}
	return list
}

// run finds the tests that detect it the mutant.
func (m mutant) run(outcomes []Outcome, o replay.Options) Mutant {
	quick := o
	quick.OnePhase, quick.Values, o.Values = true, false, false
	replays := map[job]*mutantReplay{}
	for i := range outcomes {
		if key := jobOf(&outcomes[i]); replays[key] == nil && outcomes[i].Result != nil {
			replays[key] = m.replayOver(&outcomes[i])
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
	switch {
	case len(m.DetectedBy) > 0:
		m.Verdict = Detected
	case slices.ContainsFunc(slices.Collect(maps.Values(replays)), func(s *mutantReplay) bool { return s.differs(o) }):
		m.Verdict = Survived
	default:
		m.Verdict = Undetectable
	}
	return m.Mutant
}
