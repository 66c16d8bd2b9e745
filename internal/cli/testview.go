package cli

import (
	"ddmon/internal/diag"
	"ddmon/internal/expect"
	"ddmon/internal/operation"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// testRun converts outcomes for output.
func testRun(outcomes []expect.Outcome, withReplays bool) *render.TestRun {
	at := make(map[*replay.Result]int)
	run := &render.TestRun{FormatVersion: "1.0", Tests: []render.Test{}}
	for i := range outcomes {
		o := &outcomes[i]
		t := render.Test{Name: o.Test.Name, Passed: o.Passed(), Range: planfile.NewRange(o.Test.Range), Replay: -1}
		if o.Recording != nil {
			t.Recording = o.Recording.Name
		}
		t.Error = problem(o)
		for _, f := range o.Failures() {
			t.Failures = append(t.Failures, render.TestFailure{
				Address: f.Address, Group: f.Group, Attribute: f.Attribute, Expected: f.Expected, Actual: f.Actual,
				Timeline: f.Timeline, Range: planfile.NewRange(f.Range),
			})
		}
		if o.Result != nil && withReplays {
			place, ok := at[o.Result]
			if !ok {
				place = len(run.Replays)
				at[o.Result] = place
				run.Replays = append(run.Replays, render.ReplayRun{Recording: o.Recording.Name, Monitors: replayed(o.Recording, o.Result)})
			}
			t.Replay = place
		}
		for _, w := range o.Warnings {
			t.Warnings = append(t.Warnings, render.TestWarning{Address: w.Address, Text: w.Text, Range: planfile.NewRange(w.Range)})
		}
		if len(t.Warnings) > 0 {
			run.Warned++
		}
		if t.Passed {
			run.Passed++
		} else {
			run.Failed++
		}
		run.Tests = append(run.Tests, t)
	}
	return run
}

// problem says why a test has no result; "" if it has one.
func problem(o *expect.Outcome) string {
	for _, d := range o.Err {
		if diag.SeverityOf(d) == diag.SeverityError {
			return d.Summary + ": " + d.Detail
		}
	}
	if o.Result == nil {
		return "the recording was not replayed"
	}
	return ""
}

// replayed converts a replay's result for output.
func replayed(rec *series.Recording, result *replay.Result) []render.Replayed {
	var out []render.Replayed
	for i := range result.Monitors {
		m := &result.Monitors[i]
		r := render.Replayed{Address: m.Address, Name: m.Name, Reason: m.Reason, NoData: m.NoData}
		for _, u := range m.Unrecorded {
			r.Unrecorded = append(r.Unrecorded, render.Unrecorded{Kind: u.Kind, Name: u.Name, Of: u.Of, Similar: u.Similar, Text: u.String()})
		}
		for _, g := range m.Groups {
			for _, t := range g.Transitions {
				shown := render.Transition{
					Group: g.Group, From: t.From.String(), To: t.To.String(),
					Earliest: t.Earliest.In(rec.Location), Latest: t.Latest.In(rec.Location), Share: t.Share,
				}
				if t.HasValue {
					shown.Value = &t.Value
				}
				r.Transitions = append(r.Transitions, shown)
			}
		}
		for _, n := range m.Notifications {
			r.Notifications = append(r.Notifications, render.Notification{
				At: n.At.In(rec.Location), Kind: string(n.Kind), Group: n.Group, Title: n.Title, Message: n.Message, Handles: append([]string{}, n.Handles...),
			})
		}
		out = append(out, r)
	}
	return out
}

// coverageOf converts coverage for output; nil stays nil.
func coverageOf(found *operation.Coverage) *render.Coverage {
	if found == nil {
		return nil
	}
	out := &render.Coverage{Mutants: []render.Mutant{}, Untested: found.Untested, Failing: found.Failing, NotRun: found.NotRun}
	for _, m := range found.Monitors {
		out.Monitors = append(out.Monitors, render.MonitorCoverage{Address: m.Address, Tests: m.Tests, Through: m.Through, Reason: m.Reason, Exercised: m.Exercised()})
	}
	for _, in := range found.Incidents {
		i := render.Incident{Recording: in.Recording}
		for _, c := range in.DetectedBy {
			i.DetectedBy = append(i.DetectedBy, render.Detection{Address: c.Address, Seconds: int(c.After.Seconds())})
		}
		out.Incidents = append(out.Incidents, i)
	}
	out.Detected, out.Detectable = expect.Score(found.Mutants)
	for _, m := range expect.Ranked(found.Mutants) {
		out.Mutants = append(out.Mutants, render.Mutant{
			Address: m.Address, Field: m.Field, From: m.From, To: m.To, Verdict: string(m.Verdict), DetectedBy: m.DetectedBy,
			Effect: string(m.Effect), Hint: m.Hint,
		})
	}
	return out
}
