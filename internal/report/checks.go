package report

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/expect"
	"ddmon/internal/render/safe"
)

// check is a row of the table of expectations. Monitors with the same result share a row.
type check struct {
	// Span is the number of table rows that the cell with the monitors spans; 0 if the cell of an earlier row spans it.
	Span                             int
	Monitors                         []safe.Text
	MonitorsLeft                     int
	Group, Expected, Actual, Verdict safe.Text
	Margins                          []margin
	Timeline                         safe.Text
	failed                           bool
}

// margin is what remains of a limit. Class is narrow if it is little or nothing.
type margin struct{ Attribute, Text, Class safe.Text }

// Limits of the table of expectations.
const (
	maxChecks        = 200
	maxCheckMonitors = 6
)

// checks returns the rows of the table, failures first; left is the number that are omitted.
func checks(list []expect.Comparison) (rows []check, left int) {
	type key struct {
		at                      hcl.Range
		group, expected, actual string
	}
	known := map[key]int{}
	for i := range list {
		c := &list[i]
		k := key{c.Range, c.Group, c.Expected, c.Actual}
		at, ok := known[k]
		if !ok || !c.Holds {
			at = len(rows)
			rows = append(rows, newCheck(c))
			if c.Holds {
				known[k] = at
			}
		}
		if row := &rows[at]; len(row.Monitors) < maxCheckMonitors {
			row.Monitors = append(row.Monitors, shortAddress(c.Address))
		} else {
			row.MonitorsLeft++
		}
	}
	slices.SortStableFunc(rows, func(a, b check) int { return cmp.Compare(order(a), order(b)) })
	if len(rows) > maxChecks {
		rows, left = rows[:maxChecks], len(rows)-maxChecks
	}
	span(rows)
	return rows, left
}

// span joins the cells of consecutive rows about the same monitors.
func span(rows []check) {
	first := 0
	for i := range rows {
		if rows[i].MonitorsLeft != rows[first].MonitorsLeft || !slices.Equal(rows[i].Monitors, rows[first].Monitors) {
			first = i
		}
		rows[first].Span++
		if rows[i].Timeline != "" {
			rows[first].Span++ // in a row of its own
		}
	}
}

func order(c check) int {
	if c.failed {
		return 0
	}
	return 1
}

func newCheck(c *expect.Comparison) check {
	row := check{
		Group: shown(c.Group, maxName), Expected: shown(c.Expected, maxLine), Actual: shown(c.Actual, maxLine),
		Verdict: "passed", Timeline: shownLines(c.Timeline, maxMessage), failed: !c.Holds,
	}
	if !c.Holds {
		row.Verdict = "failed"
	}
	for _, m := range c.Margins {
		one := margin{Attribute: shown(m.Attribute, maxName), Text: safe.Line(m.String())}
		if m.IsNarrow() {
			one.Class = "narrow"
		}
		row.Margins = append(row.Margins, one)
	}
	return row
}
