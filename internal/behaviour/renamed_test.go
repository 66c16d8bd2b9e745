package behaviour_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/behaviour"
	"ddmon/internal/series"
)

// TestRenamed: a monitor under another address is compared with its old self, also if its name or its query changes
// with the address. Two monitors that only share a name are not matched by guessing.
func TestRenamed(t *testing.T) {
	const (
		soon      = `{"query":"min(last_1m):sum:m{*} > 5","message":"m @a","name":"n"}`
		named     = `{"query":"min(last_1m):sum:m{*} > 5","message":"m @a","name":"other"}`
		late      = `{"query":"min(last_5m):sum:m{*} > 5","message":"m @a","name":"n"}`
		never     = `{"query":"min(last_1m):sum:m{*} > 500","message":"m @a","name":"n"}`
		composite = `{"type":"composite","query":"${monitor.x} && ${monitor.x}","message":"m @c","name":"c"}`
	)
	for name, tt := range map[string]struct {
		live, desired map[string]string
		want          []string
		regressions   int
	}{
		"the address": {m("old", soon), m("new", soon), []string{
			"monitor.new (was monitor.old): alerts in i after 1m45s [no change]",
			"the stack: alerts in i after 1m45s via monitor.new [no change]",
		}, 0},
		"the address and the name": {m("old", soon), m("new", named), []string{
			"monitor.new (was monitor.old): alerts in i after 1m45s [no change]",
			"the stack: alerts in i after 1m45s via monitor.new [no change]",
		}, 0},
		"the address and the query": {m("old", soon), m("new", late), []string{
			"monitor.new (was monitor.old): alerts in i after 1m45s, would alert after 5m45s [later]",
			"the stack: alerts in i after 1m45s via monitor.new, would alert after 5m45s via monitor.new [later]",
		}, 2},
		"two addresses swap their parts": {m("a", soon, "b", late), m("c", late, "d", soon), []string{
			"monitor.c (was monitor.b): alerts in i after 5m45s [no change]",
			"monitor.d (was monitor.a): alerts in i after 1m45s [no change]",
			"the stack: alerts in i after 1m45s via monitor.d [no change]",
		}, 0},
		"two of the same name, both changed": {m("a", soon, "b", late), m("c", never), []string{
			"monitor.a: would no longer detect i (no other monitor detects it) [no longer detected]",
			"monitor.b: would no longer detect i (no other monitor detects it) [no longer detected]",
			"monitor.c: would not alert in i [no change]",
			"the stack: would no longer detect i [no longer detected]",
		}, 3},
		"a composite and its member": {
			m("x", soon, "old", composite),
			m("y", soon, "new", `{"type":"composite","query":"${monitor.y} && ${monitor.y}","message":"m @c","name":"c"}`),
			[]string{
				"monitor.new (was monitor.old): alerts in i after 2m44s [no change]",
				"monitor.y (was monitor.x): alerts in i after 1m45s [no change]",
				"the stack: alerts in i after 1m45s via monitor.y [no change]",
			}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := build(t, objects(t, tt.desired), applied(t, objects(t, tt.live)))
			r := behaviour.Compare(p, []*series.Recording{recorded(t, "i", bad, true)}, behaviour.Options{})
			got := texts(r)
			slices.Sort(got[:len(got)-1])
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
			if n := len(r.Regressions()); n != tt.regressions {
				t.Errorf("%d regressions", n)
			}
		})
	}
}
