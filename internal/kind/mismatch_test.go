package kind

import (
	"fmt"
	"testing"

	"ddmon/internal/object"
)

func TestFirstMismatch(t *testing.T) {
	for _, tt := range []struct{ kind, body, want string }{
		{"monitor", `{"id":1,"name":"a","options":{"thresholds":{"critical":1.5}},"tags":["a"]}`, ""},
		{"monitor", `{"unknown":{"a":[1,null]},"extra":7}`, ""},
		{"monitor", `{"name":null,"options":null,"tags":null}`, ""},
		{"monitor", `{"tags":[null]}`, "tags[0]: <nil>, want [a string]"},
		{"monitor", `{"tags":["a",{"b":1}]}`, "tags[1]: map[b:1], want [a string]"},
		{"monitor", `{"query":5,"name":5}`, "name: 5, want [a string]"},
		{"monitor", `{"options":{"silenced":{"*":null,"a":5}}}`, ""},
		{"monitor", `{"options":{"silenced":[]}}`, "options.silenced: [], want [an object]"},
		{"monitor", `{"restricted_roles":[{"uuid":"a"}]}`, ""},
		{"monitor", `{"restricted_roles":5}`, "restricted_roles: 5, want [a list]"},
		{"monitor", `{"priority":1.5,"options":{"evaluation_delay":1e2}}`, ""},
		{"dashboard", `{"widgets":[{"definition":{"type":"unknown","content":[]}}]}`, ""},
		{"dashboard", `{"widgets":[{"definition":{"type":7}}]}`, "widgets[0].definition.type: 7, want [a string]"},
		{"dashboard", `{"widgets":[{"definition":"x"}]}`, "widgets[0].definition: x, want [an object]"},
	} {
		v, err := object.Decode([]byte(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if m := FirstMismatch(Named(tt.kind).Body, v); m != nil {
			got = fmt.Sprintf("%s: %v, want %v", m.Path, m.Found, m.Want)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.body, got, tt.want)
		}
	}
	if m := FirstMismatch(nil, 7); m != nil {
		t.Error(m)
	}
}
