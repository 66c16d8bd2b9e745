package behaviour

import (
	"slices"
	"time"

	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// The phases that delimit the incident of a recording. Without an end, the incident lasts until the recording ends.
const (
	phaseStart = "incident_start"
	phaseEnd   = "incident_end"
)

// incident is the time in which someone should be notified.
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

// contains reports whether a status change can happen during the incident.
func (i *incident) contains(c *statusChange) bool {
	return i.known && c.earliest.Before(i.end) && !c.latest.Before(i.start)
}

// isAftermath reports whether a status change comes after the incident but was caused by it.
func (i *incident) isAftermath(c *statusChange, lookBack time.Duration) bool {
	return i.known && !c.earliest.Before(i.end) && c.earliest.Before(i.end.Add(lookBack))
}

// judge returns the verdict on a monitor, given the results of all monitors by name.
func (i *incident) judge(s *side, results map[string]*replay.MonitorResult) Verdict {
	r := results[s.Address]
	v := Verdict{Exists: true}
	if !r.Evaluated {
		return v
	}
	all := statusChanges(s, r)
	i.setDetection(&v, all)
	i.setFalseAlarms(&v, all, lookBackOf(s, results), r.Every)
	return v
}

// lookBackOf returns how long data stays in the window of a monitor and its members.
func lookBackOf(s *side, results map[string]*replay.MonitorResult) time.Duration {
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

// setDetection sets whether and when the incident is detected or, if no one is notified, whether the monitor alerts.
func (i *incident) setDetection(v *Verdict, all []*statusChange) {
	var notified, silent []*statusChange
	for _, c := range all {
		switch {
		case !i.contains(c):
		case len(c.handles) > 0:
			notified = append(notified, c)
		default:
			silent = append(silent, c)
		}
	}
	switch {
	case len(notified) > 0:
		v.Detected = true
		i.setTimes(v, notified)
		for _, c := range notified {
			for _, h := range c.handles {
				if !slices.Contains(v.Recipients, h) {
					v.Recipients = append(v.Recipients, h)
				}
			}
		}
	case len(silent) > 0:
		v.Silent = true
		i.setTimes(v, silent)
	}
}

// setTimes uses the group that detects the incident at the most phases, then the soonest.
func (i *incident) setTimes(v *Verdict, list []*statusChange) {
	groups := map[string][]*statusChange{}
	var names []string
	for _, c := range list {
		if groups[c.group] == nil {
			names = append(names, c.group)
		}
		groups[c.group] = append(groups[c.group], c)
	}
	var best Verdict
	for k, name := range names {
		g := i.times(groups[name])
		g.Detected = true
		if k == 0 || better(&g, &best) {
			best = g
		}
	}
	v.FirstStatus, v.Share, v.Latest, v.Earliest = best.FirstStatus, best.Share, best.Latest, best.Earliest
}

// times combines the status changes of a group. Different phases can see different changes first, so their shares add
// up. A phase that sees the same change twice is counted once.
func (i *incident) times(list []*statusChange) Verdict {
	if first := slices.DeleteFunc(slices.Clone(list), func(c *statusChange) bool { return !c.isFirst }); len(first) > 0 {
		list = first
	}
	slices.SortStableFunc(list, func(a, b *statusChange) int { return a.latest.Compare(b.latest) })
	v := Verdict{FirstStatus: list[0].to.String(), Earliest: i.seconds(list[0].earliest)}
	type change struct{ from, to replay.Status }
	shares := map[change]float64{}
	for _, c := range list {
		v.Earliest = min(v.Earliest, i.seconds(c.earliest))
		if isAll(v.Share) {
			continue
		}
		key := change{c.from, c.to}
		share := max(shares[key], c.share*i.shareBeforeEnd(c))
		v.Share += share - shares[key]
		shares[key] = share
		v.Latest = i.seconds(c.latest)
	}
	return v
}

// shareBeforeEnd returns the share of a change's possible times before the end of the incident.
func (i *incident) shareBeforeEnd(c *statusChange) float64 {
	if c.latest.Before(i.end) {
		return 1
	}
	return float64(i.end.Sub(c.earliest)) / float64(c.latest.Sub(c.earliest)+time.Second)
}

// seconds returns the seconds since the start of the incident, at least 0.
func (i *incident) seconds(at time.Time) int {
	return int((max(0, min(at.Sub(i.start), i.end.Sub(i.start))) + time.Second - 1) / time.Second)
}

// setFalseAlarms counts the notifications outside the incident.
func (i *incident) setFalseAlarms(v *Verdict, all []*statusChange, lookBack, every time.Duration) {
	var spans []span
	for _, c := range all {
		if len(c.handles) == 0 || !c.isFirst {
			continue
		}
		slack := time.Duration(0)
		if c.otherPhase {
			slack = 2 * every // it may be the same alarm as in the primary phase
		}
		if slices.ContainsFunc(spans, func(s span) bool { return s.near(c, slack) }) {
			continue
		}
		spans = append(spans, span{c.notifyGroup, c.at, c.until})
		switch {
		case i.contains(c):
		case i.isAftermath(c, lookBack):
			v.TooLate = !v.Detected
		default:
			v.FalseAlarms++
			v.Uncertain = v.Uncertain || !isAll(c.share)
		}
	}
}

// span is an alarm, from its notification to its recovery.
type span struct {
	notifyGroup string
	from, to    time.Time
}

func (s *span) near(c *statusChange, slack time.Duration) bool {
	return s.notifyGroup == c.notifyGroup && !c.at.Before(s.from.Add(-slack)) && !c.at.After(s.to.Add(slack))
}
