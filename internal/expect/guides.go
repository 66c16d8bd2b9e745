package expect

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/guide"
	"ddmon/internal/guide/recorded"
	"ddmon/internal/testfile"
)

// guides runs the guides of a test on its recording and compares them with the expectations.
func (r *runner) guides(o *Outcome) {
	if o.Result == nil {
		return
	}
	for _, e := range o.Test.Guides {
		comparisons, diags := r.guide(o, e)
		o.Comparisons = append(o.Comparisons, comparisons...)
		o.Err = append(slices.Clone(o.Err), diags...)
		if diags.HasErrors() {
			o.Result = nil // the test has no result
			return
		}
	}
}

func (r *runner) guide(o *Outcome, e testfile.ExpectGuide) ([]Comparison, hcl.Diagnostics) {
	c := clock{o.Recording}
	at := c.end()
	if e.At != nil {
		t, err := c.resolve(*e.At)
		if err != nil {
			return []Comparison{guideComparison(e, "at", e.At.Text, err.Error(), false)}, nil
		}
		at = t
	}
	result, diags, err := recorded.Run(r.context(), e.Guide, o.Recording, Monitors(o.Test.Objects), guide.Options{At: at}, r.recording)
	if err != nil {
		return nil, hcl.Diagnostics{replayFailed(err, o.Test.RecordingRange)}
	}
	if result == nil {
		return nil, diags
	}
	return compareGuide(e, result), nil
}

// context returns the context of the replays.
func (r *runner) context() context.Context {
	if r.Replay.Context != nil {
		return r.Replay.Context
	}
	return context.Background()
}

// compareGuide compares the result of a guide with an expectation.
func compareGuide(e testfile.ExpectGuide, r *guide.Result) []Comparison {
	var all []Comparison
	if e.Concludes != nil {
		want, got := slices.Sorted(slices.Values(e.Concludes)), slices.Sorted(slices.Values(r.Concludes()))
		all = append(all, guideComparison(e, "concludes", list(want), list(got)+preventing(r), slices.Equal(want, got)))
	}
	if e.Outcome != "" {
		all = append(all, guideComparison(e, "outcome", string(e.Outcome), string(r.Outcome)+preventing(r), e.Outcome == r.Outcome))
	}
	for i := range r.Steps {
		s := &r.Steps[i]
		if want, ok := e.Verdicts[s.Step.Name]; ok {
			actual := string(s.Verdict)
			if s.Reason != "" {
				actual += ": " + s.Reason
			}
			all = append(all, guideComparison(e, string(want), "step "+s.Step.Name+" "+string(want), "step "+s.Step.Name+" "+actual, s.Verdict == want))
		}
	}
	return all
}

// preventing names the steps that prevented a verdict.
func preventing(r *guide.Result) string {
	if len(r.Preventing) == 0 {
		return ""
	}
	return " (not ok: " + strings.Join(r.Preventing, ", ") + ")"
}

func list(names []string) string {
	if len(names) == 0 {
		return "no conclusion"
	}
	return strings.Join(names, ", ")
}

// guideComparison returns a comparison of an attribute.
func guideComparison(e testfile.ExpectGuide, attribute, expected, actual string, holds bool) Comparison {
	at, ok := e.Ranges[attribute]
	if !ok {
		at = e.Range
	}
	return Comparison{Address: "guide." + e.Guide.Name, Attribute: attribute, Expected: expected, Actual: actual, Holds: holds, Range: at}
}
