// Package chaos_test takes an apply apart: it breaks each of its requests in every way, kills it at each of them, and
// interrupts it. Whatever happens, the next apply has to converge. There is nothing here but tests.
package chaos_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ddmon/internal/cli"
	"ddmon/internal/object"
	"ddmon/internal/sandbox"
)

// chaosStack is a stack of 60 objects that refer to each other. With next=true, an apply from the one to the other
// creates, updates, replaces and deletes monitors and dashboards.
const chaosStack = `
stack "chaos" {}
variable "next" { default = false }
locals {
  kept = [for i in range(26) : format("m%02d", i)]
  gone = [for i in range(90, 94) : format("m%02d", i)]
  made = [for i in range(30, 46) : format("m%02d", i)]
}
monitor "m" {
  for_each = toset(concat(local.kept, var.next ? local.made : local.gone))
  name     = "depth ${each.key}"
  type     = "query alert"
  query    = "min(last_5m):sum:x{queue:${each.key}} > ${var.next ? 60 : 50}"
  message  = "@slack-shop"
}
monitor "r" {
  for_each = toset(["r0", "r1", "r2", "r3"])
  name     = "replaced ${each.key}"
  type     = var.next ? "log alert" : "query alert"
  query    = var.next ? "logs(\"service:${each.key}\").index(\"*\").rollup(\"count\").last(\"5m\") > 5" : "avg(last_5m):avg:r{x:${each.key}} > 5"
  message  = "@slack-shop"
}
monitor "c" {
  for_each = var.next ? { c0 = "r0", c1 = "r1", c2 = "r2", c3 = "r3", c4 = "r0", c5 = "r1", c6 = "r2", c7 = "r3" } : { c0 = "r0", c1 = "r1", c2 = "r2", c3 = "r3" }
  name     = "both ${each.key}"
  type     = "composite"
  query    = "${monitor.m["m0${substr(each.key, 1, 1)}"].id} && ${monitor.r[each.value].id}"
  message  = "@slack-shop"
}
dashboard "d" {
  for_each    = toset(var.next ? ["c1", "c2", "c3", "c4", "c5", "c6"] : ["c0", "c1", "c2"])
  title       = "board ${each.key}"
  layout_type = "ordered"
  description = var.next ? "next" : "before"
  widget "alert_graph" {
    alert_id = monitor.c[each.key].id
    viz_type = "timeseries"
  }
}
`

// chaosObjects is how many objects the stack has with next=true.
const chaosObjects = 60

// foreign are objects of others that must not be touched: of the same names, of another stack, of nobody.
func foreign() map[string][]string {
	return map[string][]string{
		"/api/v1/monitor": {
			`{"name":"depth m31","type":"query alert","query":"avg(last_5m):avg:y{*} > 1","message":"of the same name"}`,
			`{"name":"both c4","type":"query alert","query":"avg(last_5m):avg:z{*} > 1","tags":["ddmon_stack:other","ddmon_id:monitor.c:c4"]}`,
		},
		"/api/v1/dashboard": {`{"title":"board c6","layout_type":"ordered","widgets":[],"description":"of the same name"}`},
	}
}

// world is a Datadog in this process and a stack in a folder.
type world struct {
	dir    string
	box    *sandbox.Server
	server *httptest.Server
	others []string // the foreign objects as they were stored
}

