package behaviour

import (
	"slices"

	"ddmon/internal/plan"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// Options are the choices of a comparison.
type Options struct {
	// Replay says how to replay. Values are not used.
	Replay replay.Options
}

// Compare replays the recordings that concern a changed monitor, once through the live monitors and once through the
// desired ones, and says what differs. Monitors of the stack that do not change are replayed for the verdict on the
// stack. A monitor that cannot be replayed is listed as not evaluated and counts on neither side.
func Compare(p *plan.Plan, recordings []*series.Recording, o Options) *Report {
	o.Replay.Values = false
	report := &Report{Recordings: []RecordingReport{}}
	list := entries(p)
	if !slices.ContainsFunc(list, func(e *entry) bool { return e.affected }) {
		return report
	}
	told := map[string]bool{}
	for _, rec := range recordings {
		c := &comparison{rec: rec, incident: newIncident(rec), options: o}
		c.choose(list)
		if !slices.ContainsFunc(c.entries, func(e *entry) bool { return e.affected && e.concernedBy(rec) }) {
			report.Skipped++
			continue
		}
		for _, e := range c.run(report) {
			if !told[e.Text] {
				told[e.Text] = true
				report.NotEvaluated = append(report.NotEvaluated, e)
			}
		}
	}
	return report
}

// comparison is that of one recording.
type comparison struct {
	rec      *series.Recording
	incident incident
	options  Options
	entries  []*entry // to be replayed
	// before and after hold the verdicts by name.
	before, after map[string]Verdict
}

// choose takes the monitors that the recording says something about, and their members. Any other would only be
// without data, and a replay would call that a status of its own.
func (c *comparison) choose(list []*entry) {
	chosen := map[*entry]bool{}
	for _, e := range list {
		if !e.concernedBy(c.rec) {
			continue
		}
		chosen[e] = true
		for _, s := range []*side{e.before, e.after} {
			if s != nil {
				for _, m := range s.members {
					chosen[m] = true
				}
			}
		}
	}
	c.entries = slices.DeleteFunc(slices.Clone(list), func(e *entry) bool { return !chosen[e] })
}

// run replays both sides, adds what was found to the report, and returns what could not be evaluated.
func (c *comparison) run(report *Report) (not []Effect) {
	c.before = c.replay(func(e *entry) *side { return e.before }, func(*entry) bool { return true })
	needed := c.needed()
	c.after = c.replay(func(e *entry) *side { return e.after }, func(e *entry) bool { return needed[e] })
	for _, e := range c.entries {
		if !needed[e] {
			c.after[e.name] = c.before[e.name] // nothing is different
		}
	}
	stackBefore, stackAfter, blind := c.stack()
	out := RecordingReport{Recording: c.rec.Name, Incident: c.incident.known}
	for _, e := range c.entries {
		if !e.affected || e.change.Deposed || !e.concernedBy(c.rec) {
			continue // a deposed monitor counts for the stack; its address stands for another
		}
		effect := Effect{Address: e.change.Address, Recording: c.rec.Name, Before: c.before[e.name], After: c.after[e.name]}
		if effect.Before.Reason != "" || effect.After.Reason != "" {
			not = append(not, notEvaluated(effect))
			continue
		}
		w := writer{effect: &effect, incident: c.incident.known, stack: stackAfter, blind: blind}
		if e.after != nil && e.before != nil && e.before.asks.heldBy(c.rec) && !e.after.asks.heldBy(c.rec) {
			w.lost = e.after.lacks()
		}
		w.write()
		out.Monitors = append(out.Monitors, effect)
	}
	if len(out.Monitors) == 0 {
		return not
	}
	out.Stack = Effect{Recording: c.rec.Name, Before: stackBefore, After: stackAfter}
	w := writer{effect: &out.Stack, incident: c.incident.known}
	w.write()
	report.Recordings = append(report.Recordings, out)
	return not
}

// needed are the monitors that may do something else after the change, and the members that they need.
func (c *comparison) needed() map[*entry]bool {
	needed := map[*entry]bool{}
	for _, e := range c.entries {
		if !e.affected {
			continue
		}
		needed[e] = true
		if e.after != nil {
			for _, m := range e.after.members {
				needed[m] = true
			}
		}
	}
	return needed
}

// replay runs one side of the monitors that are wanted, and judges each.
func (c *comparison) replay(of func(*entry) *side, wanted func(*entry) bool) map[string]Verdict {
	var sides []*side
	var monitors []replay.Monitor
	for _, e := range c.entries {
		if s := of(e); s != nil && wanted(e) {
			sides, monitors = append(sides, s), append(monitors, s.Monitor)
		}
	}
	verdicts := map[string]Verdict{}
	result, err := replay.Run(monitors, c.rec, c.options.Replay)
	if err != nil {
		for _, s := range sides {
			verdicts[s.Address] = Verdict{Exists: true, Reason: err.Error()}
		}
		return verdicts
	}
	results := map[string]*replay.MonitorResult{}
	judged := result.Reveal()
	reasons := map[string]string{}
	for i := range judged.Monitors {
		results[judged.Monitors[i].Address] = &judged.Monitors[i]
		reasons[judged.Monitors[i].Address] = result.Monitors[i].Reason
	}
	for _, s := range sides {
		v := c.incident.judge(s, results)
		v.Reason = reasons[s.Address]
		verdicts[s.Address] = v
	}
	return verdicts
}

// stack is the verdict on all monitors together. One that could not be evaluated on one side counts on neither: that
// nothing is known of it is no reason to say that something is missed. blind says that there was one.
func (c *comparison) stack() (before, after Verdict, blind bool) {
	for _, e := range c.entries {
		b, a := c.before[e.name], c.after[e.name]
		if b.Reason != "" || a.Reason != "" {
			blind = true
			continue
		}
		before.include(e, b)
		after.include(e, a)
	}
	return before, after, blind
}

// include adds a monitor to the verdict on the stack.
func (v *Verdict) include(e *entry, m Verdict) {
	if !m.Exists {
		return
	}
	v.Exists = true
	v.FalseAlarms += m.FalseAlarms
	v.Uncertain = v.Uncertain || m.Uncertain
	v.TooLate = v.TooLate || m.TooLate
	if !m.Caught {
		return
	}
	for _, h := range m.Tells {
		if !slices.Contains(v.Tells, h) {
			v.Tells = append(v.Tells, h)
		}
	}
	if !v.Caught || better(&m, v) {
		v.Caught, v.As, v.By, v.Share, v.Latest = true, m.As, e.change.Address, m.Share, m.Latest
		v.Earliest = m.Earliest
	}
}

// better reports whether one catches more surely than another, or as surely but sooner.
func better(a, b *Verdict) bool {
	if a.certain() != b.certain() {
		return a.certain()
	}
	if !a.certain() && a.Share != b.Share {
		return a.Share > b.Share
	}
	return a.Latest < b.Latest || a.Latest == b.Latest && a.Earliest < b.Earliest
}
