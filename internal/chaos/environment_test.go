// Package chaos_test tests failures of apply: it breaks each request with each fault, kills ddmon at each request, and
// interrupts it. After any failure the next apply must converge. The package contains only tests.
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

// chaosStack is a stack of 60 objects that refer to each other. The apply with next=true creates, updates, replaces and
// deletes monitors and dashboards.
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

// chaosObjects is the number of objects in the stack with next=true.
const chaosObjects = 60

// unmanagedObjects returns objects that must not change: some with the same names, one of another stack.
func unmanagedObjects() map[string][]string {
	return map[string][]string{
		"/api/v1/monitor": {
			`{"name":"depth m31","type":"query alert","query":"avg(last_5m):avg:y{*} > 1","message":"of the same name"}`,
			`{"name":"both c4","type":"query alert","query":"avg(last_5m):avg:z{*} > 1","tags":["ddmon_stack:other","ddmon_id:monitor.c:c4"]}`,
		},
		"/api/v1/dashboard": {`{"title":"board c6","layout_type":"ordered","widgets":[],"description":"of the same name"}`},
	}
}

// environment is an in-process sandbox with a stack in a folder.
type environment struct {
	dir       string
	box       *sandbox.Server
	server    *httptest.Server
	unmanaged []string // the unmanaged objects as they were stored
}

// newEnvironment creates the initial state of the stack and the unmanaged objects.
func newEnvironment(t testing.TB) *environment {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	w := &environment{dir: t.TempDir(), box: box}
	if err := os.WriteFile(filepath.Join(w.dir, "stack.hcl"), []byte(chaosStack), 0o600); err != nil {
		t.Fatal(err)
	}
	w.addUnmanaged(t)
	w.serve(w.box)
	defer w.close()
	if code, out := w.ddmon("apply", "--auto-approve"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	return w
}

// addUnmanaged creates the unmanaged objects.
func (w *environment) addUnmanaged(t testing.TB) {
	t.Helper()
	for path, bodies := range unmanagedObjects() {
		for _, body := range bodies {
			w.unmanaged = append(w.unmanaged, w.request(t, http.MethodPost, path, body))
		}
	}
	w.unmanaged = w.current(t)
}

// copy returns an independent environment in the same state, with optional faults and middleware. The caller must close
// it.
func (w *environment) copy(t testing.TB, faults *sandbox.Faults, middleware func(http.Handler) http.Handler) *environment {
	t.Helper()
	box, err := w.box.Copy(sandbox.Options{Now: time.Now, Sleep: noWait, Faults: faults})
	if err != nil {
		t.Fatal(err)
	}
	out := &environment{dir: w.dir, box: box, unmanaged: w.unmanaged}
	if middleware == nil {
		out.serve(box)
	} else {
		out.serve(middleware(box))
	}
	return out
}

func (w *environment) serve(handler http.Handler) {
	w.server = httptest.NewUnstartedServer(handler)
	w.server.Config.ErrorLog = log.New(io.Discard, "", 0) // faults break connections
	w.server.Start()
}

// heal removes all faults, and lists become up to date.
func (w *environment) heal(t testing.TB) {
	t.Helper()
	w.close()
	box, err := w.box.Copy(sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	w.box = box
	w.serve(box)
}

// converge removes all faults and runs an apply, which must converge. If stale lists caused duplicates, the apply must
// report them as an error, and converge returns true.
func (w *environment) converge(t *testing.T, allowDuplicates bool) (duplicates bool) {
	t.Helper()
	w.heal(t)
	code, out := w.ddmon(applyArgs(10)...)
	if found := duplicateAddresses(w.owned(t)); len(found) > 0 {
		if !allowDuplicates || code == 0 || !strings.Contains(out, "[duplicates]") {
			t.Errorf("duplicates are not reported: %v\n%s", found, out)
		}
		return true
	}
	if code != 0 {
		t.Errorf("exit code %d\n%s", code, out)
	}
	w.checkConverged(t)
	return false
}

func (w *environment) close() { w.server.Close() }

func noWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// environ returns the environment variables that connect ddmon to the sandbox.
func (w *environment) environ() []string {
	return []string{"DD_HOST=" + w.server.URL, "DD_API_KEY=k", "DD_APP_KEY=k"}
}

// ddmon runs a command in this process.
func (w *environment) ddmon(args ...string) (code int, output string) {
	var out bytes.Buffer
	app := &cli.App{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: time.Now, Sleep: noWait, Environ: w.environ(),
	}
	code = app.Run(context.Background(), append([]string{"-C", w.dir}, args...))
	return code, out.String()
}

// request sends a request directly to the sandbox, without the middleware.
func (w *environment) request(t testing.TB, method, path, body string) string {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("DD-API-KEY", "k")
	r.Header.Set("DD-APPLICATION-KEY", "k")
	response := httptest.NewRecorder()
	w.box.ServeHTTP(response, r)
	if response.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, path, response.Code, response.Body)
	}
	return response.Body.String()
}

