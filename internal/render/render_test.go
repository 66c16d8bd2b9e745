package render_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares text with a file below testdata.
func golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Error(d)
	}
}

func body(t testing.TB, source string) map[string]any {
	t.Helper()
	v, err := object.Decode([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

// desired is an object of the stack "s". live is its live object, with a marker that has another fingerprint.
func desired(t testing.TB, address, source string) *object.Object {
	a, err := object.ParseAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	return &object.Object{Address: a, Body: body(t, source)}
}

func live(t testing.TB, address, id, source string) *object.Object {
	o := desired(t, address, source)
	k := kind.Named(o.Address.Kind)
	fingerprint := plan.Fingerprint(k, map[string]any{"name": "something else"}, nil, nil)
	raw := k.Marker.Write(o.Body, object.Marker{Stack: "s", Slug: o.Address.Slug(), Fingerprint: fingerprint, Written: 1767225600})
	raw["id"] = id
	return plan.FromLive(k, raw)
}

// everything is a plan with all actions and kinds of edits.
func everything(t testing.TB) *plan.Plan {
	a := object.Address{Kind: "monitor", Name: "a"}
	composite := desired(t, "monitor.composite", `{"name":"both","type":"composite"}`)
	composite.Body["query"] = object.Text{{Ref: &a}, {Literal: " && 5"}}
	secret := desired(t, "monitor.secret", `{"name":"secret","type":"query alert","query":"avg(last_5m):avg:m{*} > 1","message":"hunter2"}`)
	secret.Sensitive = map[string][]string{"message": {"password"}}
	secretLive := live(t, "monitor.secret", "6", `{"name":"secret","type":"query alert","query":"avg(last_5m):avg:m{*} > 1","message":"hunter1"}`)
	p, diags := plan.Build(plan.Input{
		Stack: "s", Kinds: kind.All(),
		Desired: []*object.Object{
			desired(t, "monitor.a", `{"name":"new","type":"query alert","query":"avg(last_5m):avg:m{*} > 1","message":"line one\nline two",
				"tags":["team:a"],"options":{"thresholds":{"critical":1}}}`),
			composite, secret,
			desired(t, `monitor.edited["x"]`, `{"name":"edited","type":"query alert","query":"min(last_5m):sum:rabbitmq.queue.messages{queue:shipping-task} > 50",
				"message":"one\ntwo\nthree\nfour\nfive\nsix\nseven","tags":["a","b"],"priority":1,"options":{"renotify_interval":60}}`),
			desired(t, "monitor.typed", `{"name":"typed","type":"log alert","query":"logs(\"*\").last(\"5m\") > 1"}`),
			desired(t, "dashboard.board", `{"title":"board","layout_type":"ordered","widgets":[
				{"definition":{"type":"note","content":"first"}},
				{"definition":{"type":"timeseries","title":"two","requests":[{"q":"avg:m{*}"}]}},
				{"definition":{"type":"timeseries","title":"one","requests":[{"q":"max:m{*}"}]}},
				{"definition":{"type":"free_text","text":"new"}}]}`),
		},
		Live: []*object.Object{
			secretLive,
			live(t, `monitor.edited["x"]`, "1", `{"name":"edited","type":"query alert","query":"min(last_5m):sum:rabbitmq.queue.messages{queue:shipping-task} > 70",
				"message":"one\ntwo\nthree\nFOUR\nfive\nsix\nseven","tags":["b","c"],"modified":"2026-01-01T10:00:00.5+00:00",
				"options":{"include_tags":false,"brand_new":1}}`),
			live(t, "monitor.gone", "2", `{"name":"gone \u001b[31mred","type":"query alert","query":"avg(last_5m):avg:m{*} > 1"}`),
			live(t, "monitor.typed", "3", `{"name":"typed","type":"query alert","query":"avg(last_5m):avg:m{*} > 1"}`),
			live(t, "dashboard.board", "abc-def-ghi", `{"title":"board","layout_type":"ordered","widgets":[
				{"id":1,"definition":{"type":"note","content":"first"}},
				{"id":2,"definition":{"type":"timeseries","title":"one","requests":[{"q":"avg:m{*}"}]}},
				{"id":3,"definition":{"type":"timeseries","title":"two","requests":[{"q":"avg:m{*}"}]}},
				{"id":4,"definition":{"type":"image","url":"u"}}]}`),
		},
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

func TestPlan(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 30, 0, time.UTC)
	for name, style := range map[string]safe.Style{
		"plan.txt": {Width: 80}, "plan_color.txt": {Width: 80, Color: true},
	} {
		var out bytes.Buffer
		if err := terminal.Plan(&out, terminal.View{Plan: shownPlan(everything(t)), Now: now}, style); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "hunter") {
			t.Error("a sensitive value is shown")
		}
		golden(t, name, out.String())
	}
}

func TestPlanJSON(t *testing.T) {
	var out bytes.Buffer
	if err := machine.JSON(&out, planfile.New(shownPlan(everything(t)), "test"), "  "); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hunter") {
		t.Error("a sensitive value is shown")
	}
	golden(t, "plan.json", out.String())
}

func TestSchema(t *testing.T) {
	var out bytes.Buffer
	if err := terminal.Schema(&out, "widget note", kind.Named("dashboard").Widget("note"), safe.Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	golden(t, "schema_note.txt", out.String())
}
