package replay

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ddmon/internal/series"
)

// recorded writes a recording with the given text and files to a folder and reads it. start, end and interval are
// those of an hour sampled every 15 s, unless the text has them.
func recorded(t testing.TB, text string, files map[string]string) *series.Recording {
	t.Helper()
	if !strings.Contains(text, "end = ") {
		text = "start = \"2025-01-01T00:00:00Z\"\nend = \"2025-01-01T01:00:00Z\"\n" + text
	}
	dir := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("recording.hcl", "note = \"n\"\ninterval = \"15s\"\n"+text)
	for name, content := range files {
		write(name, content)
	}
	rec, diags := series.Load(dir)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return rec
}

// gauge is a series of a recording, sampled every 15 s; tags are separated by blanks.
func gauge(metric, tags, values string) string { return one(metric, "gauge", tags, values) }

func one(metric, typ, tags, values string) string {
	list := ""
	for tag := range strings.FieldsSeq(tags) {
		list += fmt.Sprintf("%q,", tag)
	}
	return fmt.Sprintf("series %q {\n tags = [%s]\n type = %q\n values = %q\n}\n", metric, list, typ, values)
}

// query is a metric monitor; options are keys and values.
func query(q string, options ...any) Monitor { return monitor("query alert", q, options...) }

func monitor(typ, q string, options ...any) Monitor {
	o := map[string]any{}
	for i := 0; i < len(options); i += 2 {
		o[options[i].(string)] = options[i+1]
	}
	body := map[string]any{"type": typ, "query": q, "name": "n", "message": "m @x", "options": o}
	return Monitor{Address: "monitor.m", ID: "1", Body: body}
}

// replayed runs one monitor and returns its result.
func replayed(t testing.TB, rec *series.Recording, m Monitor, o Options) MonitorResult {
	t.Helper()
	r, err := Run([]Monitor{m}, rec, o)
	if err != nil {
		t.Fatal(err)
	}
	return r.Monitors[0]
}

// story is a group's transitions in short: "00:05:00 Alert, 00:09:00 OK".
func story(list []Transition) string {
	var parts []string
	for _, t := range list {
		parts = append(parts, t.At.UTC().Format(time.TimeOnly)+" "+t.To.String())
	}
	return strings.Join(parts, ", ")
}

// only returns the one group of a monitor that was evaluated.
func only(t testing.TB, m MonitorResult) GroupResult {
	t.Helper()
	if !m.Evaluated || len(m.Groups) != 1 {
		t.Fatalf("want one group, got %+v", m)
	}
	return m.Groups[0]
}
