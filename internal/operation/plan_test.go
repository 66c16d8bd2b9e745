package operation_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/operation"
	"ddmon/internal/plan"
)

// TestPlanApplyConfirm: a plan is applied and confirmed, and the next plan is empty.
func TestPlanApplyConfirm(t *testing.T) {
	client, w := datadog(t), workspace(t, threshold("5")+both)
	for _, step := range []struct {
		blocks, want string
		build        operation.Builder
		live         int
	}{
		{threshold("5") + both, "monitor.both create, monitor.depth create", plan.Build, 0},
		{threshold("6") + both, "monitor.depth update", plan.Build, 2},
		{threshold("6"), "monitor.both delete", plan.Build, 2},
		{threshold("6"), "monitor.depth delete", plan.BuildDestroy, 1},
	} {
		edit(t, w, step.blocks)
		in := input(t, w)
		in.Build = step.build
		p := planned(t, client, in)
		if got := actions(p.Changes); got != step.want || p.Live != step.live {
			t.Fatalf("%s with %d live objects, want %s with %d", got, p.Live, step.want, step.live)
		}
		if r := operation.Apply(t.Context(), client, p, nil); !r.OK() {
			t.Fatalf("%s: %+v", step.want, r)
		}
		if c, err := operation.Confirm(t.Context(), client, p, noSleep); err != nil || !c.Left.Empty() || len(c.Diagnostics) > 0 {
			t.Errorf("%s: left %s, %v, %v", step.want, actions(c.Left), c.Diagnostics, err)
		}
		if again := planned(t, client, in); !again.Changes.Empty() {
			t.Errorf("%s: still %s", step.want, actions(again.Changes))
		}
	}
}

// TestPlanTargets: a target includes its dependencies. A plan with a target that matches nothing must not be applied.
func TestPlanTargets(t *testing.T) {
	client := datadog(t)
	in := input(t, workspace(t, threshold("5")+both+other))
	for target, want := range map[string]string{
		"monitor.depth": "monitor.depth create", "monitor.both": "monitor.both create, monitor.depth create", "monitor.none": "",
	} {
		var err error
		if in.Targets, err = operation.ParseTargets([]string{target}); err != nil {
			t.Fatal(err)
		}
		p := planned(t, client, in)
		if got := actions(p.Changes); got != want || p.Refused() != (want == "") {
			t.Errorf("%s: %s (refused: %t, %s)", target, got, p.Refused(), codes(p.Diagnostics))
		}
	}
	if targets, err := operation.ParseTargets([]string{`module.m["k"]`}); err != nil || targets[0].String() != `module.m["k"]` {
		t.Errorf("a module is read as %v (%v)", targets, err)
	}
	if _, err := operation.ParseTargets([]string{"monitor.a", "?"}); err == nil {
		t.Error("? is an address")
	}
}

// TestPlanValidates: rejections are reported at the location of the field. Bodies with unknown ids are validated by
// Apply.
func TestPlanValidates(t *testing.T) {
	p := planned(t, datadog(t), input(t, workspace(t, strings.ReplaceAll(depth, "> $", "> 5 or")+both)))
	if !p.Refused() || codes(p.Diagnostics) != "refused" {
		t.Fatal(codes(p.Diagnostics), p.Diagnostics)
	}
	if at := p.Diagnostics[0].Subject; at == nil || at.Start.Line != 5 {
		t.Errorf("reported at %v and not at the query", at)
	}
	if len(p.Later) != 1 || p.Later[0].String() != "monitor.both" {
		t.Error(p.Later)
	}
}