// newWorld makes the stack's first state, and the foreign objects.
func newWorld(t testing.TB) *world {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{dir: t.TempDir(), box: box}
	if err := os.WriteFile(filepath.Join(w.dir, "stack.hcl"), []byte(chaosStack), 0o600); err != nil {
		t.Fatal(err)
	}
	w.addForeign(t)
	w.serve(w.box)
	defer w.close()
	if code, out := w.ddmon("apply", "--auto-approve"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	return w
}

// addForeign makes the objects of others.
func (w *world) addForeign(t testing.TB) {
	t.Helper()
	for path, bodies := range foreign() {
		for _, body := range bodies {
			w.others = append(w.others, w.ask(t, http.MethodPost, path, body))
		}
	}
	w.others = w.current(t)
}

// copy returns a world of its own in the same state, whose Datadog fails as told and has something before it. Close it.
func (w *world) copy(t testing.TB, faults *sandbox.Faults, front func(http.Handler) http.Handler) *world {
	t.Helper()
	box, err := w.box.Copy(sandbox.Options{Now: time.Now, Sleep: noWait, Faults: faults})
	if err != nil {
		t.Fatal(err)
	}
	out := &world{dir: w.dir, box: box, others: w.others}
	if front == nil {
		out.serve(box)
	} else {
		out.serve(front(box))
	}
	return out
}

func (w *world) serve(handler http.Handler) {
	w.server = httptest.NewUnstartedServer(handler)
	w.server.Config.ErrorLog = log.New(io.Discard, "", 0) // of connections that are broken on purpose
	w.server.Start()
}

// heal lets the Datadog answer as it should from now on, and its lists show what there is.
func (w *world) heal(t testing.TB) {
	t.Helper()
	w.close()
	box, err := w.box.Copy(sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	w.box = box
	w.serve(box)
}

// settle runs an apply to which nothing happens any more: it converges. Where lists were late there may be twins, and
// then an error names them; it reports whether that is so.
func (w *world) settle(t *testing.T, mayTwin bool) (twins bool) {
	t.Helper()
	w.heal(t)
	code, out := w.ddmon(applyArgs(10)...)
	if twice := doubled(w.owned(t)); len(twice) > 0 {
		if !mayTwin || code == 0 || !strings.Contains(out, "[twins]") {
			t.Errorf("several objects, and nobody says so: %v\n%s", twice, out)
		}
		return true
	}
	if code != 0 {
		t.Errorf("exit code %d\n%s", code, out)
	}
	w.checkConverged(t)
	return false
}

func (w *world) close() { w.server.Close() }

func noWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// environ leads ddmon to the world's Datadog.
func (w *world) environ() []string {
	return []string{"DD_HOST=" + w.server.URL, "DD_API_KEY=k", "DD_APP_KEY=k"}
}

// ddmon runs a command in this process.
func (w *world) ddmon(args ...string) (code int, output string) {
	var out bytes.Buffer
	app := &cli.App{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: time.Now, Sleep: noWait, Environ: w.environ(),
	}
	code = app.Run(context.Background(), append([]string{"-C", w.dir}, args...))
	return code, out.String()
}

// ask makes a request past what stands before the Datadog.
func (w *world) ask(t testing.TB, method, path, body string) string {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("DD-API-KEY", "k")
	r.Header.Set("DD-APPLICATION-KEY", "k")
	answer := httptest.NewRecorder()
	w.box.ServeHTTP(answer, r)
	if answer.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, path, answer.Code, answer.Body)
	}
	return answer.Body.String()
}

// current reads the foreign objects as they are now.
func (w *world) current(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, stored := range w.others {
		var o struct {
			ID any `json:"id"`
		}
		d := json.NewDecoder(strings.NewReader(stored))
		d.UseNumber()
		if err := d.Decode(&o); err != nil {
			t.Fatal(err)
		}
		path := "/api/v1/monitor/"
		if _, isText := o.ID.(string); isText {
			path = "/api/v1/dashboard/"
		}
		out = append(out, w.ask(t, http.MethodGet, fmt.Sprint(path, o.ID), ""))
	}
	return out
}

// owned counts the live objects of the stack by their addresses.
func (w *world) owned(t testing.TB) map[string]int {
	t.Helper()
	counts := map[string]int{}
	var monitors []map[string]any
	var dashboards struct{ Dashboards []map[string]any }
	for path, into := range map[string]any{"/api/v1/monitor": &monitors, "/api/v1/dashboard": &dashboards} {
		if err := json.Unmarshal([]byte(w.ask(t, http.MethodGet, path, "")), into); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range monitors {
		tags, _ := m["tags"].([]any)
		if marker, _ := object.MarkerOfTags(tags); marker.Stack == "chaos" {
			counts[marker.Slug]++
		}
	}
	for _, d := range dashboards.Dashboards {
		description, _ := d["description"].(string)
		if marker, _ := object.MarkerOfText(description); marker.Stack == "chaos" {
			counts[marker.Slug]++
		}
	}
	return counts
}

// doubled lists the addresses that several live objects have.
func doubled(counts map[string]int) []string {
	var out []string
	for address, n := range counts {
		if n > 1 {
			out = append(out, fmt.Sprintf("%s %dx", address, n))
		}
	}
	slices.Sort(out)
	return out
}

// checkConverged wants exactly the stack's objects, each once and as configured, and everything foreign as it was.
func (w *world) checkConverged(t testing.TB) {
	t.Helper()
	if code, out := w.ddmon("plan", "--var", "next=true", "--detailed-exitcode"); code != 0 {
		t.Errorf("not converged, exit code %d\n%s", code, out)
	}
	counts := w.owned(t)
	if twice := doubled(counts); len(counts) != chaosObjects || len(twice) > 0 {
		t.Errorf("%d addresses are live, want %d; several objects: %v", len(counts), chaosObjects, twice)
	}
	w.checkForeign(t)
}

// checkForeign wants everything of others as it was.
func (w *world) checkForeign(t testing.TB) {
	t.Helper()
	for i, now := range w.current(t) {
		if now != w.others[i] {
			t.Errorf("a foreign object was touched:\n%s\n%s", w.others[i], now)
		}
	}
}

// applyArgs take the stack to its next state.
func applyArgs(parallelism int) []string {
	return []string{"apply", "--auto-approve", "--var", "next=true", "--parallelism", strconv.Itoa(parallelism)}
}

// apply takes the stack to its next state, one request at a time, so that the n-th is always the same.
func (w *world) apply() (code int, output string) { return w.ddmon(applyArgs(1)...) }
