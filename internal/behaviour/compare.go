package behaviour

import (
	"slices"

	"ddmon/internal/plan"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// Options configure a comparison.
type Options struct {
	// Replay configures the replay. Its Values are ignored.
	Replay replay.Options
}

// Compare replays the recordings that have data for a changed monitor, once through the live monitors and once through
// the desired ones, and reports the differences. Unchanged monitors are replayed too, for the verdict on the stack. A
// monitor that cannot be replayed is listed as not evaluated and excluded from both sides.
func Compare(p *plan.Plan, recordings []*series.Recording, o Options) *Report {
	o.Replay.Values = false
	report := &Report{Recordings: []RecordingReport{}}
	list := entries(p)
	if !slices.ContainsFunc(list, func(e *entry) bool { return e.affected }) {
		return report
	}
	reported := map[string]bool{}
	for _, rec := range recordings {
		c := &comparison{rec: rec, incident: newIncident(rec), options: o}
		c.selectEntries(list)
		if !slices.ContainsFunc(c.entries, func(e *entry) bool { return e.affected && e.readsFrom(rec) }) {
			report.Skipped++
			continue
		}
		for _, e := range c.run(report) {
			if !reported[e.Text] {
				reported[e.Text] = true
				report.NotEvaluated = append(report.NotEvaluated, e)
			}
		}
	}
	report.addWithoutData(list, recordings)
	return report
}

// comparison compares both sides on one recording.
type comparison struct {
	rec      *series.Recording
	incident incident
	options  Options
	entries  []*entry // to be replayed
	// before and after are the verdicts by name.
	before, after map[string]Verdict
}

// selectEntries selects the monitors for which the recording has data, and their members. Any other monitor would only
// show No Data, which a replay reports as a status.
func (c *comparison) selectEntries(list []*entry) {
	selected := map[*entry]bool{}
	for _, e := range list {
		if !e.readsFrom(c.rec) {
			continue
		}
		selected[e] = true
		for _, s := range []*side{e.before, e.after} {
			if s != nil {
				for _, m := range s.members {
					selected[m] = true
				}
			}
		}
	}
	c.entries = slices.DeleteFunc(slices.Clone(list), func(e *entry) bool { return !selected[e] })
}

// run replays both sides, adds the effects to the report, and returns the monitors that could not be evaluated.
func (c *comparison) run(report *Report) (failed []Effect) {
	c.before = c.replay(func(e *entry) *side { return e.before }, func(*entry) bool { return true })
	needed := c.needed()
	c.after = c.replay(func(e *entry) *side { return e.after }, func(e *entry) bool { return needed[e] })
	for _, e := range c.entries {
		if !needed[e] {
			c.after[e.name] = c.before[e.name] // same on both sides
		}
	}
	stackBefore, stackAfter, incomplete := c.stack()
	out := RecordingReport{Recording: c.rec.Name, Incident: c.incident.known}
	for _, e := range c.entries {
		if !e.affected || e.change.Deposed || !e.readsFrom(c.rec) {
			continue // a deposed monitor counts only for the stack: its address belongs to its successor
		}
		effect := Effect{Address: e.change.Address, Previous: e.previous, Recording: c.rec.Name, Before: c.before[e.name], After: c.after[e.name]}
		if effect.Before.Reason != "" || effect.After.Reason != "" {
			failed = append(failed, notEvaluated(effect))
			continue
		}
		d := describer{effect: &effect, incident: c.incident.known, stack: stackAfter, incomplete: incomplete}
		d.describe()
		out.Monitors = append(out.Monitors, effect)
	}
	if len(out.Monitors) == 0 {
		return failed
	}
	out.Stack = Effect{Recording: c.rec.Name, Before: stackBefore, After: stackAfter}
	d := describer{effect: &out.Stack, incident: c.incident.known}
	d.describe()
	report.Recordings = append(report.Recordings, out)
	return failed
}

// needed returns the affected monitors and their members.
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

// replay replays one side of the wanted monitors and returns their verdicts.
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
	revealed := result.Reveal()
	reasons, unrecorded := map[string]string{}, map[string][]string{}
	for i := range revealed.Monitors {
		for _, u := range result.Monitors[i].Unrecorded {
			unrecorded[result.Monitors[i].Address] = append(unrecorded[result.Monitors[i].Address], u.String())
		}
		results[revealed.Monitors[i].Address] = &revealed.Monitors[i]
		reasons[revealed.Monitors[i].Address] = result.Monitors[i].Reason
	}
	for _, s := range sides {
		v := c.incident.judge(s, results)
		v.Reason, v.Unrecorded = reasons[s.Address], unrecorded[s.Address]
		verdicts[s.Address] = v
	}
	return verdicts
}

// stack returns the verdict on all monitors together. A monitor that could not be evaluated on one side is excluded
// from both, so that it does not appear as a missed incident. incomplete reports whether there was one.
func (c *comparison) stack() (before, after Verdict, incomplete bool) {
	for _, e := range c.entries {
		b, a := c.before[e.name], c.after[e.name]
		if b.Reason != "" || a.Reason != "" {
			incomplete = true
			continue
		}
		before.include(e, b)
		after.include(e, a)
	}
	return before, after, incomplete
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
	if !m.Detected {
		return
	}
	for _, h := range m.Recipients {
		if !slices.Contains(v.Recipients, h) {
			v.Recipients = append(v.Recipients, h)
		}
	}
	if !v.Detected || better(&m, v) {
		v.Detected, v.FirstStatus, v.By, v.Share, v.Latest = true, m.FirstStatus, e.change.Address, m.Share, m.Latest
		v.Earliest = m.Earliest
	}
}

// better reports whether a detects the incident at more phases than b, or at as many but sooner.
func better(a, b *Verdict) bool {
	if a.certain() != b.certain() {
		return a.certain()
	}
	if !a.certain() && a.Share != b.Share {
		return a.Share > b.Share
	}
	return a.Latest < b.Latest || a.Latest == b.Latest && a.Earliest < b.Earliest
}
