package operation

import (
	"context"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/lint"
	"ddmon/internal/object"
)

// Checks selects the checks of a configuration, in addition to those of loading it.
type Checks struct {
	// Lint adds the lint rules to the checks for errors that Datadog would reject.
	Lint    bool
	Options lint.Options
	// Live adds the checks that query Datadog; it can be nil.
	Live lint.Live
	// SkipMetrics skips the checks of Live that ask for metrics, because Live has none.
	SkipMetrics bool
	// MinSeverity is the lowest severity that is reported.
	MinSeverity diag.Severity
	// Now is the time at which snooze comments are evaluated.
	Now time.Time
}

// Check reads the stack and checks it, without findings that ignore comments suppress. If loading fails, it runs no
// other checks, because the stack is incomplete. The error is from querying Datadog.
func (w *Workspace) Check(ctx context.Context, c Checks) (*config.Stack, hcl.Diagnostics, error) {
	stack, diags := w.Load(ctx)
	if diags.HasErrors() {
		return stack, diags, nil
	}
	in := lint.Input{
		Stack: stack.Name, Objects: stack.Objects, Guides: stack.Guides, Metrics: factsOf(stack), Locate: locator(stack.Files), Options: c.Options,
		SkipMetrics: c.SkipMetrics,
	}
	ignores, malformed := diag.FindIgnores(stack.Files)
	ignores, unknown := ignores.Known(lint.Codes())
	diags = append(append(append(diags, malformed...), unknown...), lint.Validate(in)...)
	if c.Lint {
		diags = append(diags, lint.Lint(in)...)
	}
	if c.Live != nil {
		found, err := lint.CheckLive(ctx, in, c.Live)
		if err != nil {
			return stack, diags, err
		}
		diags = append(diags, found...)
	}
	ignores = ignores.Restrict(func(code string) bool {
		return (c.Lint || !IsRule(code)) && (c.Live != nil || !lint.IsLive(code)) && !(c.SkipMetrics && lint.AsksForMetrics(code))
	})
	kept, _ := ignores.Apply(diags, c.Now)
	var out hcl.Diagnostics
	for _, d := range kept {
		if diag.SeverityOf(d) <= c.MinSeverity {
			out = append(out, d)
		}
	}
	diag.Sort(out)
	return stack, out, nil
}

// factsOf adds the metrics that the stack declares to the built-in ones.
func factsOf(stack *config.Stack) *lint.Metrics {
	facts := lint.DefaultMetrics()
	for _, m := range stack.Metrics {
		facts.Add(lint.Metric{
			Name: m.Name, Type: m.Type, Unit: m.Unit, Interval: int(m.Interval.Seconds()), Tags: m.Tags, WhenGone: lint.WhenGone(m.WhenGone),
		})
	}
	return facts
}

const (
	// longText is the length in bytes above which locating a part of a string is slow, because the string is parsed
	// again.
	longText = 4 << 10
	// maxLocated is the maximum number of bytes of long strings to parse again. Later findings are located at the whole
	// string.
	maxLocated = 1 << 20
)

// locator returns a function that locates a part of a string in the files.
func locator(files map[string]*hcl.File) func(*object.Object, object.Path, int, int) hcl.Range {
	located := 0
	return func(o *object.Object, p object.Path, from, to int) hcl.Range {
		whole, exact := o.Ranges[p.String()]
		file := files[whole.Filename]
		if !exact || file == nil {
			return o.Ranges.At(p)
		}
		if written := whole.End.Byte - whole.Start.Byte; written > longText {
			if located += written; located > maxLocated {
				return whole
			}
		}
		var value string
		switch v := p.In(o.Body).(type) {
		case string:
			value = v
		case object.Text:
			value = v.String()
		}
		return diag.SubRange(file.Bytes, whole, value, from, to)
	}
}

// IsRule reports whether a code belongs to a lint rule.
func IsRule(code string) bool {
	for _, r := range lint.Rules() {
		if r.Code == code {
			return true
		}
	}
	return false
}
