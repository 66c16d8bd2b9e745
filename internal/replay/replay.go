package replay

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/routine"
	"ddmon/internal/series"
)

// outcome is a monitor on its way through a replay.
type outcome struct {
	result   MonitorResult
	compiled *compiled // nil for a composite, or if it is not evaluated
	runs     []phased
	first    int        // of runs: the primary one
	members  []*outcome // of a composite
	hides    hidden
}

// hidesMembers reports whether a member of a composite has values or groups to hide, which are then in the composite's
// result as well.
func (o *outcome) hidesMembers() bool {
	return slices.ContainsFunc(o.members, func(m *outcome) bool { return m.hides.measure })
}

func (o *outcome) primary() *phased { return &o.runs[o.first] }
func (o *outcome) multi() bool      { return len(o.compiled.keys) > 0 }
func (o *outcome) width() int       { return len(o.compiled.keys) }

// groupWithin returns the group whose tag values are all among those of a wider group, or -1.
func (o *outcome) groupWithin(wide tagset) int {
	return slices.IndexFunc(o.primary().tracks, func(t track) bool {
		for _, tag := range t.tags {
			_, v, _ := strings.Cut(tag, ":")
			if !slices.ContainsFunc(wide, func(other string) bool { _, w, _ := strings.Cut(other, ":"); return v == w }) {
				return false
			}
		}
		return true
	})
}

// Run replays monitors over a recording. A monitor that cannot be replayed is not an error but says so in its result;
// the error is for options and addresses that make no sense, a *LimitError, or the
// context's.
func Run(monitors []Monitor, rec *series.Recording, o Options) (*Result, error) {
	if o.Phase < 0 || o.Phase > 59 {
		return nil, fmt.Errorf("the phase is %d; choose a second of the minute, 0 to 59", o.Phase)
	}
	for _, r := range o.Rollup {
		if r.Interval < time.Second || r.Interval%time.Second != 0 || r.Window <= 0 {
			return nil, fmt.Errorf("the rollup of %s for windows up to %s: choose whole seconds", r.Interval, r.Window)
		}
	}
	seen := map[string]bool{}
	for _, m := range monitors {
		if seen[m.Address] {
			return nil, errors.New("there are two monitors " + m.Address)
		}
		seen[m.Address] = true
	}
	outcomes := make([]*outcome, len(monitors))
	budget := newBudget(o.Context, len(monitors))
	members := memberIDs(monitors)
	inParallel(len(monitors), func(i int) {
		if !isComposite(monitors[i]) {
			a := budget.account(i)
			a.run(func() { outcomes[i] = single(monitors[i], rec, o, a) })
			if outcomes[i] == nil {
				return // it was stopped
			}
			outcomes[i].hides = hiddenIn(&monitors[i], false)
			if !members[monitors[i].Address] && !members[monitors[i].ID] {
				outcomes[i].runs = nil
			}
		}
	})
	if err := budget.err(monitors, rec); err != nil {
		return nil, err
	}
	find := finder(monitors, outcomes)
	inParallel(len(monitors), func(i int) {
		if isComposite(monitors[i]) {
			a := budget.account(i)
			a.run(func() { outcomes[i] = together(monitors[i], rec, o, a, find) })
			if outcomes[i] == nil {
				return // it was stopped
			}
			outcomes[i].hides = hiddenIn(&monitors[i], outcomes[i].hidesMembers())
		}
	})
	if err := budget.err(monitors, rec); err != nil {
		return nil, err
	}
	return resultOf(monitors, outcomes), nil
}

// resultOf puts the results together, as they may be shown and as they are.
func resultOf(monitors []Monitor, outcomes []*outcome) *Result {
	shown, revealed := &Result{}, &Result{}
	hides := false
	for i, out := range outcomes {
		hides = hides || out.hides.any()
		revealed.Monitors = append(revealed.Monitors, out.result)
		shown.Monitors = append(shown.Monitors, out.hides.shown(out.result, &monitors[i]))
	}
	if hides {
		shown.revealed = revealed
	}
	return shown
}

func isComposite(m Monitor) bool { return m.Body["type"] == "composite" }

// finder looks members up, by address if there is one. Composites cannot be members.
func finder(monitors []Monitor, outcomes []*outcome) func(address, id string) (*outcome, bool) {
	byAddress, byID := map[string]*outcome{}, map[string]*outcome{}
	for i, m := range monitors {
		if outcomes[i] != nil {
			byAddress[m.Address] = outcomes[i]
			byID[m.ID] = outcomes[i]
		}
	}
	return func(address, id string) (*outcome, bool) {
		if address != "" {
			out, ok := byAddress[address]
			return out, ok
		}
		out, ok := byID[id]
		return out, ok
	}
}

