// Package recordingtest makes recordings of metrics and logs for tests.
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

// Load reads a recording that must be valid.
func Load(t testing.TB, path string) *series.Recording {
	t.Helper()
	rec, diags := series.Load(path)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return rec
}

// New makes a recording of the text of its recording.hcl, which leaves out note and interval, and the files that this
// names. Samples are 15 s apart. Unless the text has a line "end = …", it is an hour from 2025-01-01T00:00:00Z.
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

// Gauge is a series of a recording's text, a gauge; tags are separated by blanks.
func Gauge(metric, tags, values string) string { return Series(metric, "gauge", tags, values) }

// Series is a series of a recording's text; tags are separated by blanks.
func Series(metric, typ, tags, values string) string {
	list := ""
	for tag := range strings.FieldsSeq(tags) {
		list += fmt.Sprintf("%q,", tag)
	}
	return fmt.Sprintf("series %q {\n tags = [%s]\n type = %q\n values = %q\n}\n", metric, list, typ, values)
}
