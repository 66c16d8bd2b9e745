package replay

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"ddmon/internal/evaluate"
	"ddmon/internal/routine"
	"ddmon/internal/series"
)

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
	budget := evaluate.NewBudget(o.Context, len(monitors))
	address := func(i int) string { return monitors[i].Address }
	members := memberIDs(monitors)
	inParallel(len(monitors), func(i int) {
		if !isComposite(monitors[i]) {
			a := budget.Account(i)
			a.Run(func() { outcomes[i] = single(monitors[i], rec, o, a) })
			if outcomes[i] == nil {
				return // it was stopped
			}
			outcomes[i].hides = hiddenIn(&monitors[i], false)
			if !members[monitors[i].Address] && !members[monitors[i].ID] {
				outcomes[i].runs = nil
			}
		}
	})
	if err := budget.Err(rec.Name, address); err != nil {
		return nil, err
	}
	find := finder(monitors, outcomes)
	inParallel(len(monitors), func(i int) {
		if isComposite(monitors[i]) {
			a := budget.Account(i)
			a.Run(func() { outcomes[i] = together(monitors[i], rec, o, a, find) })
			if outcomes[i] == nil {
				return // it was stopped
			}
			outcomes[i].hides = hiddenIn(&monitors[i], outcomes[i].hidesMembers())
		}
	})
	if err := budget.Err(rec.Name, address); err != nil {
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
