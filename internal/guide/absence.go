package guide

import (
	"context"
	"fmt"
)

// An empty answer has several causes, and only one of them is what a step asks about. An absence is evidence if all other
// causes are excluded:
//
//   - The query never has hits (a wrong tag value, name or product): excluded if it has hits in the control window.
//   - The pipeline is down: excluded if the step's probe has hits while the query has none.
//   - The workload is idle: excluded if there is traffic in the control window and, if silence is a failure, while the
//     query has no hits.

// isEvidence reports whether a check that depends on an absence is evidence. It adds the possible causes of the absence
// to the result.
func (r *runner) isEvidence(ctx context.Context, result *StepResult, c Check, a reading, control *reading) bool {
	causes := []Cause{r.wrongQuery(ctx, result, c, a, control)}
	if causes[0].Excluded {
		causes = append(causes, Cause{Name: WrongProduct, Excluded: true, Detail: causes[0].Detail})
	}
	causes = append(causes, r.idle(ctx, result.Step, c), r.pipelineDown(ctx, result.Step, *c.silent))
	evidence := true
	for _, cause := range causes {
		result.add(cause)
		evidence = evidence && cause.Excluded
	}
	if !evidence {
		r.declared(result, a)
	}
	return evidence
}

// add adds a cause. A cause that is not excluded for one group is not excluded for the step.
func (s *StepResult) add(c Cause) {
	for i := range s.Causes {
		if s.Causes[i].Name == c.Name {
			if s.Causes[i].Excluded {
				s.Causes[i] = c
			}
			return
		}
	}
	s.Causes = append(s.Causes, c)
}

// wrongQuery says whether the query has hits in the control window.
func (r *runner) wrongQuery(ctx context.Context, result *StepResult, c Check, a reading, control *reading) Cause {
	window := span(r.control.Window)
	if control == nil || control.empty() {
		detail := "The query has no hits in the control window either (" + window + ")."
		if a.group != allGroups {
			detail = fmt.Sprintf("The group %s has no hits in the control window either (%s).", a.group, window)
		}
		cause := Cause{Name: WrongQuery, Detail: detail}
		if control == nil && a.group == allGroups && result.Hint == "" {
			r.hint(ctx, result)
			if result.Hint != "" {
				cause.Detail += " " + result.Hint
			}
		}
		return cause
	}
	if e := result.Step.Expect.Gap; c.Attribute == "gap" && !e.Holds(control.gap.Length().Seconds()) {
		return Cause{Name: IdleWorkload, Detail: fmt.Sprintf("The control window (%s) has a gap of %s too, so such a gap is normal.", window, control.gap.Length())}
	}
	return Cause{Name: WrongQuery, Excluded: true, Detail: "The query has hits in the control window (" + window + ")."}
}

// idle says whether there was traffic in the control window and, if the check fails because of the silence, in the
// silence. If the step expects silence, an idle workload does not matter.
func (r *runner) idle(ctx context.Context, s *Step, check Check) Cause {
	silent := *check.silent
	c := Cause{Name: IdleWorkload}
	traffic := r.guide.TrafficOf(s)
	if traffic == "" {
		c.Detail = "The guide has no traffic query, so the workload can be idle. Set control { traffic = \"...\" }."
		return c
	}
	q := Question{Product: Metric, Query: traffic}
	control, err := r.hasHits(ctx, r.control.Source, q, r.control.Window)
	if err == nil && !control {
		c.Detail = "The control window (" + span(r.control.Window) + ") has no traffic, so hits in it prove nothing."
		return c
	}
	during := check.Verdict == OK
	if err == nil && !during {
		during, err = r.hasHits(ctx, r.source, q, silent)
	}
	switch {
	case err != nil:
		c.Detail = "The traffic query was not answered: " + sentence(err)
	case !during:
		c.Detail = "There is no traffic from " + span(silent) + ", so silence is normal."
	case check.Verdict == OK:
		c.Excluded, c.Detail = true, "The control window ("+span(r.control.Window)+") has traffic."
	default:
		c.Excluded, c.Detail = true, "There is traffic from "+span(silent)+"."
	}
	return c
}

// pipelineDown says whether the step's probe has hits in the silence.
func (r *runner) pipelineDown(ctx context.Context, s *Step, silent Window) Cause {
	c := Cause{Name: PipelineDown}
	for _, p := range r.guide.Probes {
		if p.Name != s.Probe {
			continue
		}
		hits, err := r.hasHits(ctx, r.source, p.Question, silent)
		switch {
		case err != nil:
			c.Detail = "Probe " + p.Name + " was not answered: " + sentence(err)
		case !hits:
			c.Detail = "Probe " + p.Name + " has no hits from " + span(silent) + " either: the pipeline is down or delayed."
			if why := notRecorded(r.source, p.Question); why != "" {
				c.Detail = "Probe " + p.Name + " has no hits. " + why
			}
		default:
			c.Excluded, c.Detail = true, "Probe "+p.Name+" has hits from "+span(silent)+"."
		}
		return c
	}
	c.Detail = "The step has no probe, so the pipeline can be down. Set probe = probe.NAME."
	return c
}

// missing adds the causes of a metric without points in the window.
func (r *runner) missing(ctx context.Context, result *StepResult, a reading, control *reading) {
	if r.declared(result, a) {
		return
	}
	cause := r.wrongQuery(ctx, result, Check{}, a, control)
	result.add(cause)
	if cause.Excluded {
		last := control.points[len(control.points)-1]
		result.add(Cause{Name: SeriesEnded, Detail: fmt.Sprintf("The series %s has no points from %s. In the control window its last point is %s, at %s.",
			a.group, span(result.Window), Number(last.Value), last.At.Format("15:04:05"))})
	}
}

// maxQuestions limits the questions of a step. Every silent group needs several.
const maxQuestions = 200

// hitKey identifies a question about hits; hit is its answer.
type (
	hitKey struct {
		from       Source
		product    Product
		query      string
		begin, end int64
	}
	hit struct {
		found bool
		err   error
	}
)

// hasHits reports whether a query has hits: lines, or points that are not 0.
func (r *runner) hasHits(ctx context.Context, from Source, q Question, w Window) (bool, error) {
	key := hitKey{from, q.Product, q.Query, w.From.UnixNano(), w.To.UnixNano()}
	if known, ok := r.hits[key]; ok {
		return known.found, known.err
	}
	if r.asked >= maxQuestions {
		return false, fmt.Errorf("the step needs more than %d questions; use fewer groups", maxQuestions)
	}
	answer, err := r.ask(ctx, from, q, w)
	found := false
	for _, a := range answer {
		for _, p := range a.points {
			found = found || p.Value != 0
		}
	}
	r.hits[key] = hit{found, err}
	return found, err
}
