package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// TestRecordedBodies loads what was sent to Datadog to make monitors and dashboards, as json = jsondecode(file(...)),
// and finds it unchanged but for what only the server sets and what the query implies.
func TestRecordedBodies(t *testing.T) {
	corpus := os.Getenv("DDMON_CORPUS")
	if corpus == "" {
		t.Skip("DDMON_CORPUS names no folder of recordings")
	}
	var text strings.Builder
	text.WriteString("stack \"s\" {}\n")
	files, want := map[string]string{}, map[object.Address]map[string]any{}
	for _, k := range kind.Names() {
		names, err := filepath.Glob(filepath.Join(corpus, "api", k+"s", "[0-9][0-9][0-9]-create-*.json"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no recordings of %ss: %v", k, err)
		}
		for i, name := range names {
			request := recordedRequest(t, name)
			raw, err := json.Marshal(request)
			if err != nil || request == nil {
				t.Fatal(name, err)
			}
			a := object.Address{Kind: k, Name: fmt.Sprintf("r%d", i)}
			files[a.String()+".json"], want[a] = string(raw), request
			fmt.Fprintf(&text, "%s %q {\n  json = jsondecode(file(\"%s.json\"))\n}\n", k, a.Name, a)
		}
	}
	files["main.hcl"] = text.String()
	s, diags := Load(Options{Dir: ddtest.Folder(t, files)})
	if diags.HasErrors() {
		t.Error(describe(diags))
	}
	for _, o := range s.Objects {
		body := expected(kind.Named(o.Address.Kind), want[o.Address])
		if !object.Equal(any(body), any(o.Body)) {
			t.Errorf("%s: want -, got +:\n%s", o.Address, cmp.Diff(body, o.Body))
		}
	}
	t.Logf("%d objects of %d recordings, %d warnings", len(s.Objects), len(want), len(diags))
}

func recordedRequest(t *testing.T, name string) map[string]any {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	v, err := object.Decode(raw)
	if err != nil {
		t.Fatal(name, err)
	}
	request, _ := v.(map[string]any)["request"].(map[string]any)
	return request
}

// expected is what has to become of a recorded request.
func expected(k *kind.Kind, request map[string]any) map[string]any {
	body := withoutReadOnly(k.Body, request).(map[string]any)
	for _, implied := range k.Implied(body) {
		body = with(body, implied.Path, implied.Value).(map[string]any)
	}
	return body
}