// TestPlanWithBase: the configuration change is separate from drift, and Compare finds it offline.
func TestPlanWithBase(t *testing.T) {
	client, w := datadog(t), workspace(t, threshold("5")+both+other)
	applied(t, client, w)
	old := t.TempDir()
	write(t, old, map[string]string{"stack.hcl": "stack \"shop\" {}\n" + threshold("5") + both + other})
	edit(t, w, threshold("5")+other)
	editOutside(t, client)
	in := input(t, w)
	var err error
	if in.Base, err = w.Base(t.Context(), old, "shop"); err != nil {
		t.Fatal(err)
	}
	p := planned(t, client, in)
	if own, drift := actions(p.Against.Config), actions(p.Against.Drift); own != "monitor.both delete" || drift != "monitor.depth update" {
		t.Errorf("the change does %s, and drift is %s, of %s", own, drift, actions(p.Changes))
	}
	offline := operation.Compare(t.Context(), in)
	if got := actions(offline.Changes); got != "monitor.both delete" || !offline.Against.Offline || offline.Against.Name != old {
		t.Errorf("%s against %+v", got, offline.Against)
	}
	in.Targets = []object.Address{{Kind: "monitor", Name: "other"}}
	p = planned(t, client, in)
	if own, drift := actions(p.Against.Config), actions(p.Against.Drift); own+drift != "" {
		t.Errorf("the change does %s, and drift is %s, which is not targeted", own, drift)
	}
}

// broken is a client that fails in one of its calls.
type broken struct {
	operation.Datadog
	list, referrers, validate error
	// fails is the kind whose list fails, with failure.
	fails   string
	failure error
}

func (b broken) List(ctx context.Context, k *kind.Kind, stack string) (ddapi.Listing, error) {
	if k.Name == b.fails {
		return ddapi.Listing{}, b.failure
	}
	return b.Datadog.List(ctx, k, stack)
}

func (b broken) CanDelete(ctx context.Context, k *kind.Kind, ids []string) (map[string][]string, error) {
	if b.referrers != nil {
		return nil, b.referrers
	}
	return b.Datadog.CanDelete(ctx, k, ids)
}

func (b broken) Validate(ctx context.Context, k *kind.Kind, id string, body map[string]any) error {
	if b.validate != nil {
		return b.validate
	}
	return b.Datadog.Validate(ctx, k, id, body)
}

func (b broken) Named(context.Context, *kind.Kind, ddapi.Listing, []string) ([]map[string]any, error) {
	return nil, b.list
}