// current returns the current state of the unmanaged objects.
func (w *environment) current(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, stored := range w.unmanaged {
		var o struct {
			ID any `json:"id"`
		}
		d := json.NewDecoder(strings.NewReader(stored))
		d.UseNumber()
		if err := d.Decode(&o); err != nil {
			t.Fatal(err)
		}
		path := "/api/v1/monitor/"
		if _, isString := o.ID.(string); isString {
			path = "/api/v1/dashboard/"
		}
		out = append(out, w.request(t, http.MethodGet, fmt.Sprint(path, o.ID), ""))
	}
	return out
}

// owned returns the number of live objects of the stack by address.
func (w *environment) owned(t testing.TB) map[string]int {
	t.Helper()
	counts := map[string]int{}
	var monitors []map[string]any
	var dashboards struct{ Dashboards []map[string]any }
	for path, into := range map[string]any{"/api/v1/monitor": &monitors, "/api/v1/dashboard": &dashboards} {
		if err := json.Unmarshal([]byte(w.request(t, http.MethodGet, path, "")), into); err != nil {
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

// duplicateAddresses returns the addresses with more than one live object.
func duplicateAddresses(counts map[string]int) []string {
	var out []string
	for address, n := range counts {
		if n > 1 {
			out = append(out, fmt.Sprintf("%s %dx", address, n))
		}
	}
	slices.Sort(out)
	return out
}

// checkConverged checks that the stack has exactly its objects as configured, and that unmanaged objects have not
// changed.
func (w *environment) checkConverged(t testing.TB) {
	t.Helper()
	if code, out := w.ddmon("plan", "--var", "next=true", "--detailed-exitcode"); code != 0 {
		t.Errorf("not converged, exit code %d\n%s", code, out)
	}
	counts := w.owned(t)
	if duplicates := duplicateAddresses(counts); len(counts) != chaosObjects || len(duplicates) > 0 {
		t.Errorf("%d addresses are live, want %d; duplicates: %v", len(counts), chaosObjects, duplicates)
	}
	w.checkUnmanaged(t)
}

// checkUnmanaged checks that the unmanaged objects have not changed.
func (w *environment) checkUnmanaged(t testing.TB) {
	t.Helper()
	for i, now := range w.current(t) {
		if now != w.unmanaged[i] {
			t.Errorf("an unmanaged object changed:\n%s\n%s", w.unmanaged[i], now)
		}
	}
}

// applyArgs returns the arguments of the apply with next=true.
func applyArgs(parallelism int) []string {
	return []string{"apply", "--auto-approve", "--var", "next=true", "--parallelism", strconv.Itoa(parallelism)}
}

// apply runs the apply with next=true, one request at a time, so that the order of requests is deterministic.
func (w *environment) apply() (code int, output string) { return w.ddmon(applyArgs(1)...) }
