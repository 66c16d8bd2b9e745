package replay

import (
	"fmt"
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
)

// runner evaluates a monitor that is no composite.
type runner interface {
	// cycle is the milliseconds between two evaluations, phases are those of it that differ.
	cycle() int64
	phases() []stretch
	// ticks are the first and last evaluation of a phase, if there are any.
	ticks(phase int64) (first, last int64, ok bool)
	run(phase int64, keep bool) tracks
}

// compiled is a monitor ready to run.
type compiled struct {
	Monitor
	runner
	view *monitor.Monitor
	// window is the length of the window, look how far before it the query looks.
	window, look int64
	limits       limits
	account      *evaluate.Account
	absence      absence
	// keys are what the query groups by.
	keys []string
	// sample finds what a message shows of the logs or events behind an alert; nil if there are none.
	sample func(group evaluate.Tags, to int64) evaluate.Document
}

func (c *compiled) options() *monitor.Options { return &c.view.Options }

// threshold reads operator and thresholds; the number in the query stands for a critical that is not set.
func (c *compiled) threshold(cmp *ddquery.Comparison) error {
	t := &c.options().Thresholds
	value, ok := cmp.Value()
	if !ok || t.DynamicCritical {
		return evaluate.NotEvaluated("a threshold that is a query")
	}
	c.limits = limits{op: cmp.Op, Thresholds: Thresholds{t.Critical, t.CriticalRecovery, t.Warning, t.WarningRecovery}}
	if c.limits.Critical == nil {
		c.limits.Critical = &value
	}
	return nil
}

// input is what the queries over a window are compiled over.
func (c *compiled) input(rec *series.Recording, o Options, s span) evaluate.Input {
	return evaluate.Input{Recording: rec, Account: c.account, Bucket: o.interval(s.length)}
}

// machine makes the runner of a query with a threshold.
func (c *compiled) machine(query *evaluate.Query, s span, rec *series.Recording) *machine {
	o := c.options()
	b := query.Info()
	c.window, c.look = s.length, b.Lookback()
	c.absence = newAbsence(o, b.Counts && !query.Zero, query.Events, s.length)
	c.absence.whenAll = query.Events && len(c.keys) > 0 && (c.limits.op == "<" || c.limits.op == "<=")
	return &machine{
		query: query, step: query.Step, whole: query.Whole, span: s, limits: c.limits, absence: c.absence, rec: rec,
		delay:     evaluate.Milliseconds(or(o.EvaluationDelay, 0), evaluate.Second),
		multi:     len(c.keys) > 0,
		newGroup:  c.newGroupDelay(),
		retention: c.retention(monitor.DefaultRetention.Milliseconds()),
		timeout:   evaluate.Milliseconds(or(o.TimeoutH, 0), evaluate.Hour),
		account:   c.account,
	}
}

// newGroupDelay is that of the options, or for groups by host the older new_host_delay.
func (c *compiled) newGroupDelay() int64 {
	o := c.options()
	if v := o.NewGroupDelay; v != nil {
		return evaluate.Milliseconds(*v, evaluate.Second)
	}
	if slices.Contains(c.keys, "host") {
		return evaluate.Milliseconds(or(o.NewHostDelay, monitor.DefaultNewHostDelay.Seconds()), evaluate.Second)
	}
	return 0
}

// retention is how long a silent group is remembered.
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