// TestPlanRequestFails: a failed request is an error, and the results so far are returned.
func TestPlanRequestFails(t *testing.T) {
	client, w := datadog(t), workspace(t, threshold("5"))
	failure := errors.New("no answer")
	in := input(t, w)
	p, err := operation.Plan(t.Context(), broken{Datadog: client, list: failure}, in)
	if !errors.Is(err, failure) || p == nil || p.Changes != nil || p.Stack != in.Stack {
		t.Errorf("%+v, %v", p, err)
	}
	p, err = operation.Plan(t.Context(), broken{Datadog: client, validate: failure}, in)
	if err != nil || !p.Refused() || codes(p.Diagnostics) != "validation_failed" {
		t.Errorf("%s, %v", codes(p.Diagnostics), err)
	}
	applied(t, client, w)
	edit(t, w, "")
	p, err = operation.Plan(t.Context(), broken{Datadog: client, referrers: failure}, input(t, w))
	if !errors.Is(err, failure) || p.Changes != nil || p.Live != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err = operation.Plan(t.Context(), broken{Datadog: client}, input(t, w)); err != nil {
		t.Error(err)
	}
	for _, k := range kind.All() { // whether the stack has objects of the kind or not
		_, err := operation.Plan(t.Context(), broken{Datadog: client, fails: k.Name, failure: failure}, input(t, w))
		if !errors.Is(err, failure) {
			t.Errorf("list of %s: %v", k.Name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := operation.Plan(ctx, client, in); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestReferrers: a plan that deletes an object includes the objects of other stacks that refer to it.
func TestReferrers(t *testing.T) {
	client, w := datadog(t), workspace(t, threshold("5"))
	applied(t, client, w)
	listed, err := client.List(t.Context(), kind.Named("monitor"), object.StackSlug("shop"))
	if err != nil {
		t.Fatal(err)
	}
	id := plan.FromLive(kind.Named("monitor"), listed.Owned[0]).ID
	elsewhere := workspace(t, "")
	write(t, elsewhere.Dir, map[string]string{"stack.hcl": "stack \"other\" {}\n" + strings.ReplaceAll(both, "${monitor.depth.id}", id)})
	applied(t, client, elsewhere)
	logs := `monitor "depth" {
  name    = "depth"
  type    = "log alert"
  query   = "logs(\"error\").index(\"*\").rollup(\"count\").last(\"5m\") > 5"
  message = "errors @pager"
}
`
	for blocks, action := range map[string]plan.Action{"": plan.Delete, logs: plan.Replace, threshold("6"): plan.Update} {
		edit(t, w, blocks)
		c := planned(t, client, input(t, w)).Changes.Changes[0]
		referred := len(c.Referrers) == 1 && strings.Contains(c.Referrers[0], "both")
		if c.Action != action || referred != (action != plan.Update) {
			t.Errorf("%s: %+v", action, c)
		}
	}
}

// TestLookalikes: an unmanaged object with the name of an object to be created is reported.
func TestLookalikes(t *testing.T) {
	client, w := datadog(t), workspace(t, threshold("5"))
	in := input(t, w)
	byHand := map[string]any{"name": "depth", "type": "query alert", "query": "min(last_1m):sum:queue.depth{*} > 5", "message": "by hand"}
	if _, err := client.Create(t.Context(), kind.Named("monitor"), byHand, nil); err != nil {
		t.Fatal(err)
	}
	if p := planned(t, client, in); codes(p.Diagnostics) != "same_name" {
		t.Error(codes(p.Diagnostics), actions(p.Changes))
	}
}

// TestProtected: HoldsProtected reports that prevent_destroy forbids part of a plan.
func TestProtected(t *testing.T) {
	client, w := datadog(t), workspace(t, strings.ReplaceAll(threshold("5"), "}\n", "lifecycle { prevent_destroy = true }\n}\n"))
	if p := applied(t, client, w); p.HoldsProtected() {
		t.Error("a plan that deletes nothing holds protected objects")
	}
	in := input(t, w)
	in.Build = plan.BuildDestroy
	if p := planned(t, client, in); !p.HoldsProtected() || p.Refused() {
		t.Error(codes(p.Diagnostics))
	}
}

// TestManyDeletesWarn: a plan that exceeds the deletion limit has a warning.
func TestManyDeletesWarn(t *testing.T) {
	client, w := datadog(t), workspace(t, threshold("5"))
	applied(t, client, w)
	for blocks, want := range map[string]string{threshold("6"): "", "": plan.CodeManyDeletes} {
		edit(t, w, blocks)
		p := planned(t, client, input(t, w))
		p.WarnOfDeletes()
		if got := codes(p.Diagnostics); got != want {
			t.Errorf("%s: %s", actions(p.Changes), got)
		}
	}
}

// TestDrift: an object edited in Datadog is drift, with the paths that differ.
func TestDrift(t *testing.T) {
	client, w := datadog(t), workspace(t, threshold("5"))
	applied(t, client, w)
	stack := input(t, w).Stack
	report, _, err := operation.Drift(t.Context(), client, stack, time.Time{})
	if err != nil || len(report.Drifted) != 0 {
		t.Fatal(report, err)
	}
	editOutside(t, client)
	report, _, err = operation.Drift(t.Context(), client, stack, time.Time{})
	if err != nil || len(report.Drifted) != 1 || report.Drifted[0].Class != plan.DriftEdited || strings.Join(report.Drifted[0].Paths, " ") != "message" {
		t.Errorf("%+v, %v", report, err)
	}
	if _, _, err := operation.Drift(t.Context(), broken{Datadog: client, list: errors.New("no answer")}, stack, time.Time{}); err == nil {
		t.Error("a failed request is reported as no drift")
	}
}
