package evaluate

import (
	"context"
	"fmt"
	"math"
	"sync/atomic"
)

// What one replay may do. A step is about a point that is computed, a few nanoseconds. Steps are counted, not timed, so
// that a replay fails on every machine or on none.
const (
	// MaxMonitorSteps bounds the steps of each monitor. One over 1,000 series of 15 s over a day takes 200 million.
	MaxMonitorSteps = 400_000_000
	// MaxSteps and MaxStepsEach for every monitor bound the steps of all over one recording. 10,000 of one series each
	// take 3,000 million over a day.
	MaxSteps     = 1_000_000_000
	MaxStepsEach = 400_000
	// MaxMonitorMemory bounds the bytes of what each monitor computes and keeps: samples, points, transitions, messages.
	MaxMonitorMemory = 192 << 20
)

// LimitError says that a replay would take more than there may be. Which monitor it names depends neither on the
// machine nor on the order in which monitors were replayed.
type LimitError struct {
	// Address is the monitor's, or of a limit on all monitors that of the one that passes it. Recording is its name.
	Address, Recording string
	// Limit is MaxMonitorSteps, MaxMonitorMemory or MaxSteps.
	Limit string
	// Steps are how many all monitors may take.
	Steps int64
}

// Error says which limit was passed, by which monitor, and what to do.
func (e *LimitError) Error() string {
	const advice = "Let the query look at fewer groups, a shorter window or a coarser rollup, or cut the recording to the time that matters"
	switch e.Limit {
	case "MaxSteps":
		return fmt.Sprintf("the monitors up to %s take more than %d million steps over the recording %s (limit MaxSteps). %s", e.Address, e.Steps/1_000_000, e.Recording, advice)
	case "MaxMonitorMemory":
		return fmt.Sprintf("%s needs more than %d MiB over the recording %s (limit MaxMonitorMemory). %s", e.Address, MaxMonitorMemory>>20, e.Recording, advice)
	}
	return fmt.Sprintf("%s takes more than %d million steps over the recording %s (limit MaxMonitorSteps). %s", e.Address, MaxMonitorSteps/1_000_000, e.Recording, advice)
}

// Budget is what the monitors of one replay share. Monitors run at the same time, and still it is always the same one
// that passes the limit: the first, in their order, up to which all take more than that.
type Budget struct {
	ctx   context.Context
	most  int64
	total atomic.Int64
	used  []atomic.Int64 // by monitor
	// limits are those that a monitor passed by itself; before the first such monitor all have to run, after it none.
	limits []string
	first  atomic.Int64
}

// NewBudget returns the budget of a replay of so many monitors, which ends when the context is done; nil is one that
// never is.
func NewBudget(ctx context.Context, monitors int) *Budget {
	if ctx == nil {
		ctx = context.Background()
	}
	b := &Budget{ctx: ctx, most: MaxSteps + MaxStepsEach*int64(monitors), used: make([]atomic.Int64, monitors), limits: make([]string, monitors)}
	b.first.Store(int64(monitors))
	return b
}

// pass says that a monitor passed a limit by itself.
func (b *Budget) pass(monitor int, limit string) {
	b.limits[monitor] = limit
	for {
		first := b.first.Load()
		if int64(monitor) >= first || b.first.CompareAndSwap(first, int64(monitor)) {
			return
		}
	}
}

// ends reports whether what a monitor does is of no use: the replay is interrupted, or fails whatever it does.
func (b *Budget) ends(monitor int) bool {
	return b.ctx.Err() != nil || int64(monitor) > b.first.Load() || b.passedBy(monitor)
}

// passedBy reports whether the monitors up to one have passed the limit of all.
func (b *Budget) passedBy(monitor int) bool {
	if b.total.Load() <= b.most {
		return false
	}
	sum := int64(0)
	for i := range monitor + 1 {
		sum += b.used[i].Load()
	}
	return sum > b.most
}

// Err is the error of a replay of a recording whose monitors have all ended; nil if no limit was passed. address returns
// a monitor's.
func (b *Budget) Err(recording string, address func(monitor int) string) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	sum := int64(0)
	for i := range b.used {
		limit := b.limits[i]
		if sum += b.used[i].Load(); limit == "" && sum > b.most {
			limit = "MaxSteps"
		}
		if limit != "" {
			return &LimitError{Address: address(i), Recording: recording, Limit: limit, Steps: b.most}
		}
	}
	return nil
}

// Account counts what one monitor does. A nil one does not count.
type Account struct {
	budget       *Budget
	monitor      int
	steps, bytes int64
	posted       int64 // steps that the budget knows of
}

// Account returns the account of a monitor.
func (b *Budget) Account(monitor int) *Account { return &Account{budget: b, monitor: monitor} }

// stopped is what a panic carries that ends the replay of a monitor in the middle.
type stopped struct{}

// postEvery is how many steps a monitor takes before it looks at what the others took, and whether it is interrupted.
const postEvery = 1 << 20

// Spend counts steps, and does not return if there were too many.
func (a *Account) Spend(steps int) {
	if a == nil {
		return
	}
	if steps < 0 || steps > MaxMonitorSteps {
		steps = MaxMonitorSteps
	}
	if a.steps += int64(steps); a.steps-a.posted >= postEvery {
		a.post()
		switch {
		case a.steps > MaxMonitorSteps:
			a.budget.pass(a.monitor, "MaxMonitorSteps")
			panic(stopped{})
		case a.budget.ends(a.monitor):
			panic(stopped{})
		}
	}
}

// Keep counts the memory of n values of so many bytes before it is asked for. It takes as many steps.
func (a *Account) Keep(n, size int) {
	if a == nil {
		return
	}
	if n < 0 || n > math.MaxInt32 {
		n = math.MaxInt32
	}
	if a.bytes += int64(n) * int64(size); a.bytes > MaxMonitorMemory {
		a.budget.pass(a.monitor, "MaxMonitorMemory")
		a.post()
		panic(stopped{})
	}
	a.Spend(n)
}

func (a *Account) post() {
	n := a.steps - a.posted
	a.budget.used[a.monitor].Add(n)
	a.budget.total.Add(n)
	a.posted = a.steps
}

// Run calls f, which may be stopped, and posts what it took.
func (a *Account) Run(f func()) {
	if a.budget.ends(a.monitor) {
		return
	}
	defer func() {
		a.post()
		if r := recover(); r != nil {
			if _, ours := r.(stopped); !ours {
				panic(r)
			}
		}
	}()
	f()
}

// What is kept costs, in bytes.
const (
	// SampleBytes is what a sample costs.
	SampleBytes = 16
	bucketBytes = 12
	groupBytes  = 400
)
