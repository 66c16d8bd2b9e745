package replay

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
)

// notEvaluated returns the outcome of a monitor that is not evaluated.
func notEvaluated(m Monitor, err error) *outcome {
	return &outcome{result: MonitorResult{Address: m.Address, Name: monitor.Fields(m.Body).Text("name"), Reason: err.Error()}}
}

// replaySingle replays a monitor other than a composite.
func replaySingle(m Monitor, rec *series.Recording, o Options, a *evaluate.Account) *outcome {
	c, err := compile(m, rec, o, a)
	if err != nil {
		return notEvaluated(m, err)
	}
	out := &outcome{compiled: c}
	own, cycle := int64(o.Phase)*evaluate.Second, c.cycle()
	ranges := []phaseRange{{own, own}}
	if o.OnePhase || c.schedule != nil {
		cycle = evaluate.Second // only one second is evaluated
	} else {
		ranges = c.phases()
	}
	for _, s := range ranges {
		phase := s.first
		if own >= s.first && own <= s.last {
			phase, out.first = own, len(out.runs)
		}
		r := phaseRun{phase: phase, early: phase - s.first, late: s.last - phase, share: float64(s.last-s.first+evaluate.Second) / float64(cycle)}
		r.tracks = c.run(phase, phase == own)
		out.runs = append(out.runs, r)
	}
	out.result = MonitorResult{
		Address: m.Address, Name: c.view.Name, Evaluated: true,
		Every: milliseconds(c.cycle()), Window: milliseconds(c.window),
		Comparator: c.limits.op, Thresholds: c.limits.Thresholds,
	}
	if c.schedule != nil {
		out.result.Every = 0
	}
	out.result.Unrecorded = m.unrecorded(rec, a)
	out.result.NoData = !slices.ContainsFunc(out.primary().tracks, func(t track) bool { return t.hasData })
	others := slices.Delete(slices.Clone(out.runs), out.first, out.first+1)
	out.result.Groups = groupResults(out.primary(), others, c.cycle(), rec, o, a)
	n := notifier{account: a, rec: rec, parsed: map[string]*ddquery.Template{}, view: c.view, limits: c.limits, keys: c.keys, sample: c.sample}
	out.result.Notifications = n.notifications(out.primary().tracks)
	out.compiled.runner = nil // release the samples
	return out
}

// replayComposite replays a composite over the runs of its members.
func replayComposite(m Monitor, rec *series.Recording, o Options, a *evaluate.Account, find func(address, id string) (*outcome, bool)) *outcome {
	c, err := newComposite(m, find, a)
	if err != nil {
		return notEvaluated(m, err)
	}
	end := rec.End
	var members []variant
	for _, member := range c.members {
		members = append(members, variant{tracks: member.primary().tracks})
		for _, t := range member.primary().tracks {
			for _, change := range t.changes {
				end = max(end, change.at+evaluate.Minute)
			}
		}
	}
	primary := phaseRun{tracks: c.run(members, int64(o.Phase)*evaluate.Second, end, true), share: 1}
	var others []phaseRun
	if !o.OnePhase {
		others = c.others(end)
		primary.share = others[0].share
	}
	view := monitor.FromBody(m.Body)
	out := &outcome{members: c.members, result: MonitorResult{Address: m.Address, Name: view.Name, Evaluated: true, Every: milliseconds(evaluate.Minute)}}
	out.result.Groups = groupResults(&primary, others, evaluate.Minute, rec, o, a)
	for _, member := range c.members {
		for _, u := range member.result.Unrecorded {
			if !slices.Contains(out.result.Unrecorded, u) {
				out.result.Unrecorded = append(out.result.Unrecorded, u)
			}
		}
	}
	n := notifier{account: a, rec: rec, parsed: map[string]*ddquery.Template{}, view: view, composite: c}
	if len(c.groups) > 0 && len(c.groups[0].tags) > 0 {
		for _, tag := range c.groups[0].tags {
			n.keys = append(n.keys, evaluate.TagKey(tag))
		}
	}
	out.result.Notifications = n.notifications(primary.tracks)
	return out
}
