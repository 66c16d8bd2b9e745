package config

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// TestRecordedBodies loads recorded create requests as json = jsondecode(file(...)) and checks that the bodies are
// unchanged, except for read-only fields and values that the query implies.
func TestRecordedBodies(t *testing.T) {
	var text strings.Builder
	text.WriteString("stack \"s\" {}\n")
	files, want := map[string]string{}, map[object.Address]map[string]any{}
	for _, k := range kind.All() {
		for i, r := range ddtest.Corpus(t, "api/"+k.Plural) {
			if r.Op != "create" || !r.Accepted() {
				continue
			}
			request := ddtest.Unwrap(r.Request)
			a := object.Address{Kind: k.Name, Name: fmt.Sprintf("r%d", i)}
			files[a.String()+".json"], want[a] = string(request), ddtest.Object(t, string(request))
			fmt.Fprintf(&text, "%s %q {\n  json = jsondecode(file(\"%s.json\"))\n}\n", k.Name, a.Name, a)
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

// expected returns the expected body of a recorded request.
func expected(k *kind.Kind, request map[string]any) map[string]any {
	body := withoutReadOnly(k.Body, request).(map[string]any)
	for _, implied := range k.Implied(body) {
		body = with(body, implied.Path, implied.Value).(map[string]any)
	}
	return body
}
