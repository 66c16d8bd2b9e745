package terminal

import (
	"strconv"
	"strings"

	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

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

// verdicts are the results of mutants, with their meaning.
var verdicts = []struct {
	verdict string
	meaning safe.Text
}{
	{"detected", "detected: a test fails"},
	{"survived", "not detected: a recording shows the difference, but all tests pass"},
	{"unrecorded", "not in any recording: no recording shows the difference"},
	{"equivalent", "equivalent: no data could show a difference"},
}

// mutants counts the mutants, and lists those that no test detects.
func (o output) mutants(c *render.Coverage) {
	o.Println()
	if c.Failing > 0 {
		tests := safe.Text("a test fails")
		if c.Failing > 1 {
			tests = safe.Int(c.Failing) + " tests fail"
		}
		o.paragraph("Changes: not measured, because " + tests + ". With --coverage, ddmon changes the monitors and counts the changes " +
			"that make a passing test fail. Fix the failing tests first.")
		return
	}
	o.paragraph("Changes: ddmon changed one setting of a monitor at a time (a threshold, a window, a recipient, ...) and repeated the tests.")
	counts := map[string]int{}
	for _, m := range c.Mutants {
		counts[m.Verdict]++
	}
	width := len(strconv.Itoa(len(c.Mutants)))
	for _, v := range verdicts {
		o.Printf("  %s %s\n", safe.Int(counts[v.verdict]).PadLeft(width+2), v.meaning)
	}
	if c.Detectable > 0 {
		o.Printf("  The tests detect %s of the %s that can be detected.\n", safe.Line(strconv.FormatFloat(c.Percent(), 'f', -1, 64)+"%"), safe.Count(c.Detectable, "change"))
	}
	if c.Detected < c.Detectable {
		o.Println()
		o.paragraph("Not detected: the setting, its value -> the changed values, and what would detect them.")
	}
	for _, e := range effects {
		o.gaps(c.Mutants, e.effect, e.heading)
	}
	if len(c.Untested) > 0 {
		o.Println()
	}
	for _, address := range c.Untested {
		o.Printf("  %s  No test detects any change of %s. Add a test that expects something of it.\n", o.Paint(safe.Red, "-"), safe.Line(address))
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
	const margin safe.Text = "       "
	if len(entries) > 0 {
		o.Printf("\n%s\n", heading)
	}
	for _, e := range entries {
		o.Printf("  %s  %s: %s %s -> %s\n", o.Paint(safe.Yellow, "~"), safe.Line(e.address), safe.Line(e.field), safe.Line(e.from), safe.Line(strings.Join(values[e], ", ")))
		for _, line := range safe.Line(e.hint).Wrap(o.Columns() - len(margin)) {
			o.Printf("%s%s\n", margin, o.Paint(safe.Dim, line))
		}
	}
}
