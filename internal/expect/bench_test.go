package expect

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// manyTests returns a test for each of n monitors, each with its own series over a day.
func manyTests(n int) (tests []testfile.Test, recording string) {
	var text strings.Builder
	text.WriteString("note = \"made up\"\nstart = \"2025-11-09T00:00:00Z\"\nend = \"2025-11-10T00:00:00Z\"\ninterval = \"60s\"\n")
	var objects []*object.Object
	for i := range n {
		fmt.Fprintf(&text, "series \"m%d\" {\n  type = \"gauge\"\n  values = \"1x700 60x40 1x700\"\n}\n", i)
		address := object.Address{Kind: "monitor", Name: fmt.Sprintf("m%d", i)}
		objects = append(objects, &object.Object{Address: address, Body: map[string]any{
			"name": "m", "type": "query alert", "query": fmt.Sprintf("avg(last_5m):avg:m%d{*} > 50", i), "message": "@a",
			"options": map[string]any{"thresholds": map[string]any{"critical": json.Number("50")}},
		}})
		tests = append(tests, testfile.Test{Name: address.Name, Recording: "rec", Expects: []testfile.Expect{{
			Address: address, Monitors: []object.Address{address}, Status: testfile.StatusAlert, Notifies: []string{"@a"},
		}}})
	}
	for i := range tests {
		tests[i].Objects = objects
	}
	return tests, text.String()
}

// BenchmarkRun runs a test for each of 1,000 monitors. Replays measures the shared replay alone.
func BenchmarkRun(b *testing.B) {
	tests, text := manyTests(1000)
	rec := recordingtest.Load(b, ddtest.Folder(b, map[string]string{"recording.hcl": text}))
	o := Options{Replay: replay.Options{OnePhase: true}}
	b.Run("Replays", func(b *testing.B) {
		for b.Loop() {
			if _, err := replay.Run(Monitors(tests[0].Objects), rec, o.Replay); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Tests", func(b *testing.B) {
		for b.Loop() {
			for _, out := range Run(tests, func(string) (*series.Recording, hcl.Diagnostics) { return rec, nil }, o) {
				if !out.Passed() {
					b.Fatal(describe(out.Failures()))
				}
			}
		}
	})
}

// BenchmarkMutate mutates 100 monitors with a test each.
func BenchmarkMutate(b *testing.B) {
	tests, text := manyTests(100)
	rec := recordingtest.Load(b, ddtest.Folder(b, map[string]string{"recording.hcl": text}))
	o := Options{Parallel: 2}
	outcomes := Run(tests, func(string) (*series.Recording, hcl.Diagnostics) { return rec, nil }, o)
	for b.Loop() {
		list := Mutate(tests[0].Objects, outcomes, o)
		b.ReportMetric(float64(len(list)), "mutants")
	}
}
