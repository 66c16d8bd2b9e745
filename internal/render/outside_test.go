package render_test

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/apply"
	"ddmon/internal/behaviour"
	"ddmon/internal/diag"
	"ddmon/internal/explain"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
)

// outside builds input for renderers with text from outside in every field. The function returns the text of each
// field.
type outside struct {
	s func() string
}

func (o outside) address(name string) object.Address {
	return object.Address{Kind: "monitor", Name: name, Key: o.s(), Keyed: true}
}

func (o outside) list(n int) []string {
	var out []string
	for range n {
		out = append(out, o.s())
	}
	return out
}

func (o outside) monitor(threshold string) map[string]any {
	return map[string]any{
		"name": o.s(), "type": "query alert", "query": "avg(last_5m):avg:m{*} > " + threshold,
		"message": o.s() + "\n" + o.s() + "\n@slack-" + threshold + o.s(), "tags": []any{o.s(), o.s()}, "z" + o.s(): o.s(),
		"options": map[string]any{
			"renotify_interval": json.Number("60"), "escalation_message": "@pagerduty-" + o.s(), "z" + o.s(): []any{o.s(), map[string]any{"name": o.s(), "z" + o.s(): o.s()}},
		},
	}
}

func (o outside) dashboard() map[string]any {
	widget := func() any {
		return map[string]any{"id": json.Number("1"), "definition": map[string]any{"type": o.s(), "title": o.s(), "content": o.s() + "\n" + o.s(), "z" + o.s(): o.s()}}
	}
	return map[string]any{"title": o.s(), "description": o.s(), "widgets": []any{widget(), widget()}}
}

// changes is a plan with every kind of change.
func (o outside) changes() *plan.Plan {
	before, after := o.monitor("1"), o.monitor("2")
	old, board := o.dashboard(), o.dashboard()
	a := o.address("made")
	composite := map[string]any{"name": o.s(), "query": object.Text{{Literal: o.s()}, {Ref: &a}, {Literal: o.s()}}}
	return &plan.Plan{Stack: o.s(), Changes: []plan.Change{
		{Address: a, Action: plan.Create, Title: o.s(), After: o.monitor("1")},
		{Address: o.address("both"), Action: plan.Create, Title: o.s(), After: composite},
		{
			Address: o.address("gone"), Action: plan.Delete, Title: o.s(), ID: o.s(), Before: o.monitor("1"), Referrers: o.list(3),
			ReferredBy: []object.Address{o.address("both"), o.address("edited")},
		},
		{
			Address: o.address("edited"), Action: plan.Update, Title: o.s(), ID: o.s(), EditedOutside: true, ModifiedAt: o.s(), Before: before, After: after,
			Edits: []plan.Edit{
				{Path: object.Path{"message"}, Op: plan.Modify, Before: before["message"], After: after["message"]},
				{Path: object.Path{"query"}, Op: plan.Modify, Before: before["query"], After: after["query"]},
				{Path: object.Path{"name"}, Op: plan.Modify, Before: o.s(), After: o.s() + "x"},
				{Path: object.Path{"x" + o.s()}, Op: plan.Add, After: o.s()},
				{Path: object.Path{"x", "x" + o.s(), "y" + o.s()}, Op: plan.Remove, Before: map[string]any{"z" + o.s(): o.s() + "\n" + o.s()}},
				{Path: object.Path{"tags"}, Op: plan.Modify, IsSet: true, Before: []any{o.s(), "b"}, After: []any{o.s() + "y", "b"}},
			},
			Notes: []plan.Note{{Path: object.Path{"x" + o.s()}, Text: "kept"}},
		},
		{Address: o.address("blocked"), Action: plan.Blocked, Title: o.s(), ID: o.s()},
		{
			Address: o.address("other"), Action: plan.Replace, Title: o.s(), ID: o.s(), Before: before, After: after, Referrers: o.list(1),
			Edits: []plan.Edit{{Path: object.Path{"type"}, Op: plan.Modify, Before: o.s(), After: o.s() + "x"}},
		},
		{Address: o.address("kept"), Action: plan.NoOp, Title: o.s(), ID: o.s(), Before: before, After: before, Notes: []plan.Note{{Path: object.Path{"x" + o.s()}, Text: "kept"}}},
		{
			Address: object.Address{Kind: "dashboard", Name: "board"}, Action: plan.Update, Title: o.s(), ID: o.s(), Before: old, After: board,
			Edits: []plan.Edit{
				{Path: object.Path{"widgets", 0, "definition", "content"}, Op: plan.Modify, Before: o.s(), After: o.s() + "x"},
				{Path: object.Path{"widgets", 1}, Op: plan.Move, Before: 0, After: 1},
				{Path: object.Path{"widgets", 1}, Op: plan.Add, After: board["widgets"].([]any)[1]},
				{Path: object.Path{"widgets", 1}, Op: plan.Remove, Before: old["widgets"].([]any)[0]},
			},
		},
	}}
}

// base is a base for a plan: every change is both in the configuration and in Datadog.
func (o outside) base(p *plan.Plan) *plan.Base {
	b := &plan.Base{Name: o.s(), Config: o.changes(), Drift: p, Overlap: map[object.Address][]plan.Edit{}, Adopted: []object.Address{o.address("adopted")}}
	for i := range p.Changes {
		b.Overlap[p.Changes[i].Address] = p.Changes[i].Edits
		b.Config.Changes[i].Address = p.Changes[i].Address
	}
	return b
}

