package guide

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// DefaultLookback is how far back the onset of a failure is searched.
const DefaultLookback = time.Hour

// Options are the options of Run.
type Options struct {
	At time.Time
	// Place returns where the control window of a control is.
	Place func(Control) Place
	// Start is the start of the data; onsets are not searched before it. Zero means unlimited.
	Start time.Time
	// Incident is the time between the phases of the incident; zero if unknown.
	Incident Window
	// Remediated is when the remediation was applied; zero if unknown.
	Remediated time.Time
	// Progress is called before each step; nil if not needed.
	Progress func(*Step)
	// Requests returns the number of requests so far, with retries; nil counts each question as one.
	Requests func() int
}

// Place is a control window and the source of its data.
type Place struct {
	Window
	Source Source
	// Name says where the window is, such as the name of another recording; "" if it is in the same place as the other data.
	Name string
}

// Run runs a guide. It returns an error only if the context is done: other problems are reasons of steps.
func Run(ctx context.Context, g *Guide, s Source, o Options) (*Result, error) {
	r := &runner{guide: g, source: s, options: o, hits: map[hitKey]hit{}}
	control := o.Place(g.Control)
	result := &Result{Guide: g, At: o.At, Control: control.Window, ControlName: control.Name}
	verdicts := map[string]Verdict{}
	for _, step := range g.Steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if o.Progress != nil {
			o.Progress(step)
		}
		done := r.step(ctx, step)
		verdicts[step.Name] = done.Verdict
		result.Steps = append(result.Steps, done)
	}
	for _, c := range g.Conclusions {
		result.Conclusions = append(result.Conclusions, conclude(c, result, verdicts))
	}
	result.Outcome = outcome(result)
	if result.Outcome == CouldNotTell {
		for i := range result.Steps {
			if result.Steps[i].Verdict != OK {
				result.Preventing = append(result.Preventing, result.Steps[i].Step.Name)
			}
		}
	}
	return result, ctx.Err()
}

func outcome(r *Result) Outcome {
	if len(r.Concludes()) > 0 {
		return Findings
	}
	for i := range r.Steps {
		if r.Steps[i].Verdict != OK {
			return CouldNotTell
		}
	}
	return Healthy
}

// conclude evaluates a conclusion over the verdicts of the steps.
func conclude(c *Conclusion, r *Result, verdicts map[string]Verdict) ConclusionResult {
	result := ConclusionResult{Conclusion: c, Holds: c.When.Eval(verdicts)}
	missing := ""
	for _, name := range c.Findings {
		step := r.Step(name)
		switch {
		case step == nil || step.Verdict != Failed:
		case step.Onset.IsZero():
			missing = name
		default:
			result.Onsets = append(result.Onsets, Onset{Step: name, At: step.Onset})
		}
	}
	slices.SortStableFunc(result.Onsets, func(a, b Onset) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	for i := range result.Onsets {
		result.Onsets[i].After = result.Onsets[i].At.Sub(result.Onsets[0].At)
	}
	if c.Recovered != nil {
		result.Recovered = c.Recovered.Eval(verdicts)
	}
	if c.Within == 0 || result.Holds != True {
		return result
	}
	switch n := len(result.Onsets); {
	case n > 0 && result.Onsets[n-1].After > c.Within:
		result.Holds = False
		result.Reason = "The steps began to fail " + result.Onsets[n-1].After.String() + " apart; within allows " + c.Within.String() + "."
	case missing != "":
		result.Holds = Unsure
		result.Reason = "ddmon cannot tell when step " + missing + " began to fail, and within limits the distance."
	}
	return result
}

// runner runs the steps of one guide.
type runner struct {
	guide   *Guide
	source  Source
	options Options
	hits    map[hitKey]hit // of probes and traffic, by window
	asked   int            // questions of the current step
	control Place          // of the current step
}

// step runs one step.
func (r *runner) step(ctx context.Context, s *Step) StepResult {
	r.asked, r.control = 0, r.options.Place(r.guide.ControlOf(s))
	before := 0
	if r.options.Requests != nil {
		before = r.options.Requests()
	}
	result := StepResult{Step: s, Window: Window{r.options.At.Add(-s.Window), r.options.At}}
	if s.Question.Product == Monitor {
		r.monitor(ctx, &result)
	} else {
		r.query(ctx, &result)
	}
	for _, g := range result.Groups {
		if !g.Onset.IsZero() && (result.Onset.IsZero() || g.Onset.Before(result.Onset)) {
			result.Onset = g.Onset
		}
	}
	if in := r.options.Incident; !result.Onset.IsZero() && in.Length() > 0 {
		const tolerance = time.Minute
		result.OutsideIncident = result.Onset.Before(in.From.Add(-tolerance)) || result.Onset.After(in.To.Add(tolerance))
	}
	result.Requests = r.asked
	if r.options.Requests != nil {
		result.Requests = r.options.Requests() - before
	}
	return result
}

// query runs a step about a metric, logs or events.
func (r *runner) query(ctx context.Context, result *StepResult) {
	s := result.Step
	answer, err := r.ask(ctx, r.source, s.Question, result.Window)
	if err != nil {
		refused(result, err)
		return
	}
	var control []reading
	if r.needsControl(s, answer) {
		if control, err = r.ask(ctx, r.control.Source, s.Question, r.control.Window); err != nil {
			refused(result, err)
			return
		}
	}
	answer = withMissing(answer, control, result.Window)
	for _, a := range answer {
		result.Groups = append(result.Groups, r.group(ctx, result, a, inControl(control, a)))
	}
	if len(answer) == 0 {
		a := reading{group: allGroups, gap: result.Window, lines: s.Question.Product != Metric}
		result.Groups = append(result.Groups, r.group(ctx, result, a, nil))
	}
	result.Verdict = combined(result.Groups)
	if result.Verdict == Unknown && result.Reason == "" {
		result.Reason = reason(result)
	}
	r.history(ctx, result)
}

// refused makes a step unknown because its question was not answered.
func refused(result *StepResult, err error) {
	result.Verdict, result.Reason = Unknown, "The question was not answered: "+sentence(err)
	result.Causes = []Cause{{Name: QueryRefused, Detail: err.Error()}}
}

// sentence ends the text of an error with one full stop.
func sentence(err error) string { return strings.TrimSuffix(err.Error(), ".") + "." }

// combined returns failed if any group failed, else unknown if any is unknown.
func combined(groups []GroupResult) Verdict {
	verdict := OK
	for _, g := range groups {
		switch {
		case g.Verdict == Failed:
			return Failed
		case g.Verdict == Unknown:
			verdict = Unknown
		}
	}
	return verdict
}

// monitor runs a step about the status of a monitor.
func (r *runner) monitor(ctx context.Context, result *StepResult) {
	r.asked++
	s := result.Step
	groups, err := r.source.Status(ctx, s.Question.Query, r.options.At)
	if err != nil {
		refused(result, err)
		return
	}
	for _, g := range groups {
		check := Check{Attribute: "status", Expected: joined(s.Expect.Status), Actual: g.Status, Verdict: Failed}
		if slices.Contains(s.Expect.Status, g.Status) {
			check.Verdict = OK
		}
		done := GroupResult{Group: g.Group, Verdict: check.Verdict, Checks: []Check{check}}
		if check.Verdict == Failed {
			done.Onset = g.Since
		}
		result.Groups = append(result.Groups, done)
	}
	result.Verdict = combined(result.Groups)
	if len(groups) == 0 {
		result.Verdict, result.Reason = Unknown, "The monitor has no groups."
	}
}
