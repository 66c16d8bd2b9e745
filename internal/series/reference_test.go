package series

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/lang"
)

// TestKeys: the description of logs and events lists the keys that their lines can have.
func TestKeys(t *testing.T) {
	for _, c := range []struct {
		described *lang.BlockType
		line      any
	}{{logsType, logLine{}}, {eventsType, eventLine{}}} {
		var decoded []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(c.line)) {
			decoded = append(decoded, f.Tag.Get("json"))
		}
		slices.Sort(decoded)
		if got := slices.Sorted(slices.Values(c.described.KeyNames())); !slices.Equal(got, decoded) {
			t.Errorf("%s: described %q, decoded %q", c.described.Name, got, decoded)
		}
	}
}

// TestKeyValues: the example of a key is valid, and a value of another type is not.
func TestKeyValues(t *testing.T) {
	for _, b := range []*lang.BlockType{logsType, eventsType} {
		key := func(name, example string) string { return `"` + name + `": ` + example }
		for _, k := range b.Keys {
			line := "{" + key("timestamp", b.Keys[0].Example) + "}\n"
			if k.Name != "timestamp" {
				line = "{" + key("timestamp", b.Keys[0].Example) + ", " + key(k.Name, k.Example) + "}\n"
			}
			text := "note = \"n\"\nstart = \"2026-03-02T14:00:00Z\"\nend = \"2026-03-02T15:00:00Z\"\n" + b.Name + " \"lines.jsonl\" {}\n"
			if _, found := load(text, map[string]string{"lines.jsonl": line}); len(found) > 0 {
				t.Errorf("%s: the example of %s is refused: %s", b.Name, k.Name, found)
			}
			line = "{" + key("timestamp", b.Keys[0].Example) + ", " + key(k.Name, "true") + "}\n"
			if _, found := load(text, map[string]string{"lines.jsonl": line}); len(found) == 0 {
				t.Errorf("%s: %s can be true", b.Name, k.Name)
			}
		}
	}
}

func TestTimeColumn(t *testing.T) {
	const csv = "date,orders,returns\n2025-11-09T14:00:00Z,1,2\n1762696815,3,\n"
	series := func(attributes string) string {
		return header + "series \"a.b\" {\n  type = \"gauge\"\n  csv = \"a.csv\"\n" + attributes + "}\n"
	}
	r, found := load(series("  time_column = \"date\"\n  column = \"orders\"\n"), map[string]string{"a.csv": csv})
	if len(found) > 0 || r.Series[0].Segments[0].Count != 2 {
		t.Fatal(found)
	}
	_, found = load(series("  column = \"orders\"\n"), map[string]string{"a.csv": csv})
	if len(found) != 1 || !strings.Contains(found[0], "including timestamp and orders") || !strings.Contains(found[0], "set column and time_column") {
		t.Error(found)
	}
	_, found = load(header+"series \"a.b\" {\n  type = \"gauge\"\n  values = \"1\"\n  time_column = \"date\"\n}\n", nil)
	if len(found) != 1 || !strings.Contains(found[0], "time_column without csv") {
		t.Error(found)
	}
}
