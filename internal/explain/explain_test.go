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

// show formats sections as the command prints them.
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

// decode decodes a body the way ddmon represents it: numbers as json.Number, references as object.Text.
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

// called returns the names of the composites' members, except one that is unknown.
func called(id string) string {
	return map[string]string{
		"12": "Load is high", "14": "Disk space",
		"monitor.no_consumer": "shipping-task has no consumer",
	}[id]
}

// TestMonitor explains every body in testdata: the monitors of the sock shop (shop_…) and one for each form of query,
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
