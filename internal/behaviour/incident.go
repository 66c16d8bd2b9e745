package behaviour

import (
	"slices"
	"time"

	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// The phases of a recording that bound its incident. Without an end it lasts as long as the recording.
const (
	phaseStart = "incident_start"
	phaseEnd   = "incident_end"
)

// incident is the time in which a recording wants somebody to be told.
type incident struct {
	known      bool
	start, end time.Time
}

func newIncident(rec *series.Recording) incident {
	start, ok := rec.Phase(phaseStart)
	if !ok {
		return incident{}
	}
	i := incident{known: true, start: time.UnixMilli(start.At), end: time.UnixMilli(rec.End)}
	if end, ok := rec.Phase(phaseEnd); ok {
		i.end = time.UnixMilli(end.At)
	}
	return i
}

// holds reports whether a firing may fall into the incident.
func (i *incident) holds(f *firing) bool {
	return i.known && f.earliest.Before(i.end) && !f.latest.Before(i.start)
}

// echoes reports whether a firing comes after the incident but looks back on it.
func (i *incident) echoes(f *firing, reach time.Duration) bool {
	return i.known && !f.earliest.Before(i.end) && f.earliest.Before(i.end.Add(reach))
}

// judge says how a monitor did, given the results of all by name.
func (i *incident) judge(s *side, results map[string]*replay.MonitorResult) Verdict {
	r := results[s.Address]
	v := Verdict{Exists: true}
	if !r.Evaluated {
		return v
	}
	all := firings(s, r)
	i.setCaught(&v, all)
	i.setAlarms(&v, all, lookBack(s, results), r.Every)
	return v
}

// lookBack is how long data stay in what a monitor, or a member of it, looks at.
func lookBack(s *side, results map[string]*replay.MonitorResult) time.Duration {
	r := results[s.Address]
	back := r.Window + r.Every
	if delay := s.view.Options.EvaluationDelay; delay != nil {
		back += time.Duration(*delay * float64(time.Second))
	}
	longest := time.Duration(0)
	for _, m := range s.members {
		if member := results[m.name]; member != nil {
			longest = max(longest, member.Window+member.Every)
		}
	}
	return back + longest
}

// setCaught says whether and when the incident is caught; if nobody is told, whether the monitor at least alerts.
func (i *incident) setCaught(v *Verdict, all []*firing) {
	var told, silent []*firing
	for _, f := range all {
		switch {
		case !i.holds(f):
		case len(f.handles) > 0:
			told = append(told, f)
		default:
			silent = append(silent, f)
		}
	}
	switch {
	case len(told) > 0:
		v.Caught = true
		i.setTimes(v, told)
		for _, f := range told {
			for _, h := range f.handles {
				if !slices.Contains(v.Tells, h) {
					v.Tells = append(v.Tells, h)
				}
			}
		}
	case len(silent) > 0:
		v.Silent = true
		i.setTimes(v, silent)
	}
}

// setTimes takes the group that is surest and soonest, and of all the earliest.
func (i *incident) setTimes(v *Verdict, list []*firing) {
	groups := map[string][]*firing{}
	var names []string
	for _, f := range list {
		if groups[f.group] == nil {
			names = append(names, f.group)
		}
		groups[f.group] = append(groups[f.group], f)
	}
	var best Verdict
	for k, name := range names {
		g := i.times(groups[name])
		g.Caught = true
		if k == 0 || better(&g, &best) {
			best = g
		}
	}
	v.As, v.Share, v.Latest, v.Earliest = best.As, best.Share, best.Latest, best.Earliest
}

// times puts the firings of a group together. Phases may see different ones first, so their shares add up; a phase that
// sees the same change twice, though, is counted once.
func (i *incident) times(list []*firing) Verdict {
	if first := slices.DeleteFunc(slices.Clone(list), func(f *firing) bool { return !f.starts }); len(first) > 0 {
		list = first
	}
	slices.SortStableFunc(list, func(a, b *firing) int { return a.latest.Compare(b.latest) })
	v := Verdict{As: list[0].to.String(), Earliest: i.seconds(list[0].earliest)}
	type change struct{ from, to replay.Status }
	shares := map[change]float64{}
	for _, f := range list {
		v.Earliest = min(v.Earliest, i.seconds(f.earliest))
		if isAll(v.Share) {
			continue
		}
		key := change{f.from, f.to}
		share := max(shares[key], f.share*i.part(f))
		v.Share += share - shares[key]
		shares[key] = share
		v.Latest = i.seconds(f.latest)
	}
	return v
}

// part is how much of a firing's possible times lies before the end of the incident.
func (i *incident) part(f *firing) float64 {
	if f.latest.Before(i.end) {
		return 1
	}
	return float64(i.end.Sub(f.earliest)) / float64(f.latest.Sub(f.earliest)+time.Second)
}

// seconds is the time since the start of the incident; what may have come before it came at once.
func (i *incident) seconds(at time.Time) int {
	return int((max(0, min(at.Sub(i.start), i.end.Sub(i.start))) + time.Second - 1) / time.Second)
}

// setAlarms counts how often somebody is told outside of the incident.
func (i *incident) setAlarms(v *Verdict, all []*firing, reach, every time.Duration) {
	var spans []span
	for _, f := range all {
		if len(f.handles) == 0 || !f.starts {
			continue
		}
		slack := time.Duration(0)
		if f.elsewhere {
			slack = 2 * every // it may be what the primary phase saw, in other words
		}
		if slices.ContainsFunc(spans, func(s span) bool { return s.near(f, slack) }) {
			continue
		}
		spans = append(spans, span{f.audience, f.at, f.until})
		switch {
		case i.holds(f):
		case i.echoes(f, reach):
			v.TooLate = !v.Caught
		default:
			v.FalseAlarms++
			v.Uncertain = v.Uncertain || !isAll(f.share)
		}
	}
}

// span is an alarm, from when somebody is told until all is well.
type span struct {
	audience string
	from, to time.Time
}

func (s *span) near(f *firing, slack time.Duration) bool {
	return s.audience == f.audience && !f.at.Before(s.from.Add(-slack)) && !f.at.After(s.to.Add(slack))
}
