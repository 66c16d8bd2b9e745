package behaviour_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"ddmon/internal/behaviour"
	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/series"
)

// applied turns desired objects into live ones with ids, resolved references and the stack's marker.
func applied(t testing.TB, desired []*object.Object) []*object.Object {
	t.Helper()
	ids := map[object.Address]string{}
	for i, o := range desired {
		ids[o.Address] = strconv.Itoa(1000 + i)
	}
	var live []*object.Object
	for _, o := range desired {
		resolved := object.ResolveRefs(o.Body, func(a object.Address) (string, bool) { id, ok := ids[a]; return id, ok })
		k := kind.Named(o.Address.Kind)
		raw := k.Marker.Write(resolved.(map[string]any), object.Marker{
			Stack: object.StackSlug("sock-shop"), Slug: o.Address.Slug(), Protected: o.Lifecycle.PreventDestroy,
		})
		raw["id"] = json.Number(ids[o.Address])
		live = append(live, plan.FromLive(k, raw))
	}
	return live
}

// edited returns the objects with strings replaced in one monitor's body.
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
				t.Fatalf("%s contains none of %q", address, oldnew)
			}
			changed := *o
			changed.Body = ddtest.Object(t, text)
			o = &changed
		}
		out = append(out, o)
	}
	return out
}

func build(t testing.TB, desired, live []*object.Object) *plan.Plan {
	t.Helper()
	p, diags := plan.Build(plan.Input{Stack: "sock-shop", Kinds: kind.All(), Desired: desired, Live: live})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

// texts returns the effects of a report as text.
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

// recorded returns a one-hour recording of the metric m, sampled every 15 s. The incident lasts from minute 30 to 45.
func recorded(t testing.TB, name, values string, incident bool) *series.Recording {
	t.Helper()
	text := "name = " + strconv.Quote(name) + "\n" + recordingtest.Gauge("m", "", values)
	if incident {
		text += "phases {\n incident_start = \"+30m\"\n incident_end = \"+45m\"\n}\n"
	}
	return recordingtest.New(t, text, nil)
}

// want returns a desired monitor. The type in the body defaults to query alert; ${address} is a reference.
func want(t testing.TB, name, source string) *object.Object {
	t.Helper()
	if !strings.Contains(source, `"type"`) {
		source = `{"type":"query alert",` + source[1:]
	}
	return objecttest.Desired(t, "monitor."+name, source)
}
