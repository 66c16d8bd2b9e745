package kind_test

import (
	"testing"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

func TestHasField(t *testing.T) {
	for _, c := range []struct {
		kind            string
		path            object.Path
		known, readOnly bool
	}{
		{"monitor", object.Path{}, false, false},
		{"monitor", object.Path{"name"}, true, false},
		{"monitor", object.Path{"title"}, false, false},
		{"monitor", object.Path{"overall_state"}, true, true},
		{"monitor", object.Path{"options", "thresholds", "critical"}, true, false},
		{"monitor", object.Path{"options", "odd"}, false, false},
		{"monitor", object.Path{"options", "silenced", "host:a"}, false, false}, // the keys of a map are free
		{"monitor", object.Path{"odd", "name"}, false, false},
		{"monitor", object.Path{"tags", 0}, false, false},
		{"dashboard", object.Path{"widgets", 0, "definition", "content"}, true, false}, // of one sort of widget
		{"dashboard", object.Path{"widgets", 3, "definition", "odd"}, false, false},
		{"dashboard", object.Path{"widgets", "definition"}, false, false},
	} {
		if known, readOnly := kind.Named(c.kind).HasField(c.path); known != c.known || readOnly != c.readOnly {
			t.Errorf("%s %s: known %v, read-only %v", c.kind, c.path, known, readOnly)
		}
	}
}