// inParallel calls f for 0 to n-1 on all processors. What f does for one number must not touch what it does for another.
func inParallel(n int, f func(i int)) {
	group := routine.NewGroup(runtime.GOMAXPROCS(0))
	for i := range n {
		group.Go(func() error {
			f(i)
			return nil
		})
	}
	_ = group.Wait() // f returns no error
}

// refused is the outcome of a monitor that is not evaluated.
func refused(m Monitor, err error) *outcome {
	return &outcome{result: MonitorResult{Address: m.Address, Name: monitor.Fields(m.Body).Text("name"), Reason: err.Error()}}
}

// single replays a monitor that is no composite.
func single(m Monitor, rec *series.Recording, o Options, a *account) *outcome {
	c, err := compile(m, rec, o, a)
	if err != nil {
		return refused(m, err)
	}
	out := &outcome{compiled: c}
	own, cycle := int64(o.Phase)*second, c.cycle()
	stretches := []stretch{{own, own}}
	if o.OnePhase {
		cycle = second // the one second is all there is
	} else {
		stretches = c.phases()
	}
	for _, s := range stretches {
		phase := s.first
		if own >= s.first && own <= s.last {
			phase, out.first = own, len(out.runs)
		}
		r := phased{phase: phase, early: phase - s.first, late: s.last - phase, share: float64(s.last-s.first+second) / float64(cycle)}
		r.tracks = c.run(phase, phase == own)
		out.runs = append(out.runs, r)
	}
	out.result = MonitorResult{
		Address: m.Address, Name: c.view.Name, Evaluated: true,
		Every: milliseconds(c.cycle()), Window: milliseconds(c.window),
		Comparator: c.limits.op, Thresholds: c.limits.Thresholds,
	}
	others := slices.Delete(slices.Clone(out.runs), out.first, out.first+1)
	out.result.Groups = groupResults(out.primary(), others, c.cycle(), rec, o, a)
	n := notifier{account: a, rec: rec, parsed: map[string]*ddquery.Template{}, view: c.view, limits: c.limits, keys: c.keys, tellNoData: c.absence.notify, sample: c.sample}
	out.result.Notifications = n.notifications(out.primary().tracks)
	out.compiled.runner = nil // the samples are not needed any more
	return out
}

// together replays a composite over its members' runs.
func together(m Monitor, rec *series.Recording, o Options, a *account, find func(address, id string) (*outcome, bool)) *outcome {
	c, err := newComposite(m, find, a)
	if err != nil {
		return refused(m, err)
	}
	end := rec.End
	var members []variant
	for _, member := range c.members {
		members = append(members, variant{tracks: member.primary().tracks})
		for _, t := range member.primary().tracks {
			for _, change := range t.changes {
				end = max(end, change.at+minute)
			}
		}
	}
	primary := phased{tracks: c.run(members, int64(o.Phase)*second, end, true), share: 1}
	var others []phased
	if !o.OnePhase {
		others = c.others(end)
		primary.share = others[0].share
	}
	view := monitor.Of(m.Body)
	out := &outcome{members: c.members, result: MonitorResult{Address: m.Address, Name: view.Name, Evaluated: true, Every: milliseconds(minute)}}
	out.result.Groups = groupResults(&primary, others, minute, rec, o, a)
	n := notifier{account: a, rec: rec, parsed: map[string]*ddquery.Template{}, view: view, tellNoData: c.notify, composite: c}
	if len(c.groups) > 0 && len(c.groups[0].tags) > 0 {
		for _, tag := range c.groups[0].tags {
			n.keys = append(n.keys, keyOf(tag))
		}
	}
	out.result.Notifications = n.notifications(primary.tracks)
	return out
}

// groupResults turns the runs into what a group went through.
func groupResults(primary *phased, others []phased, cycle int64, rec *series.Recording, o Options, a *account) []GroupResult {
	m := merger{account: a, zone: rec.Location, near: 2 * cycle}
	var results []GroupResult
	for i, t := range primary.tracks {
		if t.start == 0 {
			continue // never seen by an evaluation
		}
		g := GroupResult{Group: t.tags.String(), Tags: t.tags, Start: m.time(t.start), Initial: t.initial}
		g.Transitions, g.Elsewhere = m.transitions(primary, others, i)
		if o.Values {
			a.keep(len(t.points), 2*pointBytes)
			for _, p := range t.points {
				v := Value{At: m.time(p.at), Status: p.status}
				if !missing(p.value) {
					v.Value, v.HasValue = p.value, true
				}
				g.Values = append(g.Values, v)
			}
		}
		results = append(results, g)
	}
	return results
}

func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }
