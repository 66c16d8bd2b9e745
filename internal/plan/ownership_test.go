package plan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// input is the input of a plan of the stack "s".
func input(desired, live []*object.Object) plan.Input {
	return plan.Input{Stack: "s", Kinds: kind.All(), Desired: desired, Live: live}
}

// bodyOf returns a body of a kind with a title.
func bodyOf(kindName, title string) string {
	if kindName == "dashboard" {
		return fmt.Sprintf(`{"title":%q,"layout_type":"ordered","widgets":[]}`, title)
	}
	return fmt.Sprintf(`{"name":%q,"type":"query alert","query":"avg(last_5m):avg:m{*} > 5"}`, title)
}

// TestDuplicatesAreBlocked: several live objects at one address are reported and never touched.
func TestDuplicatesAreBlocked(t *testing.T) {
	for _, kindName := range []string{"monitor", "dashboard"} {
		at := kindName + ".a"
		keyed := kindName + `.a["k"]`
		renamed := kindName + ".b"
		for name, tt := range map[string]struct {
			desired  []string
			live     string
			destroys bool
			marks    []func(*object.Marker)
			codes    []string
		}{
			"with the block":             {desired: []string{at}, live: at},
			"without the block":          {live: at},
			"with the for_each key":      {desired: []string{keyed}, live: keyed},
			"without the for_each key":   {desired: []string{kindName + `.a["other"]`}, live: keyed},
			"renamed":                    {desired: []string{renamed}, live: at},
			"destroyed":                  {desired: []string{at}, live: at, destroys: true},
			"destroyed without a block":  {live: at, destroys: true},
			"replaced":                   {desired: []string{at}, live: at, marks: []func(*object.Marker){replaced}},
			"replaced, without a block":  {live: at, marks: []func(*object.Marker){replaced}},
			"replaced, and destroyed":    {desired: []string{at}, live: at, destroys: true, marks: []func(*object.Marker){replaced}},
			"protected":                  {live: at, marks: []func(*object.Marker){protected}},
			"one with a newer marker":    {live: at, marks: []func(*object.Marker){newer}, codes: []string{"newer_marker"}},
			"one that is a clone by age": {live: at, marks: []func(*object.Marker){dated(-time.Hour)}},
		} {
			t.Run(kindName+" "+name, func(t *testing.T) {
				var desired []*object.Object
				for _, a := range tt.desired {
					desired = append(desired, objecttest.Desired(t, a, bodyOf(kindName, "t")))
				}
				live := []*object.Object{
					objecttest.Owned(t, "1", tt.live, created(bodyOf(kindName, "t"), 0), tt.marks...),
					objecttest.Owned(t, "2", tt.live, created(bodyOf(kindName, "t (clone)"), time.Hour)),
				}
				live[1].Marker.Replaced = live[0].Marker.Replaced
				build := plan.Build
				if tt.destroys {
					build = plan.BuildDestroy
				}
				p, diags := build(input(desired, live))
				checkUntouched(t, p, live)
				checkReasons(t, p)
				want := tt.codes
				if want == nil {
					want = []string{plan.CodeDuplicates}
				}
				if got := errorCodes(diags); !slices.Equal(got, want) {
					t.Errorf("errors %q", got)
				}
				if want[0] == plan.CodeDuplicates {
					if detail := diags[0].Detail; !strings.Contains(detail, kindName+" 1, created") || !strings.Contains(detail, kindName+" 2, created") ||
						!strings.Contains(detail, quotedMarker(live[1])) {
						t.Error(detail)
					}
				}
			})
		}
	}
}

// quotedMarker is the marker to remove to release an object.
func quotedMarker(o *object.Object) string {
	if o.Address.Kind == "dashboard" {
		return fmt.Sprintf("%q", o.Marker.Line())
	}
	return strings.Join(o.Marker.Tags(), ", ")
}

func newer(m *object.Marker) { m.Needs, m.Fingerprint = "0.9", "0.9/x" }

// epoch is the creation time of the tests' objects.
func epoch() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }

