package behaviour_test

import (
	"encoding/json"
	"strings"
	"testing"

	"ddmon/internal/behaviour"
	"ddmon/internal/config"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/series"
)

// shop is the sock shop's stack as it is desired, and as it would be live once it is applied. live makes a change to
// the live monitors of an address.
func shop(t testing.TB) []*object.Object {
	t.Helper()
	stack, diags := config.Load(config.Options{Dir: "../../monitors"})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return stack.Objects
}

// applied turns desired objects into live ones: with ids, references resolved, and the stack's marker.
func applied(t testing.TB, desired []*object.Object) []*object.Object {
	t.Helper()
	ids := map[object.Address]string{}
	for i, o := range desired {
		ids[o.Address] = json.Number(strings.Repeat("7", 3) + string(rune('0'+i/10)) + string(rune('0'+i%10))).String()
	}
	var live []*object.Object
	for _, o := range desired {
		resolved := object.ResolveRefs(o.Body, func(a object.Address) (string, bool) { id, ok := ids[a]; return id, ok })
		k := kind.Named(o.Address.Kind)
		raw := k.Marker.Write(resolved.(map[string]any), object.Marker{Stack: object.StackSlug("sock-shop"), Slug: o.Address.Slug()})
		raw["id"] = json.Number(ids[o.Address])
		live = append(live, plan.FromLive(k, raw))
	}
	return live
}

// edited returns the objects with texts replaced in one monitor's body.
func edited(t testing.TB, objects []*object.Object, address string, oldnew ...string) []*object.Object {
	t.Helper()
	var out []*object.Object
	for _, o := range objects {
		if o.Address.String() == address {
			raw, err := json.Marshal(o.Body)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.NewReplacer(oldnew...).Replace(string(raw))
			if text == string(raw) {
				t.Fatalf("%s holds none of %q", address, oldnew)
			}
			changed := *o
			changed.Body = decode(t, text)
			o = &changed
		}
		out = append(out, o)
	}
	return out
}

func decode(t testing.TB, text string) map[string]any {
	t.Helper()
	v, err := object.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

func build(t testing.TB, desired, live []*object.Object) *plan.Plan {
	t.Helper()
	p, diags := plan.Build(plan.Input{Stack: "sock-shop", Kinds: kind.All(), Desired: desired, Live: live})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

func recording(t testing.TB, path string) *series.Recording {
	t.Helper()
	rec, diags := series.Load(path)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return rec
}

func recordings(t testing.TB) []*series.Recording {
	return []*series.Recording{recording(t, "../../testdata/incident-5"), recording(t, "../../testdata/healthy-day")}
}

func texts(r *behaviour.Report) []string {
	var lines []string
	for _, rec := range r.Recordings {
		for _, e := range append(rec.Monitors, rec.Stack) {
			lines = append(lines, e.Text+" ["+string(e.Kind)+"]")
		}
	}
	for _, e := range r.NotEvaluated {
		lines = append(lines, e.Text+" ["+string(e.Kind)+"]")
	}
	return lines
}

func TestTry(t *testing.T) {
	want := shop(t)
	live := applied(t, want)
	recs := recordings(t)
	for _, d := range [][]*object.Object{
		edited(t, want, "monitor.backlog", "10", "40"),
		edited(t, want, "monitor.backlog", "last_2m", "last_10m"),
		edited(t, want, "monitor.backlog", "last_2m", "last_5m"),
		edited(t, want, "monitor.queue_depth", "min(last_5m)", "max(last_1m)", "50", "20", "25","10"),
		edited(t, want, "monitor.no_replicas", "replicas_available", "replicas_ready"),
		edited(t, want, "monitor.no_replicas", "@pagerduty-orders ", ""),
	} {
		r := behaviour.Compare(build(t, d, live), recs, behaviour.Options{})
		t.Logf("\n%s", strings.Join(texts(r), "\n"))
	}
	r := behaviour.Compare(build(t, want, nil), recs, behaviour.Options{})
	t.Logf("\n%s", strings.Join(texts(r), "\n"))
	r = behaviour.Compare(build(t, want[:1], live), recs, behaviour.Options{})
	t.Logf("\n%s", strings.Join(texts(r), "\n"))
}
