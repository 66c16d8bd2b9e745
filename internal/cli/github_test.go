package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestJSONIsNoWorkflowCommand: on GitHub Actions, a JSON document has no workflow command in it, and the same content.
func TestJSONIsNoWorkflowCommand(t *testing.T) {
	var out strings.Builder
	w := &escapingWriter{to: &out, document: new(true)}
	const name = "##[add-mask]x ###[error]y\n::error::z"
	if err := json.NewEncoder(w).Encode(name); err != nil {
		t.Fatal(err)
	}
	var read string
	if err := json.Unmarshal([]byte(out.String()), &read); err != nil || read != name {
		t.Errorf("%v, %q of %s", err, read, out.String())
	}
	if strings.Contains(out.String(), "##[") || strings.Contains(out.String(), "\n::") {
		t.Error(out.String())
	}
}
