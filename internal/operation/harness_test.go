package operation_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/apply"
	"ddmon/internal/ddapi"
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/operation"
	"ddmon/internal/plan"
	"ddmon/internal/sandbox"
)

// depth is a monitor whose threshold is $.
const depth = `monitor "depth" {
  name    = "depth"
  type    = "query alert"
  query   = "min(last_1m):sum:queue.depth{*} > $"
  message = "queue is long @pager"
  tags    = ["team:shop"]
}
`

// both refers to the monitor depth.
const both = `monitor "both" {
  name    = "both"
  type    = "composite"
  query   = "${monitor.depth.id} && ${monitor.depth.id}"
  message = "both @pager"
  tags    = ["team:shop"]
}
`

// other is depth under another name.
var other = strings.ReplaceAll(threshold("5"), `"depth"`, `"other"`)

// threshold is depth with a threshold.
func threshold(value string) string { return strings.ReplaceAll(depth, "$", value) }

// write writes files in a folder.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// workspace creates the folder of the stack shop with these blocks.
func workspace(t *testing.T, blocks string) *operation.Workspace {
	t.Helper()
	temp := t.TempDir()
	w := &operation.Workspace{Dir: t.TempDir(), TempDir: func() (string, error) { return os.MkdirTemp(temp, "") }}
	t.Cleanup(func() {
		if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
			t.Error("temporary files remain", left, err)
		}
	})
	edit(t, w, blocks)
	return w
}

// edit replaces the blocks of a stack.
func edit(t *testing.T, w *operation.Workspace, blocks string) {
	t.Helper()
	write(t, w.Dir, map[string]string{"stack.hcl": "stack \"shop\" {}\n" + blocks})
}

// datadog returns a client of an in-memory sandbox.
func datadog(t *testing.T) *ddapi.Client {
	return datadogBehind(t, func(box http.Handler) http.Handler { return box })
}

// datadogBehind returns a client of an in-memory sandbox behind another handler.
func datadogBehind(t *testing.T, wrap func(http.Handler) http.Handler) *ddapi.Client {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(wrap(box))
	t.Cleanup(func() {
		server.Close()
		_ = box.Close()
	})
	client, err := ddapi.New(ddapi.Config{APIKey: "k", AppKey: "k", Host: server.URL, Sleep: noSleep})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func noSleep(context.Context, time.Duration) error { return nil }

// input reads a stack without errors for plan.Build.
func input(t *testing.T, w *operation.Workspace) operation.Input {
	t.Helper()
	stack, diags := w.Load(t.Context())
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return operation.Input{Workspace: w, Stack: stack, Build: plan.Build, Parallel: 2}
}

// planned returns the plan of an input.
func planned(t *testing.T, client operation.Datadog, in operation.Input) *operation.Planned {
	t.Helper()
	p, err := operation.Plan(t.Context(), client, in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// applied applies the stack and returns its plan.
func applied(t *testing.T, client *ddapi.Client, w *operation.Workspace) *operation.Planned {
	t.Helper()
	p := planned(t, client, input(t, w))
	if r := operation.Apply(t.Context(), client, p, func(apply.Event) {}); !r.OK() {
		t.Fatalf("%+v", r)
	}
	return p
}

// actions formats the actions of a plan: "monitor.a create, monitor.b delete".
func actions(p *plan.Plan) string {
	var list []string
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action != plan.NoOp {
			list = append(list, c.Address.String()+" "+string(c.Action))
		}
	}
	return strings.Join(list, ", ")
}

// codes formats the codes of diagnostics, in order.
func codes(diags hcl.Diagnostics) string {
	list := make([]string, len(diags))
	for i, d := range diags {
		list[i] = diag.Code(d)
	}
	return strings.Join(list, " ")
}

// editOutside changes the message of the monitor depth in Datadog, like a user.
func editOutside(t *testing.T, client *ddapi.Client) {
	t.Helper()
	monitors := kind.Named("monitor")
	listing, err := client.List(t.Context(), monitors, object.StackSlug("shop"))
	if err != nil || len(listing.Owned) == 0 {
		t.Fatal(listing, err)
	}
	for _, raw := range listing.Owned {
		if raw["name"] != "depth" {
			continue
		}
		if _, err := client.Update(t.Context(), monitors, plan.FromLive(monitors, raw).ID, map[string]any{"message": "edited @pager"}, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// bodyText returns a body as JSON.
func bodyText(t *testing.T, body map[string]any) string {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