// dated sets the time of an object's last write, relative to epoch.
func dated(after time.Duration) func(*object.Marker) {
	return func(m *object.Marker) { m.Written, m.Fingerprint = epoch().Add(after).Unix(), "ab-cd" }
}

// created adds the creation time and author to a body.
func created(source string, after time.Duration) string {
	at := epoch().Add(after).Format(time.RFC3339Nano)
	return strings.Replace(source, "{", fmt.Sprintf(`{"created":%q,"created_at":%q,"creator":{"handle":"dana@example.com"},`, at, at), 1)
}

// checkUntouched checks that the plan does not change or delete any of the objects.
func checkUntouched(t *testing.T, p *plan.Plan, live []*object.Object) {
	t.Helper()
	for i := range p.Changes {
		c := &p.Changes[i]
		touches := c.Action == plan.Update || c.Action == plan.Delete || c.Action == plan.Replace
		if touches && slices.ContainsFunc(live, func(o *object.Object) bool { return o.ID == c.ID && o.Address.Kind == c.Address.Kind }) {
			t.Errorf("%s %s", c.Action, c.ID)
		}
	}
}

// TestOnlyAClone: an object that was created over two minutes after its own marker was written is a clone.
func TestOnlyAClone(t *testing.T) {
	for _, kindName := range []string{"monitor", "dashboard"} {
		at := kindName + ".a"
		for name, tt := range map[string]struct {
			marks []func(*object.Marker)
			codes []string
		}{
			"written long before":                  {[]func(*object.Marker){dated(-time.Hour)}, []string{"clone"}},
			"written long before, marked":          {[]func(*object.Marker){dated(-time.Hour), replaced}, []string{"clone"}},
			"written just over two minutes before": {[]func(*object.Marker){dated(-121 * time.Second)}, []string{"clone"}},
			"written two minutes before":           {[]func(*object.Marker){dated(-120 * time.Second)}, nil},
			"written later":                        {[]func(*object.Marker){dated(time.Hour)}, nil},
			"written by ddmon 0.1":                 {[]func(*object.Marker){func(m *object.Marker) { m.Fingerprint = "ab-cd" }}, nil},
			"adopted by hand":                      {nil, nil},
		} {
			for situation, run := range map[string]func([]*object.Object) (*plan.Plan, []string){
				"block": func(live []*object.Object) (*plan.Plan, []string) {
					p, diags := plan.Build(input([]*object.Object{objecttest.Desired(t, at, bodyOf(kindName, "new"))}, live))
					return p, errorCodes(diags)
				},
				"no block": func(live []*object.Object) (*plan.Plan, []string) {
					p, diags := plan.Build(input(nil, live))
					return p, errorCodes(diags)
				},
				"destroy": func(live []*object.Object) (*plan.Plan, []string) {
					p, diags := plan.BuildDestroy(input([]*object.Object{objecttest.Desired(t, at, bodyOf(kindName, "new"))}, live))
					return p, errorCodes(diags)
				},
			} {
				live := []*object.Object{objecttest.Owned(t, "1", at, created(bodyOf(kindName, "old"), 0), tt.marks...)}
				p, codes := run(live)
				if !slices.Equal(codes, tt.codes) {
					t.Errorf("%s, %s, %s: %q", kindName, name, situation, codes)
				}
				if tt.codes != nil {
					checkUntouched(t, p, live)
				} else if p.Empty() {
					t.Errorf("%s, %s, %s: the plan is empty: %q", kindName, name, situation, actions(p))
				}
			}
		}
	}
}

