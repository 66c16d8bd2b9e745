package terminal

import (
	"strconv"
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

// effects are the headings of the mutants that no test detects.
var effects = []struct {
	effect  string
	heading safe.Text
}{
	{"missed", "A problem would notify fewer people or no one, and all tests would pass:"},
	{"false_alarm", "People would be notified without a reason, and all tests would pass:"},
	{"delayed", "People would be notified earlier or later, and all tests would pass:"},
	{"repeated", "Repeated notifications or recoveries would change, and all tests would pass:"},
	{"status_only", "Only the status would change, and all tests would pass:"},
}

// mutants counts the mutants, and lists those that no test detects.
func (o output) mutants(c *render.Coverage) {
	counts := map[string]int{}
	for _, m := range c.Mutants {
		counts[m.Verdict]++
	}
	o.Printf("\n%s %s: %s detected, %s survived, %s not in any recording, %s equivalent\n", o.Paint(safe.Bold, "Mutation"),
		safe.Count(len(c.Mutants), "change"), safe.Int(counts["detected"]), safe.Int(counts["survived"]), safe.Int(counts["unrecorded"]), safe.Int(counts["equivalent"]))
	if c.Detectable > 0 {
		o.Printf("The tests detect %s of the %s that can be detected.\n", safe.Line(strconv.FormatFloat(c.Percent(), 'f', -1, 64)+"%"), safe.Count(c.Detectable, "change"))
	}
	for _, e := range effects {
		o.gaps(c.Mutants, e.effect, e.heading)
	}
	if len(c.Untested) > 0 {
		o.Println()
	}
	for _, address := range c.Untested {
		o.Printf("  %s  %s survives every mutation: add a test that covers it\n", o.Paint(safe.Red, "-"), safe.Line(address))
	}
}

// gaps writes the mutants with an effect that no test detects. Mutants of the same field with the same hint are one
// entry.
func (o output) gaps(mutants []render.Mutant, effect string, heading safe.Text) {
	type entry struct{ address, field, from, hint string }
	var entries []entry
	values := map[entry][]string{}
	for _, m := range mutants {
		if m.Effect != effect || m.Verdict != "survived" && m.Verdict != "unrecorded" {
			continue
		}
		e := entry{m.Address, m.Field, m.From, m.Hint}
		if values[e] == nil {
			entries = append(entries, e)
		}
		values[e] = append(values[e], m.To)
	}
	if len(entries) > 0 {
		o.Printf("\n%s\n", heading)
	}
	for _, e := range entries {
		o.Printf("  %s  %s: %s %s -> %s\n", o.Paint(safe.Yellow, "~"), safe.Line(e.address), safe.Line(e.field), safe.Line(e.from), safe.Line(strings.Join(values[e], ", ")))
		o.Printf("       %s\n", o.Paint(safe.Dim, safe.Line(e.hint)))
	}
}
