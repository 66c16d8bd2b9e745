package explain

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/object"
)

// show writes sections as a person reads them.
func show(sections []Section) string {
	var b strings.Builder
	for _, s := range sections {
		b.WriteString(s.Title + "\n")
		for _, line := range s.Lines {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

// decode reads a body as the rest of ddmon holds it: numbers as written, references as object.Text.
func decode(t *testing.T, data []byte) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var body map[string]any
	if err := decoder.Decode(&body); err != nil {
		t.Fatal(err)
	}
	var text object.Text
	if wrapped, err := json.Marshal(body["query"]); err == nil && json.Unmarshal(wrapped, &text) == nil {
		body["query"] = text
	}
	return body
}

// called is what the composites' members are called; one is not known.
func called(id string) string {
	return map[string]string{
		"12": "Load is high", "14": "Disk space",
		"monitor.no_consumer": "shipping-task has no consumer",
	}[id]
}

// TestMonitor explains every body in testdata: the monitors of the repository (shop_…) and one of each kind of query,
// option and message.
func TestMonitor(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d bodies in testdata (%v)", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			got := show(Monitor(decode(t, ddtest.Read(t, file)), called))
			ddtest.Golden(t, strings.TrimSuffix(file, ".json")+".txt", got)
		})
	}
}
