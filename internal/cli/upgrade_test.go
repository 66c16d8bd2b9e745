package cli_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/cli"
	"ddmon/internal/sandbox"
)

// upgradeFolder holds the objects that earlier versions left in Datadog; see its README.md.
const upgradeFolder = "testdata/upgrade"

// plannedChange is what an earlier version planned for an object.
type plannedChange struct {
	Address       string `json:"address"`
	Action        string `json:"action"`
	ID            string `json:"id,omitempty"`
	EditedOutside bool   `json:"edited_outside,omitempty"`
}

// editions are the folders of earlier versions.
func editions(t *testing.T) []string {
	t.Helper()
	stacks, err := filepath.Glob(filepath.Join(repository, upgradeFolder, "*", "stack.hcl"))
	if err != nil || len(stacks) == 0 {
		t.Fatalf("no editions: %v", err)
	}
	for i := range stacks {
		stacks[i] = filepath.Dir(stacks[i])
	}
	return stacks
}

// recordedDatadog answers reads with the objects of an earlier version, byte for byte as they were, and counts writes.
type recordedDatadog struct {
	monitors, dashboards []map[string]any
	writes               []string
}

func openRecorded(t *testing.T, edition string) *recordedDatadog {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(edition, "objects.json"))
	if err != nil {
		t.Fatal(err)
	}
	var objects struct{ Monitors, Dashboards []map[string]any }
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&objects); err != nil {
		t.Fatal(err)
	}
	return &recordedDatadog{monitors: objects.Monitors, dashboards: objects.Dashboards}
}

func (d *recordedDatadog) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := func(v any) { _ = json.NewEncoder(w).Encode(v) }
	id, isOne := strings.CutPrefix(r.URL.Path, "/api/v1/dashboard/")
	switch {
	case strings.HasSuffix(r.URL.Path, "/validate"):
		answer(map[string]any{})
	case strings.HasSuffix(r.URL.Path, "/can_delete"):
		answer(map[string]any{"data": map[string]any{"ok": []any{}}, "errors": nil})
	case r.Method != http.MethodGet:
		d.writes = append(d.writes, r.Method+" "+r.URL.Path)
		w.WriteHeader(http.StatusForbidden)
	case isOne:
		at := slices.IndexFunc(d.dashboards, func(o map[string]any) bool { return o["id"] == id })
		if at < 0 {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		answer(d.dashboards[at])
	case r.URL.Path == "/api/v1/dashboard":
		answer(map[string]any{"dashboards": d.dashboards})
	case r.URL.Path == "/api/v1/monitor":
		answer(d.monitors)
	default: // kinds that the first edition did not have
		answer(map[string]any{"data": []any{}})
	}
}

// runStack runs a command in a folder, and returns its exit code and output.
func runStack(dir string, environ []string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	app := &cli.App{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: time.Now, Environ: environ}
	code = app.Run(context.Background(), append([]string{"-C", dir}, args...))
	return code, out.String(), errs.String()
}

// TestUpgradePlansNothing: for the objects of every earlier version, this version plans the same changes, owns the same
// objects under the same addresses, and writes nothing for objects that match the configuration.
func TestUpgradePlansNothing(t *testing.T) {
	for _, edition := range editions(t) {
		t.Run(filepath.Base(edition), func(t *testing.T) {
			datadog := openRecorded(t, edition)
			server := httptest.NewServer(datadog)
			defer server.Close()
			environ := []string{"DD_HOST=" + server.URL, "DD_API_KEY=k", "DD_APP_KEY=k"}
			code, out, errs := runStack(edition, environ, "plan", "--json")
			if code != 0 {
				t.Fatalf("exit code %d\n%s%s", code, out, errs)
			}
			checkPlanned(t, edition, out)
			if len(datadog.writes) > 0 {
				t.Errorf("plan writes: %q", datadog.writes)
			}
			checkDrift(t, edition, environ)
		})
	}
}

// checkPlanned compares a plan with the plan of the earlier version.
func checkPlanned(t *testing.T, edition, document string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(edition, "plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want []plannedChange
	var got struct{ Changes []plannedChange }
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(document), &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got.Changes); d != "" {
		t.Errorf("this version plans different changes (-then +now):\n%s", d)
	}
}

// checkDrift checks that drift reports exactly the changes of the plan.
func checkDrift(t *testing.T, edition string, environ []string) {
	t.Helper()
	code, out, errs := runStack(edition, environ, "drift")
	if code != 2 || strings.Contains(out, "contested") {
		t.Errorf("drift: exit code %d\n%s%s", code, out, errs)
	}
}

// TestUpgradeOfTheSandbox: the sandbox file of an earlier version opens and contains the same objects. An apply makes
// the pending changes; then no changes remain, and the changed objects have a marker of this version.
func TestUpgradeOfTheSandbox(t *testing.T) {
	for _, edition := range editions(t) {
		t.Run(filepath.Base(edition), func(t *testing.T) {
			dir := t.TempDir()
			copyEdition(t, edition, dir)
			code, out, errs := runStack(dir, nil, "plan", "--json", "--sandbox")
			if code != 0 {
				t.Fatalf("exit code %d\n%s%s", code, out, errs)
			}
			checkPlanned(t, edition, out)
			if code, out, errs = runStack(dir, nil, "apply", "--sandbox", "--auto-approve"); code != 0 {
				t.Fatalf("exit code %d\n%s%s", code, out, errs)
			}
			if code, out, _ = runStack(dir, nil, "plan", "--sandbox", "--detailed-exitcode"); code != 0 {
				t.Errorf("after the apply: exit code %d\n%s", code, out)
			}
			box, err := sandbox.Open(filepath.Join(dir, ".ddmon", "sandbox.db"), sandbox.Options{Now: time.Now, LockWait: 10 * time.Second})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = box.Close() }()
			checkRenewed(t, box)
		})
	}
}

// checkRenewed checks that changed objects have the time of the write, and that other objects are unchanged.
func checkRenewed(t *testing.T, box http.Handler) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/api/v1/monitor", nil)
	r.Header.Set("DD-API-KEY", "k")
	r.Header.Set("DD-APPLICATION-KEY", "k")
	w := httptest.NewRecorder()
	box.ServeHTTP(w, r)
	var monitors []struct {
		Name string
		Tags []string
	}
	if err := json.Unmarshal(w.Body.Bytes(), &monitors); err != nil {
		t.Fatal(err)
	}
	for _, m := range monitors {
		written := m.Name == "Edited by hand" || m.Name == "Errors in the log"
		dated := slices.ContainsFunc(m.Tags, func(tag string) bool { return strings.HasPrefix(tag, "ddmon_fp:0.2/") })
		if written != dated {
			t.Errorf("%s: %q", m.Name, m.Tags)
		}
	}
}

// copyEdition creates a stack of an earlier version with its sandbox.
func copyEdition(t *testing.T, edition, dir string) {
	t.Helper()
	stack, err := os.ReadFile(filepath.Join(edition, "stack.hcl"))
	if err != nil {
		t.Fatal(err)
	}
	packed, err := os.Open(filepath.Join(edition, "sandbox.db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = packed.Close() }()
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, ".ddmon"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"stack.hcl": stack, filepath.Join(".ddmon", "sandbox.db"): data} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
