package cli

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/lint"
	"ddmon/internal/object"
)

// check is what a command looks for in a configuration besides what loading it finds.
type check struct {
	// lint looks for what is probably wrong, too; without it only for what Datadog would refuse.
	lint    bool
	options lint.Options
	// live asks Datadog; nil asks nobody.
	live func(lint.Input) (hcl.Diagnostics, error)
	// least is the least grave severity that is of interest.
	least diag.Severity
}

// loadAndCheck reads the stack and checks it offline. What comments in the files waive is left out. With errors of
// loading nothing more is looked for, since the stack is incomplete.
func (a *App) loadAndCheck(v *variableFlags, c check) (*config.Stack, hcl.Diagnostics, error) {
	stack, diags := a.load(v)
	if diags.HasErrors() {
		return stack, diags, nil
	}
	in := lint.Input{
		Stack: stack.Name, Objects: stack.Objects, Facts: factsOf(stack), Locate: locator(stack.Files), Options: c.options,
	}
	waivers, malformed := diag.FindWaivers(stack.Files)
	diags = append(append(diags, malformed...), lint.Validate(in)...)
	if c.lint {
		diags = append(diags, lint.Lint(in)...)
	}
	if c.live != nil {
		found, err := c.live(in)
		if err != nil {
			return stack, diags, err
		}
		diags = append(diags, found...)
	}
	waivers = waivers.Restrict(func(code string) bool {
		return (c.lint || !isRule(code)) && (c.live != nil || !lint.IsLive(code))
	})
	kept, _ := waivers.Apply(diags, a.Now())
	var out hcl.Diagnostics
	for _, d := range kept {
		if diag.SeverityOf(d) <= c.least {
			out = append(out, d)
		}
	}
	diag.Sort(out)
	return stack, out, nil
}

// factsOf adds what the stack says of metrics to what is shipped.
func factsOf(stack *config.Stack) *lint.Facts {
	facts := lint.DefaultFacts()
	for _, m := range stack.Metrics {
		facts.Add(lint.Metric{
			Name: m.Name, Type: m.Type, Unit: m.Unit, Interval: int(m.Interval.Seconds()), Tags: m.Tags, WhenGone: lint.WhenGone(m.WhenGone),
		})
	}
	return facts
}

const (
	// longText is from how many bytes on finding a part of a text takes noticeable time, for the text is parsed again.
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

func isRule(code string) bool {
	for _, r := range lint.Rules() {
		if r.Code == code {
			return true
		}
	}
	return false
}
