package config

import (
	"encoding/json"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/kind"
)

// TestWithoutNulls: nulls of fields are dropped at every depth, in lists and in fields that are not known; those of maps
// of nullable values and of lists remain.
func TestWithoutNulls(t *testing.T) {
	for _, tt := range []struct{ kind, body, want string }{
		{"monitor", `{"message":null,"name":"n"}`, `{"name":"n"}`},
		{"monitor", `{"options":{"thresholds":{"warning":null,"critical":5}}}`, `{"options":{"thresholds":{"critical":5}}}`},
		{"monitor", `{"options":{"silenced":{"*":null}}}`, `{"options":{"silenced":{"*":null}}}`},
		{"monitor", `{"options":{"variables":[{"name":"a","search":null}]}}`, `{"options":{"variables":[{"name":"a"}]}}`},
		{"monitor", `{"new":{"a":null,"b":[{"c":null}]}}`, `{"new":{"b":[{}]}}`},
		{"monitor", `{"new":[[{"c":null}],null]}`, `{"new":[[{}],null]}`},
		{"dashboard", `{"widgets":[{"id":null,"definition":{"type":"note","content":null}}]}`, `{"widgets":[{"definition":{"type":"note"}}]}`},
	} {
		body := ddtest.Object(t, tt.body)
		withoutNulls(kind.Named(tt.kind).Body, body)
		if got, _ := json.Marshal(body); string(got) != tt.want {
			t.Errorf("%s %s becomes %s, want %s", tt.kind, tt.body, got, tt.want)
		}
	}
}