// TestCaveats: unknown facts about an object that is changed or deleted are reported, with its creation time and
// author.
func TestCaveats(t *testing.T) {
	undated := func(m *object.Marker) { m.Fingerprint = "ab-cd" }
	for name, tt := range map[string]struct {
		title string // of the desired monitor; empty without one
		marks []func(*object.Marker)
		want  []string
	}{
		"changed, by ddmon 0.1":       {"new", []func(*object.Marker){undated}, []string{"The fingerprint was computed with different rules", "monitor 1, created 2026-01-02T03:04:05Z by dana@example.com"}},
		"deleted, by ddmon 0.1":       {"", []func(*object.Marker){undated}, []string{"monitor 1, created 2026-01-02T03:04:05Z by dana@example.com"}},
		"as configured, by ddmon 0.1": {"old", []func(*object.Marker){undated}, nil},
		"changed, dated":              {"new", []func(*object.Marker){dated(0)}, []string{"The fingerprint was computed with different rules"}},
		"changed, adopted by hand":    {"new", nil, nil},
		"changed, dated tomorrow":     {"new", []func(*object.Marker){dated(23 * time.Hour)}, []string{"The fingerprint was computed with different rules"}},
		"changed, dated in ten years": {
			"new", []func(*object.Marker){dated(3652 * 24 * time.Hour)},
			[]string{"The fingerprint was computed with different rules", "is in the future, so this could be a clone: monitor 1, created"},
		},
	} {
		var desired []*object.Object
		if tt.title != "" {
			desired = append(desired, objecttest.Desired(t, "monitor.a", bodyOf("monitor", tt.title)))
		}
		in := input(desired, []*object.Object{objecttest.Owned(t, "1", "monitor.a", created(bodyOf("monitor", "old"), 0), tt.marks...)})
		in.Now = epoch()
		p, _ := plan.Build(in)
		got := p.Changes[0].Caveats
		if len(got) != len(tt.want) {
			t.Errorf("%s: %q", name, got)
			continue
		}
		for i, text := range tt.want {
			if !strings.Contains(got[i], text) {
				t.Errorf("%s: %q", name, got[i])
			}
		}
	}
}

// TestCutAddress: an object with a shortened slug is managed if a block has that slug, and otherwise ignored.
func TestCutAddress(t *testing.T) {
	at := fmt.Sprintf("monitor.a[%q]", strings.Repeat("k", 300))
	live := []*object.Object{objecttest.Owned(t, "1", at, bodyOf("monitor", "t"))}
	if p, codes := build([]*object.Object{objecttest.Desired(t, at, bodyOf("monitor", "t"))}, live); !slices.Equal(actions(p), []string{at + " no-op 1"}) || codes != nil {
		t.Errorf("%q %q", actions(p), codes)
	}
	if p, codes := build(nil, live); len(p.Changes) > 0 || !slices.Equal(codes, []string{"cut_address"}) {
		t.Errorf("%q %q", actions(p), codes)
	}
	p, _ := plan.BuildDestroy(input([]*object.Object{objecttest.Desired(t, at, bodyOf("monitor", "t"))}, live))
	if !slices.Equal(actions(p), []string{at + " delete 1"}) {
		t.Errorf("%q", actions(p))
	}
}

// TestAddressOfAnotherKind: a marker that was copied to an object of another kind is not a marker.
func TestAddressOfAnotherKind(t *testing.T) {
	m := object.Marker{Stack: "s", Slug: "dashboard.a"}
	raw := kind.Named("monitor").Marker.Write(ddtest.Object(t, bodyOf("monitor", "t")), m)
	live := plan.FromLive(kind.Named("monitor"), raw)
	if tags, _ := live.Body["tags"].([]any); len(tags) != 2 || !live.Marker.IsZero() {
		t.Errorf("%+v %v", live.Marker, live.Body["tags"])
	}
	for _, run := range []func(plan.Input) int{
		func(in plan.Input) int { p, _ := plan.Build(in); return len(p.Changes) },
		func(in plan.Input) int { p, _ := plan.BuildDestroy(in); return len(p.Changes) },
	} {
		if n := run(input(nil, []*object.Object{live})); n > 0 {
			t.Errorf("%d changes", n)
		}
	}
}

