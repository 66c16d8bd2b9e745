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
		changed, from, to, ok := m.change.apply(body)
		if !ok || from != m.From || to != m.To {
			t.Errorf("%+v is %s, %s, %v the second time", m.Mutant, from, to, ok)
		}
		fmt.Fprintf(&lines, "\n%s %s -> %s: %s", m.Field, from, to, changedFields(t, body, changed.body()))
	}
	again, err := object.Decode([]byte(text))
	if err != nil || !object.Equal(again, body) {
		t.Errorf("the monitor itself was changed: %v (%v)", body, err)
	}
	return strings.TrimPrefix(lines.String(), "\n")
}

// changedFields formats the fields of a body that differ from another body, and the query.
func changedFields(t *testing.T, before, after map[string]any) string {
	t.Helper()
	text := fmt.Sprint(after["query"])
	for _, name := range []string{"message", "options"} {
		if object.Equal(before[name], after[name]) {
			continue
		}
		data, err := json.Marshal(after[name])
		if err != nil {
			t.Fatal(err)
		}
		text += " " + string(data)
	}
	return text
}
