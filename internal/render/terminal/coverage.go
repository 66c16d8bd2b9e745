package terminal

import (
	"strings"
	"time"

	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// coverage writes what the tests cover.
func (o output) coverage(c *render.Coverage) {
	o.Printf("\n%s\n", o.Paint(safe.Bold, "Coverage"))
	for _, m := range c.Monitors {
		switch {
		case m.Reason != "":
			o.Printf("  %s  %s: %s\n", o.Paint(safe.Yellow, "?"), safe.Line(m.Address), safe.Line(m.Reason))
		case m.Exercised:
			by := append(append([]string(nil), m.Tests...), m.Through...)
			o.Printf("  %s  %s  %s\n", o.Paint(safe.Green, "+"), safe.Line(m.Address), o.Paint(safe.Dim, safe.Line(strings.Join(by, ", "))))
		default:
			o.Printf("  %s  %s: no test makes it alert\n", o.Paint(safe.Red, "-"), safe.Line(m.Address))
		}
	}
	for _, in := range c.Incidents {
		if len(in.DetectedBy) == 0 {
			o.Printf("  %s  %s: no monitor notifies anyone\n", o.Paint(safe.Red, "-"), safe.Line(in.Recording))
			continue
		}
		o.Printf("  %s  %s", o.Paint(safe.Green, "+"), safe.Line(in.Recording))
		for i, by := range in.DetectedBy {
			if i > 0 {
				o.Print(safe.Text(","))
			}
			o.Printf(" detected by %s after %s", safe.Line(by.Address), safe.Line((time.Duration(by.Seconds) * time.Second).String()))
		}
		o.Println()
	}
	o.mutants(c)
}

// mutants counts the mutants, and lists those that no test detects although a recording could show the difference.
func (o output) mutants(c *render.Coverage) {
	counts := map[string]int{}
	for _, m := range c.Mutants {
		counts[m.Verdict]++
	}
	o.Printf("\n%s %s: %s detected, %s survived, %s undetectable with these recordings\n", o.Paint(safe.Bold, "Mutation"),
		safe.Count(len(c.Mutants), "change"), safe.Int(counts["detected"]), safe.Int(counts["survived"]), safe.Int(counts["undetectable"]))
	for _, m := range c.Mutants {
		if m.Verdict == "survived" {
			o.Printf("  %s  %s: %s %s -> %s, and all tests still pass\n", o.Paint(safe.Yellow, "~"), safe.Line(m.Address), safe.Line(m.Field), safe.Line(m.From), safe.Line(m.To))
		}
	}
	for _, address := range c.Untested {
		o.Printf("  %s  %s survives every mutation: add a test that covers it\n", o.Paint(safe.Red, "-"), safe.Line(address))
	}
}
