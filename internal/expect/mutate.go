package expect

import (
	"maps"
	"slices"

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
			m := Mutant{Address: obj.Address.String(), Field: c.field, From: from, To: to}
			if obj.Touches(object.Path{"query"}) || obj.Touches(object.Path{"options", "thresholds"}) {
				m.From, m.To = object.Redacted, object.Redacted
			}
			list = append(list, mutant{m, obj.Address, c})
		}
	}
	return list
}

// run finds who notices.
func (m mutant) run(outcomes []Outcome, o replay.Options) Mutant {
	quick := o
	quick.OnePhase, quick.Values, o.Values = true, false, false
	scenes := map[job]*scene{}
	for i := range outcomes {
		if key := jobOf(&outcomes[i]); scenes[key] == nil && outcomes[i].Result != nil {
			scenes[key] = m.scene(&outcomes[i])
		}
	}
	for i := range outcomes {
		out := &outcomes[i]
		s := scenes[jobOf(out)]
		if !out.Passed() || !s.concerns(out.Test) {
			continue
		}
		res := s.over(quick)
		if res != nil && holds(out.Test, out.Recording, res) {
			res = s.over(o)
		}
		if res != nil && !holds(out.Test, out.Recording, res) {
			m.NoticedBy = append(m.NoticedBy, out.Test.Name)
		}
	}
	switch {
	case len(m.NoticedBy) > 0:
		m.Verdict = Noticed
	case slices.ContainsFunc(slices.Collect(maps.Values(scenes)), func(s *scene) bool { return s.differs(o) }):
		m.Verdict = Survived
	default:
		m.Verdict = Equivalent
	}
	return m.Mutant
}
