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

// Run replays monitors over a recording. If a monitor cannot be replayed, its result has the reason. Run returns an
// error for invalid options and duplicate addresses, a *LimitError, or the error of the context.
func Run(monitors []Monitor, rec *series.Recording, o Options) (*Result, error) {
	if o.Phase < 0 || o.Phase > 59 {
		return nil, fmt.Errorf("invalid second %d: use a second of the minute, 0 to 59", o.Phase)
	}
	for _, r := range o.Rollup {
		if r.Interval < time.Second || r.Interval%time.Second != 0 || r.Window <= 0 {
			return nil, fmt.Errorf("invalid rollup of %s for windows up to %s: use whole seconds", r.Interval, r.Window)
		}
	}
	seen := map[string]bool{}
	for _, m := range monitors {
		if seen[m.Address] {
			return nil, errors.New("duplicate monitor " + m.Address)
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
			a.Run(func() { outcomes[i] = replaySingle(monitors[i], rec, o, a) })
			if outcomes[i] == nil {
				return // stopped
			}
			outcomes[i].redaction = redactionFor(&monitors[i], false)
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
			a.Run(func() { outcomes[i] = replayComposite(monitors[i], rec, o, a, find) })
			if outcomes[i] == nil {
				return // stopped
			}
			outcomes[i].redaction = redactionFor(&monitors[i], outcomes[i].hidesMembers())
		}
	})
	if err := budget.Err(rec.Name, address); err != nil {
		return nil, err
	}
	return resultOf(monitors, outcomes), nil
}

// resultOf combines the results, both redacted and complete.
func resultOf(monitors []Monitor, outcomes []*outcome) *Result {
	shown, revealed := &Result{}, &Result{}
	redacted := false
	for i, out := range outcomes {
		redacted = redacted || out.redaction.any()
		revealed.Monitors = append(revealed.Monitors, out.result)
		shown.Monitors = append(shown.Monitors, out.redaction.redacted(out.result, &monitors[i]))
	}
	if redacted {
		shown.revealed = revealed
	}
	return shown
}

// finder returns a function that finds members, by address if it is not empty. Composites cannot be members.
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

// inParallel calls f concurrently for 0 to n-1. The calls must be independent.
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