func (o outside) behaviour() *behaviour.Report {
	one := func(kind behaviour.Kind) behaviour.Effect {
		e := effect("a", kind, "would notify @pagerduty-"+o.s())
		e.Address = o.address("a")
		return e
	}
	return &behaviour.Report{
		Recordings: []behaviour.RecordingReport{
			{Recording: o.s(), Incident: true, Monitors: []behaviour.Effect{one(behaviour.Later), one(behaviour.NewlyDetected)}, Stack: one(behaviour.Later)},
			{Recording: o.s(), Monitors: []behaviour.Effect{one(behaviour.NoChange)}, Stack: one(behaviour.NoChange)},
		},
		NotEvaluated: []behaviour.Effect{one(behaviour.NotEvaluated)},
	}
}

func (o outside) place() hcl.Range {
	return hcl.Range{Filename: "f" + o.s(), Start: hcl.Pos{Line: 1, Column: 2}, End: hcl.Pos{Line: 1, Column: 4}}
}

// diagnostics returns one diagnostic of each severity, and the file of the first.
func (o outside) diagnostics() (hcl.Diagnostics, map[string]*hcl.File) {
	e := diag.About(diag.Error("code", o.s(), o.s(), o.place()), o.s())
	files := map[string]*hcl.File{e.Subject.Filename: {Bytes: []byte("x = \"" + o.s() + "\"\n" + o.s())}}
	return hcl.Diagnostics{e, diag.Warning("code", o.s(), o.s()+"\n"+o.s(), o.place()), diag.Info("code", o.s(), " "+o.s(), hcl.Range{})}, files
}

func (o outside) drift() *plan.DriftReport {
	r := &plan.DriftReport{Stack: o.s(), FormatVersion: "1.0"}
	for _, class := range []plan.DriftClass{plan.DriftEdited, plan.DriftMissing, plan.DriftDuplicate} {
		r.Drifted = append(r.Drifted, plan.Drifted{Address: o.address("a"), ID: o.s(), Title: o.s(), Class: class, Paths: o.list(3), ModifiedAt: o.s()})
	}
	for _, by := range []string{"mute", "downtime"} {
		r.Silenced = append(r.Silenced, plan.Silenced{Address: o.address("a"), ID: o.s(), Title: o.s(), By: by, Scope: o.s(), Until: 1893456000})
	}
	return r
}

func (o outside) events() []apply.Event {
	var all []apply.Event
	for _, phase := range []apply.Phase{apply.Started, apply.Done, apply.Failed, apply.Skipped} {
		all = append(all, apply.Event{Address: o.address("a"), Action: plan.Update, Step: apply.Update, Phase: phase, ID: o.s(), Err: errors.New(o.s()), Reason: o.s()})
	}
	return all
}

func (o outside) result() *apply.Result {
	return &apply.Result{Failed: 1, Skipped: 1, Outcomes: []apply.Outcome{
		{Address: o.address("a"), Action: plan.Update, Status: apply.StatusFailed, ID: o.s(), Err: errors.New(o.s())},
		{Address: o.address("b"), Action: plan.Create, Status: apply.StatusSkipped, Reason: o.s()},
	}}
}

// tests is a test run with every field set.
func (o outside) tests() *render.TestRun {
	value, r := 1.5, planfile.NewRange(o.place())
	failure := render.TestFailure{Address: o.s(), Group: o.s(), Attribute: o.s(), Expected: o.s(), Actual: o.s(), Timeline: o.s() + "\n" + o.s(), Range: r}
	monitors := []render.Replayed{
		{
			Address: o.s(), Name: o.s(), Transitions: []render.Transition{{Group: o.s(), From: "OK", To: "Alert", Earliest: noon(), Latest: noon().Add(time.Minute), Share: 0.5, Value: &value}},
			Notifications: []render.Notification{{At: noon(), Kind: "alert", Group: o.s(), Title: o.s(), Message: o.s() + "\n" + o.s(), Handles: o.list(2)}},
		},
		{Address: o.s(), Name: o.s(), Reason: o.s()},
		{Address: o.s(), Name: o.s(), NoData: true, Unrecorded: []render.Unrecorded{{Kind: "tag", Name: o.s(), Of: o.s(), Similar: o.s(), Text: o.s()}}},
	}
	return &render.TestRun{
		Passed: 1, Warned: 1, Failed: 2, Replays: []render.ReplayRun{{Recording: o.s(), Monitors: monitors}},
		Tests: []render.Test{
			{Name: o.s(), Recording: o.s(), Failures: []render.TestFailure{failure}, Range: r}, {Name: o.s(), Recording: o.s(), Error: o.s(), Replay: -1},
			{Name: o.s(), Recording: o.s(), Passed: true, Warnings: []render.TestWarning{{Address: o.s(), Text: o.s(), Range: r}}},
		},
		Coverage: &render.Coverage{
			Monitors:  []render.MonitorCoverage{{Address: o.s(), Exercised: true, Tests: o.list(2), Through: o.list(1)}, {Address: o.s(), Reason: o.s()}, {Address: o.s()}},
			Incidents: []render.Incident{{Recording: o.s(), DetectedBy: []render.Detection{{Address: o.s(), Seconds: 5}}}, {Recording: o.s()}},
			Mutants:   []render.Mutant{{Address: o.s(), Field: o.s(), From: o.s(), To: o.s(), Verdict: "survived", DetectedBy: o.list(1), Effect: "missed", Hint: o.s()}},
			Untested:  o.list(1),
		},
	}
}

func (o outside) sections() []explain.Section {
	return []explain.Section{{Title: o.s(), Lines: o.list(2)}, {Title: o.s(), Lines: o.list(1)}}
}
