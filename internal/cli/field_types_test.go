package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ddmon/internal/cli"
	"ddmon/internal/sandbox"
)

// oddDatadog is the sandbox behind a proxy that puts a value into a field of every object with a title, and counts what
// would write.
type oddDatadog struct {
	box          http.Handler
	title        string
	field, value string // value as JSON; no field changes nothing
	writes       atomic.Int64
}

func (d *oddDatadog) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && !strings.HasSuffix(r.URL.Path, "/validate") {
		d.writes.Add(1)
	}
	answer := httptest.NewRecorder()
	d.box.ServeHTTP(answer, r)
	var body any
	decoder := json.NewDecoder(bytes.NewReader(answer.Body.Bytes()))
	decoder.UseNumber()
	if d.field == "" || r.Method != http.MethodGet || decoder.Decode(&body) != nil {
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
		return
	}
	d.spoil(body)
	w.WriteHeader(answer.Code)
	_ = json.NewEncoder(w).Encode(body)
}

func (d *oddDatadog) spoil(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			d.spoil(e)
		}
	case map[string]any:
		if list, ok := v["dashboards"]; ok {
			d.spoil(list)
		}
		if v["name"] == d.title || v["title"] == d.title {
			v[d.field] = json.RawMessage(d.value)
		}
	}
}

const oddStack = `stack "shop" {}
monitor "m" {
  name  = "own monitor"
  type  = "query alert"
  query = "avg(last_5m):avg:system.load.1{*} > 1"
  message = "@slack-shop"
}
dashboard "d" {
  title       = "own dashboard"
  layout_type = "ordered"
  widget "note" { content = "x" }
}
`

func newOddDatadog(t *testing.T) (d *oddDatadog, environ []string) {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	d = &oddDatadog{box: box}
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	environ = []string{"DD_HOST=" + server.URL, "DD_API_KEY=k", "DD_APP_KEY=k"}
	for path, body := range map[string]string{
		"monitor":   `{"name":"foreign monitor","type":"query alert","query":"avg(last_5m):avg:system.load.5{*} > 1"}`,
		"dashboard": `{"title":"foreign dashboard","layout_type":"ordered","widgets":[]}`,
	} {
		request, err := http.NewRequest(http.MethodPost, server.URL+"/api/v1/"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("DD-API-KEY", "k")
		request.Header.Set("DD-APPLICATION-KEY", "k")
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		said, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %s", path, answer.StatusCode, said)
		}
	}
	return d, environ
}

// runAtOnce is runIn without waits between attempts.
func runAtOnce(environ []string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	app := &cli.App{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Environ: environ, Now: time.Now,
		Sleep: func(context.Context, time.Duration) error { return nil },
	}
	code = app.Run(context.Background(), args)
	return code, out.String(), errs.String()
}

// TestOddFields: a field of the wrong JSON type in an object of the stack ends every command with an error that names
// it, without any write. In other objects it has no effect.
func TestOddFields(t *testing.T) {
	dir := t.TempDir()
	writeTree(t, dir, map[string]string{"stack.hcl": oddStack})
	d, environ := newOddDatadog(t)
	if code, stdout, stderr := runAtOnce(environ, "-C", dir, "apply", "--auto-approve"); code != 0 {
		t.Fatalf("%d %s%s", code, stdout, stderr)
	}
	commands := [][]string{{"plan"}, {"drift"}, {"apply", "--auto-approve"}, {"destroy", "--auto-approve"}}
	for i, spoiled := range [][2]string{
		{"name", "5"}, {"tags", `"text"`}, {"tags", "[1]"}, {"tags", "{}"}, {"options", "[]"}, {"query", "{}"}, {"created", "5"}, {"creator", `"x"`},
		{"type", "7"}, {"id", `"x"`}, {"title", "5"}, {"description", "5"}, {"layout_type", "7"}, {"widgets", "{}"}, {"widgets", "[1]"}, {"id", "7.5"},
	} {
		kind := "monitor"
		if spoiled[0] == "title" || spoiled[0] == "description" || i > 11 {
			kind = "dashboard"
		}
		d.title, d.field, d.value = "own "+kind, spoiled[0], spoiled[1]
		before := d.writes.Load()
		for _, command := range commands {
			if command[0] == "destroy" && d.field == "description" {
				continue // a dashboard that does not say whose it is is left alone
			}
			code, stdout, stderr := runAtOnce(environ, append([]string{"-C", dir}, command...)...)
			flat := strings.Join(strings.Fields(stderr), " ")
			if code != 1 || d.field != "id" && (!strings.Contains(flat, strconv.Quote(d.field)) && !strings.Contains(flat, `"`+d.field+"[") || !strings.Contains(flat, "of "+kind+" ")) {
				t.Errorf("%s of a %s is %s: %s: exit code %d\n%s%s", d.field, kind, d.value, command[0], code, stdout, stderr)
			}
		}
		if wrote := d.writes.Load() - before; wrote > 0 {
			t.Errorf("%s of a %s is %s: %d writes", d.field, kind, d.value, wrote)
		}
		if d.field == "id" {
			continue
		}
		d.title = "foreign " + kind
		if code, stdout, stderr := runAtOnce(environ, "-C", dir, "plan", "--detailed-exitcode"); code != 0 {
			t.Errorf("%s of a foreign %s is %s: exit code %d\n%s%s", d.field, kind, d.value, code, stdout, stderr)
		}
	}
}
