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

// Checks are what to look for in a configuration, in addition to what loading it finds.
type Checks struct {
	// Lint looks for what is probably wrong, too; without it only for what Datadog would refuse.
	Lint    bool
	Options lint.Options
	// Live, if it is set, is asked what only Datadog knows.
	Live lint.Live
	// Least is the least grave severity that is reported.
	Least diag.Severity
	// Now is the time that the ends of snoozes are compared with.
	Now time.Time
}

// Check reads the stack and checks it. What comments in the files waive is left out. With errors of loading nothing more
// is looked for, since the stack is incomplete. The error is that of asking Live.
func (w *Workspace) Check(ctx context.Context, c Checks) (*config.Stack, hcl.Diagnostics, error) {
	stack, diags := w.Load(ctx)
	if diags.HasErrors() {
		return stack, diags, nil
	}
	in := lint.Input{
		Stack: stack.Name, Objects: stack.Objects, Metrics: factsOf(stack), Locate: locator(stack.Files), Options: c.Options,
	}
	ignores, malformed := diag.FindIgnores(stack.Files)
	diags = append(append(diags, malformed...), lint.Validate(in)...)
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
		return (c.Lint || !IsRule(code)) && (c.Live != nil || !lint.IsLive(code))
	})
	kept, _ := ignores.Apply(diags, c.Now)
	var out hcl.Diagnostics
	for _, d := range kept {
		if diag.SeverityOf(d) <= c.Least {
			out = append(out, d)
		}
	}
	diag.Sort(out)
	return stack, out, nil
}

// factsOf adds what the stack says of metrics to what is shipped.
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
	// longText is the length in bytes from which finding a part of a text takes noticeable time, as the text is parsed again.
	longText = 4 << 10
	// maxLocated is how many bytes of long texts are parsed again. Findings beyond that are about the whole text.
	maxLocated = 1 << 20
)

// locator finds a part of a string in the files.
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

// IsRule reports whether a code is that of a lint rule.
func IsRule(code string) bool {
	for _, r := range lint.Rules() {
		if r.Code == code {
			return true
		}
	}
	return false
}