// FuzzForeignDescription: a dashboard whose description lacks the line that ddmon writes is never owned, changed or
// deleted.
func FuzzForeignDescription(f *testing.F) {
	line := object.Marker{Stack: "s", Slug: "dashboard.a"}.Line()
	for _, text := range []string{
		"by hand", line, line + ".", "> " + line, "ddmon_stack:s ddmon_id:dashboard.a", line[:40] + "\n" + line[40:],
		"a\r\n" + line + "\r\nb", strings.ToUpper(line),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		k := kind.Named("dashboard")
		live := plan.FromLive(k, map[string]any{"id": "abc-def-ghi", "title": "t", "layout_type": "ordered", "widgets": []any{}, "description": text})
		written := slices.ContainsFunc(strings.Split(text, "\n"), func(l string) bool {
			l = strings.TrimSpace(l)
			return strings.HasPrefix(l, "Managed by ddmon, edits here will be overwritten: ddmon_")
		})
		desired := []*object.Object{{Address: object.Address{Kind: "dashboard", Name: "a"}, Body: map[string]any{"title": "t", "layout_type": "ordered", "widgets": []any{}}}}
		for _, run := range []func(plan.Input) *plan.Plan{
			func(in plan.Input) *plan.Plan { p, _ := plan.Build(in); return p },
			func(in plan.Input) *plan.Plan { in.Desired = nil; p, _ := plan.Build(in); return p },
			func(in plan.Input) *plan.Plan { p, _ := plan.BuildDestroy(in); return p },
		} {
			p := run(plan.Input{Stack: "s", Kinds: kind.All(), Desired: desired, Live: []*object.Object{live}})
			for i := range p.Changes {
				if p.Changes[i].ID != "" && !written {
					t.Errorf("%s of %q", p.Changes[i].Action, text)
				}
			}
		}
		if kept, _ := live.Body["description"].(string); !written && kept != text {
			t.Errorf("%q becomes %q", text, kept)
		}
	})
}

// TestNoPlanTouchesDuplicates: no random plan changes or deletes an object while another live object has its address.
func TestNoPlanTouchesDuplicates(t *testing.T) {
	for seed := range uint64(2000) {
		random := rand.New(rand.NewPCG(seed, 1))
		var desired, live []*object.Object
		slugs := map[string]int{}
		for i := range 6 {
			at := fmt.Sprintf("monitor.m%d", i)
			if random.IntN(3) > 0 {
				desired = append(desired, objecttest.Desired(t, at, bodyOf("monitor", fmt.Sprint("t", random.IntN(3)))))
			}
			for range []int{0, 1, 1, 1, 2, 3}[random.IntN(6)] {
				isReplaced := random.IntN(5) == 0
				o := objecttest.Owned(t, fmt.Sprint(len(live)+1), at, created(bodyOf("monitor", fmt.Sprint("t", random.IntN(3))), 0), func(m *object.Marker) {
					m.Replaced, m.Protected = isReplaced, random.IntN(6) == 0
					if random.IntN(3) == 0 {
						dated(time.Duration(random.IntN(9)-4) * time.Minute)(m)
					}
				})
				live = append(live, o)
				slugs[fmt.Sprint(o.Marker.Slug, o.Marker.Replaced)]++
			}
		}
		byID := map[string]*object.Object{}
		for _, o := range live {
			byID[o.ID] = o
		}
		for name, build := range map[string]func(plan.Input) (*plan.Plan, []string){
			"apply":   func(in plan.Input) (*plan.Plan, []string) { p, d := plan.Build(in); return p, errorCodes(d) },
			"destroy": func(in plan.Input) (*plan.Plan, []string) { p, d := plan.BuildDestroy(in); return p, errorCodes(d) },
		} {
			p, codes := build(input(desired, live))
			for i := range p.Changes {
				c := &p.Changes[i]
				o := byID[c.ID]
				switch {
				case o == nil || c.Action == plan.NoOp || c.Action == plan.Blocked:
				case slugs[fmt.Sprint(o.Marker.Slug, o.Marker.Replaced)] > 1:
					t.Errorf("seed %d, %s: %s of %s, which has a duplicate", seed, name, c.Action, c.ID)
				case c.Action != plan.Update && o.Marker.Protected:
					t.Errorf("seed %d, %s: %s of %s, which is protected", seed, name, c.Action, c.ID)
				}
			}
			for key, n := range slugs {
				if n > 1 && !slices.Contains(codes, plan.CodeDuplicates) {
					t.Errorf("seed %d, %s: duplicates of %s are not reported", seed, name, key)
				}
			}
		}
	}
}
