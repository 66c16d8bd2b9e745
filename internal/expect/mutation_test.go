package expect

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/object"
)

// TestMutants lists the mutants of each form of monitor.
func TestMutants(t *testing.T) {
	asGolden(t, "mutants.txtar", ".mutants", mutantsIn)
}

// mutantsIn lists the mutants of a monitor, one per line, and checks that the monitor itself is unchanged.
func mutantsIn(t *testing.T, text string) string {
	t.Helper()
	v, err := object.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	body := v.(map[string]any)
	var lines strings.Builder
	for _, m := range mutantsOf(&object.Object{Address: object.Address{Kind: "monitor", Name: "m"}, Body: body}) {
		out, from, to, ok := m.change.apply(body)
		if !ok || from != m.From || to != m.To {
			t.Errorf("%+v is %s, %s, %v the second time", m.Mutant, from, to, ok)
		}
		options := out["options"].(map[string]any)
		thresholds, err := json.Marshal(options["thresholds"])
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&lines, "\n%s %s -> %s: %s %s", m.Field, from, to, out["query"], thresholds)
	}
	again, err := object.Decode([]byte(text))
	if err != nil || !object.Equal(again, body) {
		t.Errorf("the monitor itself was changed: %v (%v)", body, err)
	}
	return strings.TrimPrefix(lines.String(), "\n")
}
