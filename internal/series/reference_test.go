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
	local, found := load(series("  time_column = \"date\"\n  column = \"orders\"\n"), map[string]string{
		"a.csv": "date,orders\n2025-11-09 19:30:00,1\n2025-11-09T19:30:15,2\n2025-11-09 19:30:30.5,3\n",
	})
	if len(found) > 0 || local.Series[0].Segments[0].Start != r.Series[0].Segments[0].Start {
		t.Errorf("a date and time without offset is not in the recording's time zone: %s", found)
	}
	for _, at := range []string{"2025-11-09 19:30", "2025-13-09 19:30:00", "2025-11-09 25:30:00"} {
		if _, found := load(series("  column = \"orders\"\n"), map[string]string{"a.csv": "timestamp,orders\n" + at + ",1\n"}); len(found) != 1 {
			t.Errorf("%s: %s", at, found)
		}
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

// TestLocalTimes: a date and time that clocks skip or show twice is not a time.
func TestLocalTimes(t *testing.T) {
	for at, want := range map[string]string{
		"2025-03-30 01:30:00": "",
		"2025-03-30 02:30:00": "skip",
		"2025-10-26 01:30:00": "",
		"2025-10-26 02:30:00": "twice",
	} {
		text := "note = \"n\"\ntimezone = \"Europe/Berlin\"\nstart = \"" + at[:10] + "T00:00:00Z\"\nend = \"" + at[:10] + "T06:00:00Z\"\ninterval = \"1m\"\n" +
			"series \"a\" {\n  type = \"gauge\"\n  csv = \"a.csv\"\n}\n"
		text = strings.Replace(text, at[:10]+"T00:00:00Z", at[:8]+"01T00:00:00Z", 1)
		_, found := load(text, map[string]string{"a.csv": "timestamp,value\n" + at + ",1\n"})
		if got := strings.Join(found, "\n"); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: want %q, got %s", at, want, got)
		}
	}
}
