// Package recordingtest creates recordings of metrics and logs for tests.
package recordingtest

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/series"
)

// Load loads a recording. It fails the test if the recording is invalid.
func Load(t testing.TB, path string) *series.Recording {
	t.Helper()
	rec, diags := series.Load(path)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return rec
}

// New creates a recording from the content of its recording.hcl, without note and interval, and the files that it refers
// to. The interval is 15 s. Without a line "end = …", the recording is the hour from 2025-01-01T00:00:00Z.
func New(t testing.TB, text string, files map[string]string) *series.Recording {
	t.Helper()
	if !strings.Contains("\n"+text, "\nend = ") {
		text = "start = \"2025-01-01T00:00:00Z\"\nend = \"2025-01-01T01:00:00Z\"\n" + text
	}
	all := maps.Clone(files)
	if all == nil {
		all = map[string]string{}
	}
	all["recording.hcl"] = "note = \"n\"\ninterval = \"15s\"\n" + text
	return Load(t, filepath.Join(ddtest.Folder(t, all), "recording.hcl"))
}

// Gauge returns a series block of type gauge for New. Tags are separated by spaces.
func Gauge(metric, tags, values string) string { return Series(metric, "gauge", tags, values) }

// Series returns a series block for New. Tags are separated by spaces.
func Series(metric, typ, tags, values string) string {
	list := ""
	for tag := range strings.FieldsSeq(tags) {
		list += fmt.Sprintf("%q,", tag)
	}
	return fmt.Sprintf("series %q {\n tags = [%s]\n type = %q\n values = %q\n}\n", metric, list, typ, values)
}
