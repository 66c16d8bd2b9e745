package evaluate

import (
	"context"
	"fmt"
	"math"
	"sync/atomic"
)

// Limits of a replay. A step is roughly one computed point, a few nanoseconds. Steps are counted rather than timed, so
// that a replay fails on every machine or on none.
const (
	// MaxMonitorSteps limits the steps of each monitor. A monitor of 1,000 series at 15 s over a day takes 200 million.
	MaxMonitorSteps = 400_000_000
	// MaxSteps, plus MaxStepsEach for every monitor, limits the steps of all monitors over one recording. 10,000 monitors
	// of one series each take 3,000 million over a day.
	MaxSteps     = 1_000_000_000
	MaxStepsEach = 400_000
	// MaxMonitorMemory limits the bytes that each monitor allocates: samples, points, transitions, messages.
	MaxMonitorMemory = 192 << 20
)

// LimitError reports that a replay exceeds a limit. The monitor it names depends neither on the machine nor on the
// order in which monitors run.
type LimitError struct {
	// Address is the monitor that exceeds the limit. Recording is the name of the recording.
	Address, Recording string
	// Limit is MaxMonitorSteps, MaxMonitorMemory or MaxSteps.
	Limit string
	// Steps is the limit for all monitors together.
	Steps int64
}

// Error names the limit and the monitor and says what to do.
func (e *LimitError) Error() string {
	const advice = "Use fewer groups, a shorter window or a coarser rollup in the query, or shorten the recording"
	switch e.Limit {
	case "MaxSteps":
		return fmt.Sprintf("replaying the monitors up to %s over the recording %s takes more than %d million steps (limit MaxSteps). %s", e.Address, e.Recording, e.Steps/1_000_000, advice)
	case "MaxMonitorMemory":
		return fmt.Sprintf("replaying %s over the recording %s needs more than %d MiB (limit MaxMonitorMemory). %s", e.Address, e.Recording, MaxMonitorMemory>>20, advice)
	}
	return fmt.Sprintf("replaying %s over the recording %s takes more than %d million steps (limit MaxMonitorSteps). %s", e.Address, e.Recording, MaxMonitorSteps/1_000_000, advice)
}

// Budget is shared by the monitors of a replay. Monitors run concurrently, but the limit is always attributed to the
// same monitor: the first one, in order, at which the sum of steps exceeds it.
type Budget struct {
	ctx   context.Context
	most  int64
	total atomic.Int64
	used  []atomic.Int64 // by monitor
	// limits are the limits that single monitors exceeded. All monitors before the first of these must run; later ones can
	// stop.
	limits []string
	first  atomic.Int64
}

// NewBudget returns the budget of a replay of a number of monitors. The replay ends when the context is done; a nil
// context never is.
func NewBudget(ctx context.Context, monitors int) *Budget {
	if ctx == nil {
		ctx = context.Background()
	}
	b := &Budget{ctx: ctx, most: MaxSteps + MaxStepsEach*int64(monitors), used: make([]atomic.Int64, monitors), limits: make([]string, monitors)}
	b.first.Store(int64(monitors))
	return b
}

// exceeded records that a monitor exceeded a limit by itself.
func (b *Budget) exceeded(monitor int, limit string) {
	b.limits[monitor] = limit
	for {
		first := b.first.Load()
		if int64(monitor) >= first || b.first.CompareAndSwap(first, int64(monitor)) {
			return
		}
	}
}

// done reports whether a monitor can stop: the replay was interrupted, or it fails regardless of this monitor.
func (b *Budget) done(monitor int) bool {
	return b.ctx.Err() != nil || int64(monitor) > b.first.Load() || b.exceededUpTo(monitor)
}

// exceededUpTo reports whether the monitors up to the given one exceed the common limit.
func (b *Budget) exceededUpTo(monitor int) bool {
	if b.total.Load() <= b.most {
		return false
	}
	sum := int64(0)
	for i := range monitor + 1 {
		sum += b.used[i].Load()
	}
	return sum > b.most
}

// Err returns the error of a replay after all monitors have ended; nil if no limit was exceeded. address returns the
// address of a monitor.
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

// Account counts the steps and memory of one monitor. A nil Account counts nothing.
type Account struct {
	budget       *Budget
	monitor      int
	steps, bytes int64
	posted       int64 // steps already added to the budget
}

// Account returns the account of a monitor.
func (b *Budget) Account(monitor int) *Account { return &Account{budget: b, monitor: monitor} }

// stopped is the value of a panic that stops the replay of a monitor.
type stopped struct{}

// postEvery is the number of steps after which a monitor checks the common limit and for interruption.
const postEvery = 1 << 20

// Spend counts steps. It panics if a limit is exceeded; Run recovers.
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
			a.budget.exceeded(a.monitor, "MaxMonitorSteps")
			panic(stopped{})
		case a.budget.done(a.monitor):
			panic(stopped{})
		}
	}
}

// Keep counts the memory of n values of size bytes, before it is allocated, and n steps.
func (a *Account) Keep(n, size int) {
	if a == nil {
		return
	}
	if n < 0 || n > math.MaxInt32 {
		n = math.MaxInt32
	}
	if a.bytes += int64(n) * int64(size); a.bytes > MaxMonitorMemory {
		a.budget.exceeded(a.monitor, "MaxMonitorMemory")
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

// Run calls f, stops it if a limit is exceeded, and posts its steps.
func (a *Account) Run(f func()) {
	if a.budget.done(a.monitor) {
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

// Memory costs in bytes.
const (
	// SampleBytes is the cost of a sample.
	SampleBytes = 16
	bucketBytes = 12
	groupBytes  = 400
)
