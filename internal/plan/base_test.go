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

// against plans three ways: from base to desired, from live to base and from live to desired.
func against(base, desired, live []*object.Object) *plan.Base {
	in := plan.Input{Stack: "s", Kinds: kind.All(), Desired: desired, Live: live}
	p, _ := plan.Build(in)
	own, _ := plan.Between(in, base)
	in.Desired = base
	set, _ := plan.Build(in)
	return p.Against("main", own, set)
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

func TestAgainst(t *testing.T) {
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
	// titled makes widgets named by the first letter, with the whole as content.
	titled := func(widgets ...string) string {
		for i, w := range widgets {
			widgets[i] = `{"definition":{"type":"note","title":"` + w[:1] + `","content":"` + w + `"}}`
		}
		return `{"title":"d","layout_type":"ordered","widgets":[` + strings.Join(widgets, ",") + `]}`
	}
	const critical, query, message = "options.thresholds.critical", "query", "message"
	for name, tt := range map[string]struct {
		base, desired, live       string // bodies; "" is none
		kind                      string // monitor if empty
		own, drift, both, adopted []string
	}{
		"nothing":                   {base: monitor("5", "m"), desired: monitor("5", "m"), live: monitor("5", "m")},
		"a change":                  {base: monitor("5", "m"), desired: monitor("7", "m"), live: monitor("5", "m"), own: []string{"update monitor.a: " + critical + ", " + query}},
		"the server's notation":     {base: monitor("5", "m\\n"), desired: monitor("5", "m2\\n"), live: strings.Replace(monitor("5", "m"), ":5}", ":5.0}", 1), own: []string{"update monitor.a: message"}},
		"drift":                     {base: monitor("5", "m"), desired: monitor("5", "m"), live: monitor("6", "m"), drift: []string{"update monitor.a: " + critical + ", " + query}},
		"a change and drift, apart": {base: monitor("5", "m"), desired: monitor("5", "new"), live: monitor("6", "m"), own: []string{"update monitor.a: message"}, drift: []string{"update monitor.a: " + critical + ", " + query}},
		"a change of what drifted":  {base: monitor("5", "m"), desired: monitor("7", "m"), live: monitor("6", "m"), own: []string{"update monitor.a: " + critical + ", " + query}, drift: []string{"update monitor.a: " + critical + ", " + query}, both: []string{critical, query}},
		"a change that is live":     {base: monitor("5", "m"), desired: monitor("7", "m"), live: monitor("7", "m"), own: []string{"update monitor.a: " + critical + ", " + query}, adopted: []string{"monitor.a"}},
		"a new object":              {desired: monitor("5", "m"), own: []string{"create monitor.a"}},
		"a removed object":          {base: monitor("5", "m"), live: monitor("5", "m"), own: []string{"delete monitor.a"}},
		"deleted in Datadog":        {base: monitor("5", "m"), desired: monitor("5", "m"), drift: []string{"create monitor.a"}},
		"left over in Datadog":      {live: monitor("5", "m"), drift: []string{"delete monitor.a"}},
		"removed and deleted":       {base: monitor("5", "m"), own: []string{"delete monitor.a"}},
		"a widget put in front":     {kind: "dashboard", base: board("a", "b"), desired: board("new", "a", "b"), live: board("a", "b"), own: []string{"update dashboard.a: widgets[0]"}},
		"a widget taken away":       {kind: "dashboard", base: board("a", "b", "c"), desired: board("a", "b"), live: board("x", "a", "b", "c"), own: []string{"update dashboard.a: widgets[2]"}, drift: []string{"update dashboard.a: widgets[0]"}},
		"an edited widget that moves up, the one before it taken away": {kind: "dashboard", base: titled("A", "B", "C"), desired: titled("B", "C"), live: titled("A", "B*", "C"),
			own: []string{"update dashboard.a: widgets[0]"}, drift: []string{"update dashboard.a: widgets[0].definition.content"}},
		"an edited widget that is moved": {kind: "dashboard", base: titled("A", "B", "C"), desired: titled("B", "A", "C"), live: titled("A", "B*", "C"),
			own: []string{"update dashboard.a: widgets[0]"}, drift: []string{"update dashboard.a: widgets[0].definition.content"}},
		"widgets reordered in Datadog, one taken away": {kind: "dashboard", base: titled("A", "B", "C"), desired: titled("B", "C"), live: titled("A", "C", "B"),
			own: []string{"update dashboard.a: widgets[0]"}, drift: []string{"update dashboard.a: widgets[0]"}},
		"one put in front of an edited widget": {kind: "dashboard", base: titled("A", "B"), desired: titled("X", "A", "B"), live: titled("A*", "B"),
			own: []string{"update dashboard.a: widgets[0]"}, drift: []string{"update dashboard.a: widgets[1].definition.content"}},
		"an edit, and one put in front in Datadog": {kind: "dashboard", base: titled("A", "B"), desired: titled("A2", "B"), live: titled("X", "A", "B"),
			own: []string{"update dashboard.a: widgets[0].definition.content"}, drift: []string{"update dashboard.a: widgets[0]"}},
		"an edit of what was edited, at another place": {kind: "dashboard", base: titled("A", "B"), desired: titled("X", "A2", "B"), live: titled("A*", "B"),
			own: []string{"update dashboard.a: widgets[0], widgets[1].definition.content"}, drift: []string{"update dashboard.a: widgets[1].definition.content"},
			both: []string{"widgets[1].definition.content"}},
		"a widget that drifted away": {kind: "dashboard", base: board("a", "b"), desired: board("a", "b", "c"), live: board("a"), own: []string{"update dashboard.a: widgets[2]"}, drift: []string{"update dashboard.a: widgets[1]"}},
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
			b := against(base, desired, live)
			var both, adopted []string
			for _, e := range b.Both[objecttest.Address(t, addr)] {
				both = append(both, e.Path.String())
			}
			for _, a := range b.Adopted {
				adopted = append(adopted, a.String())
			}
			for what, pair := range map[string][2][]string{
				"own": {edited(b.Own), tt.own}, "drift": {edited(b.Drift), tt.drift}, "both": {both, tt.both}, "adopted": {adopted, tt.adopted},
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
	e := p.Spelled().Changes[2].Edits[0]
	if fmt.Sprint(e.Before, " -> ", e.After) != "${monitor.a.id} && ${monitor.b.id} -> ${monitor.a.id} && ${monitor.new.id}" {
		t.Errorf("%v", e)
	}
	if _, ok := p.Changes[2].Edits[0].Before.(object.Text); !ok {
		t.Error("Spelled changed the plan itself")
	}
}

// TestWhatFollowsIsNoDrift: a monitor is made anew, so that what refers to it is written, too. Nobody edited that.
func TestWhatFollowsIsNoDrift(t *testing.T) {
	composite := `{"name":"c","type":"composite","query":"${monitor.a} && ${monitor.a}"}`
	logs := `{"name":"n","type":"log alert","query":"logs(\"x\").index(\"*\").rollup(\"count\").last(\"5m\") > 5"}`
	base := []*object.Object{objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.c", composite)}
	desired := []*object.Object{objecttest.Desired(t, "monitor.a", logs), base[1]}
	live := []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple), objecttest.Owned(t, "2", "monitor.c", `{"name":"c","type":"composite","query":"1 && 1"}`)}
	b := against(base, desired, live)
	if drift, own := edited(b.Drift), edited(b.Own); len(drift) > 0 || !slices.Equal(own, []string{"replace monitor.a: query, type", "update monitor.c: query"}) {
		t.Errorf("drift %q, own %q", drift, own)
	}
	// It is told beside what is written there.
	desired[1] = objecttest.Desired(t, "monitor.c", strings.Replace(composite, `"c"`, `"new"`, 1))
	b = against(base, desired, live)
	if drift, own := edited(b.Drift), edited(b.Own); len(drift) > 0 || !slices.Equal(own, []string{"replace monitor.a: query, type", "update monitor.c: name, query"}) {
		t.Errorf("drift %q, own %q", drift, own)
	}
}
