package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// splitDrift plans from live to desired and splits that plan by the plans from base to desired and from live to base.
func splitDrift(base, desired, live []*object.Object) *plan.Base {
	in := plan.Input{Stack: "s", Kinds: kind.All(), Desired: desired, Live: live}
	p, _ := plan.Build(in)
	config, _ := plan.Between(in, base)
	in.Desired = base
	revert, _ := plan.Build(in)
	return p.SplitDrift("main", config, revert)
}

// edited writes the changes of a plan as "update monitor.a: query, name".
func edited(p *plan.Plan) []string {
	var out []string
	for _, c := range p.Changes {
		if c.Action == plan.NoOp {
			continue
		}
		var at []string
		for _, e := range c.Edits {
			at = append(at, strings.TrimSpace(fmt.Sprint(e.Path, " ")))
		}
		out = append(out, strings.TrimSuffix(fmt.Sprintf("%s %s: %s", c.Action, c.Address, strings.Join(at, ", ")), ": "))
	}
	return out
}

func TestSplitDrift(t *testing.T) {
	monitor := func(threshold, message string) string {
		return `{"name":"n","type":"query alert","message":"` + message + `","query":"avg(last_5m):avg:m{*} > ` + threshold +
			`","options":{"thresholds":{"critical":` + threshold + `}}}`
	}
	board := func(widgets ...string) string {
		for i, w := range widgets {
			widgets[i] = `{"definition":{"type":"note","content":"` + w + `"}}`
		}
		return `{"title":"d","layout_type":"ordered","widgets":[` + strings.Join(widgets, ",") + `]}`
	}
	// titled makes widgets whose title is the first letter of their content.
	titled := func(widgets ...string) string {
		for i, w := range widgets {
			widgets[i] = `{"definition":{"type":"note","title":"` + w[:1] + `","content":"` + w + `"}}`
		}
		return `{"title":"d","layout_type":"ordered","widgets":[` + strings.Join(widgets, ",") + `]}`
	}
	const critical, query, message = "options.thresholds.critical", "query", "message"
	for name, tt := range map[string]struct {
		base, desired, live             string // bodies; empty without one
		kind                            string // monitor if empty
		config, drift, overlap, adopted []string
	}{
		"nothing":                   {base: monitor("5", "m"), desired: monitor("5", "m"), live: monitor("5", "m")},
		"a change":                  {base: monitor("5", "m"), desired: monitor("7", "m"), live: monitor("5", "m"), config: []string{"update monitor.a: " + critical + ", " + query}},
		"the server's notation":     {base: monitor("5", "m\\n"), desired: monitor("5", "m2\\n"), live: strings.Replace(monitor("5", "m"), ":5}", ":5.0}", 1), config: []string{"update monitor.a: message"}},
		"drift":                     {base: monitor("5", "m"), desired: monitor("5", "m"), live: monitor("6", "m"), drift: []string{"update monitor.a: " + critical + ", " + query}},
		"a change and drift, apart": {base: monitor("5", "m"), desired: monitor("5", "new"), live: monitor("6", "m"), config: []string{"update monitor.a: message"}, drift: []string{"update monitor.a: " + critical + ", " + query}},
		"a change of what drifted":  {base: monitor("5", "m"), desired: monitor("7", "m"), live: monitor("6", "m"), config: []string{"update monitor.a: " + critical + ", " + query}, drift: []string{"update monitor.a: " + critical + ", " + query}, overlap: []string{critical, query}},
		"a change that is live":     {base: monitor("5", "m"), desired: monitor("7", "m"), live: monitor("7", "m"), config: []string{"update monitor.a: " + critical + ", " + query}, adopted: []string{"monitor.a"}},
		"a new object":              {desired: monitor("5", "m"), config: []string{"create monitor.a"}},
		"a removed object":          {base: monitor("5", "m"), live: monitor("5", "m"), config: []string{"delete monitor.a"}},
		"deleted in Datadog":        {base: monitor("5", "m"), desired: monitor("5", "m"), drift: []string{"create monitor.a"}},
		"orphaned in Datadog":       {live: monitor("5", "m"), drift: []string{"delete monitor.a"}},
		"removed and deleted":       {base: monitor("5", "m"), config: []string{"delete monitor.a"}},
		"a widget inserted":         {kind: "dashboard", base: board("a", "b"), desired: board("new", "a", "b"), live: board("a", "b"), config: []string{"update dashboard.a: widgets[0]"}},
		"a widget removed":          {kind: "dashboard", base: board("a", "b", "c"), desired: board("a", "b"), live: board("x", "a", "b", "c"), config: []string{"update dashboard.a: widgets[2]"}, drift: []string{"update dashboard.a: widgets[0]"}},
		"an edited widget that moves up because one before it is removed": {kind: "dashboard", base: titled("A", "B", "C"), desired: titled("B", "C"), live: titled("A", "B*", "C"),
			config: []string{"update dashboard.a: widgets[0]"}, drift: []string{"update dashboard.a: widgets[0].definition.content"}},
		"an edited widget that is moved": {kind: "dashboard", base: titled("A", "B", "C"), desired: titled("B", "A", "C"), live: titled("A", "B*", "C"),
			config: []string{"update dashboard.a: widgets[0]"}, drift: []string{"update dashboard.a: widgets[0].definition.content"}},
		"widgets reordered in Datadog, one removed": {kind: "dashboard", base: titled("A", "B", "C"), desired: titled("B", "C"), live: titled("A", "C", "B"),
			config: []string{"update dashboard.a: widgets[0]"}, drift: []string{"update dashboard.a: widgets[0]"}},
		"one inserted before an edited widget": {kind: "dashboard", base: titled("A", "B"), desired: titled("X", "A", "B"), live: titled("A*", "B"),
			config: []string{"update dashboard.a: widgets[0]"}, drift: []string{"update dashboard.a: widgets[1].definition.content"}},
		"an edit, and one inserted in Datadog": {kind: "dashboard", base: titled("A", "B"), desired: titled("A2", "B"), live: titled("X", "A", "B"),
			config: []string{"update dashboard.a: widgets[0].definition.content"}, drift: []string{"update dashboard.a: widgets[0]"}},
		"an edit of an edited widget at another index": {kind: "dashboard", base: titled("A", "B"), desired: titled("X", "A2", "B"), live: titled("A*", "B"),
			config: []string{"update dashboard.a: widgets[0], widgets[1].definition.content"}, drift: []string{"update dashboard.a: widgets[1].definition.content"},
			overlap: []string{"widgets[1].definition.content"}},
		"a widget deleted in Datadog": {kind: "dashboard", base: board("a", "b"), desired: board("a", "b", "c"), live: board("a"), config: []string{"update dashboard.a: widgets[2]"}, drift: []string{"update dashboard.a: widgets[1]"}},
	} {
		t.Run(name, func(t *testing.T) {
			addr := "monitor.a"
			if tt.kind != "" {
				addr = tt.kind + ".a"
			}
			var base, desired, live []*object.Object
			if tt.base != "" {
				base = []*object.Object{objecttest.Desired(t, addr, tt.base)}
			}
			if tt.desired != "" {
				desired = []*object.Object{objecttest.Desired(t, addr, tt.desired)}
			}
			if tt.live != "" {
				live = []*object.Object{objecttest.Owned(t, "1", addr, tt.live)}
			}
			b := splitDrift(base, desired, live)
			var overlap, adopted []string
			for _, e := range b.Overlap[objecttest.Address(t, addr)] {
				overlap = append(overlap, e.Path.String())
			}
			for _, a := range b.Adopted {
				adopted = append(adopted, a.String())
			}
			for what, pair := range map[string][2][]string{
				"config": {edited(b.Config), tt.config}, "drift": {edited(b.Drift), tt.drift}, "overlap": {overlap, tt.overlap}, "adopted": {adopted, tt.adopted},
			} {
				if !slices.Equal(pair[0], pair[1]) {
					t.Errorf("%s: %q, want %q", what, pair[0], pair[1])
				}
			}
		})
	}
}

