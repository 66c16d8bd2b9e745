package cli

import (
	"math"
	"time"

	"ddmon/internal/guide"
	"ddmon/internal/operation"
	"ddmon/internal/render"
	"ddmon/internal/render/machine"
)

// verification converts the result of a guide for output.
func verification(done *operation.Verified) *render.Verification {
	r := done.Result
	v := &render.Verification{
		FormatVersion: machine.FormatVersion, Guide: r.Guide.Name, Recording: done.Recording, At: r.At, Outcome: string(r.Outcome), Preventing: r.Preventing,
		Control: render.SpanShown{Name: r.ControlName, From: r.Control.From, To: r.Control.To}, Conclusions: []render.Conclusion{},
	}
	for i := range r.Steps {
		v.Steps = append(v.Steps, stepView(&r.Steps[i]))
	}
	for _, c := range r.Conclusions {
		v.Conclusions = append(v.Conclusions, conclusionView(r, c))
	}
	return v
}

func stepView(s *guide.StepResult) render.VerificationStep {
	step := s.Step
	v := render.VerificationStep{
		Name: step.Name, Product: string(step.Question.Product), Query: step.Question.Query, By: step.Question.By,
		Window: render.SpanShown{From: s.Window.From, To: s.Window.To}, Verdict: string(s.Verdict), Sentence: sentence(s),
		Reason: s.Reason, Hint: s.Hint, Basis: step.Expect.Basis, Onset: timeView(s.Onset), OutsideIncident: s.OutsideIncident,
		LastBefore: lineView(s.LastBefore), FirstAfter: lineView(s.FirstAfter), RestoredSeconds: s.Restored.Seconds(), Requests: s.Requests,
		Groups: []render.VerificationGroup{},
	}
	for _, g := range s.Groups {
		shown := render.VerificationGroup{Group: g.Group, Verdict: string(g.Verdict), Checks: []render.VerificationCheck{}}
		for _, c := range g.Checks {
			shown.Checks = append(shown.Checks, render.VerificationCheck{Attribute: c.Attribute, Expected: c.Expected, Actual: c.Actual, Verdict: string(c.Verdict)})
		}
		for _, p := range g.Points {
			if !math.IsInf(p.Value, 0) && !math.IsNaN(p.Value) {
				shown.Points = append(shown.Points, render.VerificationPoint{At: p.At, Value: p.Value})
			}
		}
		v.Groups = append(v.Groups, shown)
	}
	for _, c := range s.Causes {
		v.Causes = append(v.Causes, render.VerificationCause{Name: string(c.Name), Excluded: c.Excluded, Detail: c.Detail})
	}
	return v
}

// sentence returns the sentence of a step for its verdict.
func sentence(s *guide.StepResult) string {
	switch s.Verdict {
	case guide.OK:
		return s.Step.OK
	case guide.Failed:
		return s.Step.Failed
	case guide.Unknown:
	}
	return "Could not tell."
}

func conclusionView(r *guide.Result, c guide.ConclusionResult) render.Conclusion {
	of := c.Conclusion
	v := render.Conclusion{
		Name: of.Name, Holds: string(c.Holds), Reason: c.Reason, Cause: of.Cause, Severity: of.Severity, Impact: of.Impact,
		Remediation: of.Remediation, Verify: of.Verify, Recovered: string(c.Recovered), Evidence: []render.Evidence{},
	}
	shown := map[string]bool{}
	for _, o := range c.Onsets {
		at := o.At
		shown[o.Step] = true
		v.Evidence = append(v.Evidence, render.Evidence{Step: o.Step, Sentence: sentence(r.Step(o.Step)), Onset: &at, AfterSeconds: o.After.Seconds()})
	}
	for _, name := range of.Findings {
		if s := r.Step(name); s != nil && s.Verdict == guide.Failed && !shown[name] {
			v.Evidence = append(v.Evidence, render.Evidence{Step: name, Sentence: sentence(s)})
		}
	}
	return v
}

func timeView(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func lineView(l *guide.Line) *render.VerificationLine {
	if l == nil {
		return nil
	}
	return &render.VerificationLine{At: l.At, Text: l.Text}
}
