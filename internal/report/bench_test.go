package report_test

import (
	"io"
	"testing"

	"ddmon/internal/report"
)

// BenchmarkWrite writes the page of one recorded incident.
func BenchmarkWrite(b *testing.B) {
	page := report.Page{Title: "bench", Sections: []report.Section{section(b, "incident-5")}}
	b.ReportAllocs()
	for b.Loop() {
		if err := report.Write(io.Discard, page); err != nil {
			b.Fatal(err)
		}
	}
}