// TestBetween compares configurations that refer to objects without ids.
func TestBetween(t *testing.T) {
	composite := `{"name":"c","type":"composite","query":"${monitor.a} && ${monitor.b}"}`
	base := []*object.Object{objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.b", strings.Replace(simple, `"n"`, `"b"`, 1)), objecttest.Desired(t, "monitor.c", composite)}
	desired := []*object.Object{base[0], objecttest.Desired(t, "monitor.b", strings.Replace(simple, `"n"`, `"other"`, 1)), base[2]}
	p, diags := plan.Between(plan.Input{Stack: "s", Kinds: kind.All(), Desired: desired}, base)
	if got := edited(p); len(diags) > 0 || !slices.Equal(got, []string{"update monitor.b: name"}) {
		t.Errorf("%q %v", got, diags)
	}
	desired[2] = objecttest.Desired(t, "monitor.c", strings.Replace(composite, "${monitor.b}", "${monitor.new}", 1))
	p, _ = plan.Between(plan.Input{Stack: "s", Kinds: kind.All(), Desired: append(slices.Delete(desired, 1, 2), objecttest.Desired(t, "monitor.new", simple))}, base)
	if got := edited(p); !slices.Equal(got, []string{"delete monitor.b", "update monitor.c: query", "create monitor.new"}) {
		t.Errorf("%q", got)
	}
	if by := fmt.Sprint(p.Changes[1].ReferredBy); by != "[monitor.c]" {
		t.Errorf("monitor.b is referred to by %s", by)
	}
	e := p.WithReferences().Changes[2].Edits[0]
	if fmt.Sprint(e.Before, " -> ", e.After) != "${monitor.a.id} && ${monitor.b.id} -> ${monitor.a.id} && ${monitor.new.id}" {
		t.Errorf("%v", e)
	}
	if _, ok := p.Changes[2].Edits[0].Before.(object.Text); !ok {
		t.Error("WithReferences changed the plan")
	}
}

// TestConsequencesAreNotDrift: when a monitor is recreated, objects that refer to it are updated. That is not drift.
func TestConsequencesAreNotDrift(t *testing.T) {
	composite := `{"name":"c","type":"composite","query":"${monitor.a} && ${monitor.a}"}`
	logs := `{"name":"n","type":"log alert","query":"logs(\"x\").index(\"*\").rollup(\"count\").last(\"5m\") > 5"}`
	base := []*object.Object{objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.c", composite)}
	desired := []*object.Object{objecttest.Desired(t, "monitor.a", logs), base[1]}
	live := []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple), objecttest.Owned(t, "2", "monitor.c", `{"name":"c","type":"composite","query":"1 && 1"}`)}
	b := splitDrift(base, desired, live)
	if drift, config := edited(b.Drift), edited(b.Config); len(drift) > 0 || !slices.Equal(config, []string{"replace monitor.a: query, type", "update monitor.c: query"}) {
		t.Errorf("drift %q, config %q", drift, config)
	}
	// Consequences are shown next to the edits in the configuration.
	desired[1] = objecttest.Desired(t, "monitor.c", strings.Replace(composite, `"c"`, `"new"`, 1))
	b = splitDrift(base, desired, live)
	if drift, config := edited(b.Drift), edited(b.Config); len(drift) > 0 || !slices.Equal(config, []string{"replace monitor.a: query, type", "update monitor.c: name, query"}) {
		t.Errorf("drift %q, config %q", drift, config)
	}
}
