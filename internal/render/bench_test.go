package render_test

import (
	"io"
	"slices"
	"strconv"
	"testing"

	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/markdown"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

// manyChanges is a plan with the changes of everything, 100 times.
func manyChanges(b *testing.B) *plan.Plan {
	b.Helper()
	one := everything(b)
	all := &plan.Plan{Stack: one.Stack}
	for i := range 100 {
		for _, c := range slices.Clone(one.Changes) {
			c.Address.Name += strconv.Itoa(i)
			all.Changes = append(all.Changes, c)
		}
	}
	return all
}

// BenchmarkPlan writes a plan of 700 changes in each format.
func BenchmarkPlan(b *testing.B) {
	p := manyChanges(b)
	for name, write := range map[string]func(w io.Writer) error{
		"terminal": func(w io.Writer) error {
			return terminal.Plan(w, terminal.View{Plan: shownPlan(p), Now: noon()}, safe.Style{Width: 80, Color: true})
		},
		"markdown": func(w io.Writer) error { return markdown.Plan(w, markdown.Input{Plan: shownPlan(p)}) },
		"json":     func(w io.Writer) error { return machine.JSON(w, planfile.New(shownPlan(p), "test"), "  ") },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := write(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkTests writes the results of 1000 tests.
func BenchmarkTests(b *testing.B) {
	o := outside{func() string { return "a text with a few words in it" }}
	run := o.tests()
	for len(run.Tests) < 1000 {
		run.Tests = append(run.Tests, run.Tests...)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := terminal.Tests(io.Discard, run, true, safe.Style{Width: 80, Color: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDiagnostics writes 300 diagnostics with their lines.
func BenchmarkDiagnostics(b *testing.B) {
	o := outside{func() string { return "a text with a few words in it" }}
	diags, files := o.diagnostics()
	for len(diags) < 300 {
		diags = append(diags, diags...)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := terminal.Diagnostics(io.Discard, files, showDiags(diags), safe.Style{Width: 80, Color: true}); err != nil {
			b.Fatal(err)
		}
	}
}
