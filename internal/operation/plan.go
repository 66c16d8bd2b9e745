package operation

import (
	"context"

	"ddmon/internal/apply"
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/plan"
)

// Datadog is the client that Plan and Apply need. *ddapi.Client implements it.
type Datadog interface {
	Lister
	Referrers
	apply.Client
}

// Plan lists the stack's objects, builds the plan and validates it. On error, it also returns the results so far.
func Plan(ctx context.Context, client Datadog, in Input) (*Planned, error) {
	p := &Planned{Input: in}
	found, err := discover(ctx, client, in.Stack, in.Build, in.Now)
	if err != nil {
		return p, err
	}
	p.Live = liveIn(found.plan)
	changes, diags := chosen(in.Targets, found.plan, found.diags)
	if err := findReferrers(ctx, client, changes); err != nil {
		return p, err
	}
	p.Changes = changes
	if in.Base != nil {
		p.Against = splitDrift(p, found.in)
	}
	p.Diagnostics = append(p.Diagnostics, withoutSecretTitles(diags, found.plan)...)
	invalid, later := validate(ctx, client, changes, in.Parallel)
	p.Diagnostics, p.Later = append(p.Diagnostics, invalid...), later
	p.replay(ctx, found.plan)
	diag.Sort(p.Diagnostics)
	return p, ctx.Err()
}

// Compare plans from the base to the stack without Datadog.
func Compare(ctx context.Context, in Input) *Planned {
	p := &Planned{Input: in}
	whole, diags := plan.Between(plan.Input{Stack: in.Stack.Name, Kinds: kind.All(), Desired: in.Stack.Objects, Now: in.Now}, in.Base.Objects)
	own, diags := chosen(in.Targets, whole, diags)
	p.Changes = own
	p.Diagnostics = append(p.Diagnostics, diags...)
	p.replay(ctx, whole)
	p.Changes = own.WithReferences()
	p.Against = &plan.Base{Name: in.Base.Name, Offline: true, Config: p.Changes, Drift: &plan.Plan{Stack: own.Stack}}
	diag.Sort(p.Diagnostics)
	return p
}

// replay replays the recordings of the stack's tests through all monitors of the stack before and after the changes.
func (p *Planned) replay(ctx context.Context, whole *plan.Plan) {
	effects := compareBehaviour(ctx, p.Workspace, whole.LimitTo(p.Changes), p.Now)
	p.Effects, p.Incomplete = effects.report, effects.incomplete
	p.Diagnostics = append(p.Diagnostics, effects.problems...)
}

// splitDrift separates the configuration change in the plan from drift.
func splitDrift(p *Planned, in plan.Input) *plan.Base {
	config, _ := plan.Between(plan.Input{Stack: in.Stack, Kinds: kind.All(), Desired: p.Stack.Objects, Now: p.Now}, p.Base.Objects)
	in.Desired = p.Base.Objects
	revert, _ := plan.Build(in)
	if len(p.Targets) > 0 {
		config, _ = config.Target(p.Targets)
		revert, _ = revert.Target(p.Targets)
	}
	return p.Changes.SplitDrift(p.Base.Name, config.WithReferences(), revert)
}
