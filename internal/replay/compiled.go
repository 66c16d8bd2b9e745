package replay

import (
	"fmt"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
)

// runner evaluates a monitor other than a composite.
type runner interface {
	// cycle returns the time between evaluations in milliseconds, phases the ranges of phases that differ.
	cycle() int64
	phases() []phaseRange
	// ticks returns the first and last evaluation of a phase, if there are any.
	ticks(phase int64) (first, last int64, ok bool)
	run(phase int64, keep bool) tracks
}

// compiled is a monitor that is ready to run.
type compiled struct {
	Monitor
	runner
	view *monitor.Monitor
	// schedule is nil unless the monitor has a custom schedule.
	schedule *schedule
	// window is the length of the window, look how far before it the query reads.
	window, look int64
	limits       limits
	account      *evaluate.Account
	missingData  missingData
	// keys are the tag keys that the query groups by.
	keys []string
	// sample returns the log or event that a message shows; nil if the query has none.
	sample func(group evaluate.Tags, to int64) evaluate.Document
}

func (c *compiled) options() *monitor.Options { return &c.view.Options }

// threshold reads the comparator and the thresholds. The critical threshold defaults to the number in the query.
func (c *compiled) threshold(cmp *ddquery.Comparison) error {
	t := &c.options().Thresholds
	value, ok := cmp.Value()
	if !ok || t.DynamicCritical {
		return evaluate.NotEvaluated("thresholds that are queries are not supported")
	}
	c.limits = limits{op: cmp.Op, Thresholds: Thresholds{t.Critical, t.CriticalRecovery, t.Warning, t.WarningRecovery}}
	if c.limits.Critical == nil {
		c.limits.Critical = &value
	}
	return nil
}

// input returns the input for compiling queries over a window.
func (c *compiled) input(rec *series.Recording, o Options, s span) evaluate.Input {
	return evaluate.Input{Recording: rec, Account: c.account, Bucket: o.interval(s.length)}
}

// machine returns the runner of a query with a threshold.
func (c *compiled) machine(query *evaluate.Query, s span, rec *series.Recording) *machine {
	o := c.options()
	b := query.Info()
	c.window, c.look = s.length, b.Lookback()
	c.missingData = c.newMissingData(query, s.length)
	return &machine{
		query: query, step: query.Step, whole: query.Whole, span: s, limits: c.limits, missingData: c.missingData, rec: rec,
		delay:     evaluate.Milliseconds(or(o.EvaluationDelay, 0), evaluate.Second),
		multi:     len(c.keys) > 0,
		newGroup:  c.newGroupDelay(),
		retention: c.retention(monitor.DefaultRetention.Milliseconds()),
		timeout:   evaluate.Milliseconds(or(o.TimeoutH, 0), evaluate.Hour),
		account:   c.account, schedule: c.schedule,
	}
}

// newGroupDelay returns how long a new group is ignored.
func (c *compiled) newGroupDelay() int64 {
	seconds, _ := c.options().GroupDelay(c.keys)
	return evaluate.Milliseconds(seconds, evaluate.Second)
}

// retention returns how long a group without data is kept.
func (c *compiled) retention(otherwise int64) int64 {
	text := c.options().GroupRetentionDuration
	if text == "" {
		return otherwise
	}
	var n int64
	var unit string
	if _, err := fmt.Sscanf(text, "%d%s", &n, &unit); err != nil || n <= 0 || n > 10_000 {
		return otherwise
	}
	switch unit {
	case "m":
		return n * evaluate.Minute
	case "h":
		return n * evaluate.Hour
	case "d":
		return n * evaluate.Day
	}
	return otherwise
}
