package planfile

import (
	"bytes"
	"strings"
	"testing"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

const secret = "https://hook.example/T0-s3cr3t"

func salt() []byte { return []byte("0123456789abcdef") }

func options() SaveOptions {
	return SaveOptions{Tool: "1.2.3", Datadog: "here", Salt: salt(), Secrets: map[string][]string{"hook": {secret}, "n": {"5"}}}
}

// want makes a desired object. SECRET in its JSON is replaced with the secret; sensitive lists the paths that contain
// the variable "hook".
func want(t *testing.T, addr, source string, sensitive ...string) *object.Object {
	t.Helper()
	o := objecttest.Desired(t, addr, strings.ReplaceAll(source, "SECRET", secret))
	for _, at := range sensitive {
		if o.Sensitive == nil {
			o.Sensitive = map[string][]string{}
		}
		o.Sensitive[at] = []string{"hook"}
	}
	return o
}

// owned makes a live object of the stack "s". SECRET in its JSON is replaced with the secret.
func owned(t *testing.T, id, addr, source string, marks ...func(*object.Marker)) *object.Object {
	t.Helper()
	return objecttest.Owned(t, id, addr, strings.ReplaceAll(source, "SECRET", secret), marks...)
}

func build(desired, live []*object.Object) *plan.Plan {
	p, _ := plan.Build(plan.Input{Stack: "s", Kinds: kind.All(), Desired: desired, Live: live})
	return p
}

func save(t *testing.T, p *plan.Plan) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Save(&b, p, options()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func load(t *testing.T, raw []byte) *Saved {
	t.Helper()
	s, err := Load(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	return s
}

// everything returns desired and live objects whose plan contains every action except Blocked.
func everything(t *testing.T) (desired, live []*object.Object) {
	same := `{"name":"same","type":"query alert","query":"avg(last_5m):avg:m{*} > 5"}`
	update := `{"name":"u","type":"query alert","query":"avg(last_5m):avg:m{*} > 6","message":"call SECRET","priority":2,
		"tags":["a","SECRET"],"options":{"escalation_message":"again","ddmon:odd":{"ddmon:text":[1]},"thresholds":{"critical":6}}}`
	composite := want(t, "monitor.composite", `{"name":"c","type":"composite"}`, "message")
	newer, known := objecttest.Address(t, `monitor.each["ä\"x"]`), objecttest.Address(t, "monitor.same")
	composite.Body["query"] = object.Text{{Ref: &newer}, {Literal: " && "}, {Ref: &known}}
	composite.Body["message"] = object.Text{{Literal: secret + " "}, {Ref: &newer}, {Ref: &known}}
	// The monitor tables define this key as an object of numbers.
	composite.Body["options"] = map[string]any{"thresholds": map[string]any{"critical": object.Ref{Of: newer}}, "odd": []any{object.Ref{Of: newer}}}
	desired = []*object.Object{
		want(t, "monitor.same", same), composite,
		want(t, `monitor.each["ä\"x"]`, `{"name":"new <b>&","type":"query alert","query":"avg(last_5m):avg:m{*} > 5.0","message":"\u2028"}`),
		want(t, "monitor.update", update, "message", "tags[1]"),
		want(t, "monitor.replace", `{"name":"SECRET","type":"log alert","query":"logs(\"x\").index(\"*\").rollup(\"count\").last(\"5m\") > 1"}`, "name"),
		want(t, "dashboard.d", `{"title":"d","layout_type":"ordered","widgets":[
			{"definition":{"type":"note","content":"b"}},{"definition":{"type":"note","content":"SECRET"}},{"definition":{"type":"note","content":"a"}}]}`,
			"widgets[1].definition"),
	}
	desired[3].Lifecycle.IgnoreChanges = []object.Path{{"options", "include_tags"}}
	live = []*object.Object{
		owned(t, "1", "monitor.same", same),
		owned(t, "2", "monitor.update", `{"name":"u","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","message":"old SECRET",
			"tags":["SECRET","b"],"modified":"2026-01-02T03:04:05Z","odd":{},"odder":1,"draft_status":"draft",
			"options":{"silenced":{"*":null},"include_tags":true,"renotify_interval":10,"thresholds":{"critical":5,"warning":3}}}`),
		owned(t, "3", "monitor.replace", `{"name":"SECRET","type":"query alert","query":"avg(last_5m):avg:m{*} > 5"}`),
		owned(t, "4", "monitor.gone", `{"name":"g","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","message":"@webhook SECRET"}`),
		owned(t, "5", "monitor.old", `{"name":"o","type":"query alert","query":"avg(last_5m):avg:m{*} > 5"}`, func(m *object.Marker) {
			m.Slug = "monitor." + strings.Repeat("x", 150) + "//0123"
		}),
		owned(t, "6", "monitor.replace", `{"name":"r","type":"query alert"}`, func(m *object.Marker) { m.Replaced = true }),
		owned(t, "abc", "dashboard.d", `{"title":"d","layout_type":"ordered","url":"/dashboard/abc/d","widgets":[
			{"id":7,"definition":{"type":"note","content":"a"}},{"id":8,"definition":{"type":"note","content":"SECRET"}},{"id":9,"definition":{"type":"note","content":"b"}}]}`),
	}
	return desired, live
}
