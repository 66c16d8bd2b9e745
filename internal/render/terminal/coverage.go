package terminal

import (
	"time"

	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// coverage writes what the tests cover.
func (o output) coverage(c *render.Coverage) {
	o.Printf("\n%s\n", o.Paint(safe.Bold, "Coverage"))
	switch {
	case c.NotRun == 1:
		o.paragraph("Of the selected tests only: 1 other test was not run.")
	case c.NotRun > 1:
		o.paragraph("Of the selected tests only: " + safe.Count(c.NotRun, "other test") + " were not run.")
	}
	if len(c.Monitors) > 0 {
		o.Println()
		o.paragraph("Monitors: + a passing test expects an alert, - none does, ? not evaluated")
		o.rows(monitorRows(c.Monitors))
	}
	if len(c.Incidents) > 0 {
		o.Println()
		o.paragraph("Incidents: + a monitor notifies someone, - none does")
		o.rows(incidentRows(c.Incidents))
	}
	o.mutants(c)
}

func monitorRows(monitors []render.MonitorCoverage) []render.Row {
	var rows []render.Row
	for _, m := range monitors {
		row := render.Row{Recording: "+", Subject: safe.Line(m.Address).Clip(maxColumn), Tone: safe.Dim}
		switch {
		case m.Reason != "":
			row.Recording, row.Text, row.Tone = "?", safe.Line(m.Reason), safe.Yellow
		case m.Exercised:
			var by []safe.Text
			for _, name := range m.Tests {
				by = append(by, safe.Quote(name))
			}
			for _, address := range m.Through {
				by = append(by, "as a member of "+safe.Line(address))
			}
			row.Text = some(by)
		default:
			row.Recording, row.Text, row.Tone = "-", "no passing test expects an alert", safe.Red
		}
		rows = append(rows, row)
	}
	return rows
}

func incidentRows(incidents []render.Incident) []render.Row {
	var rows []render.Row
	for _, in := range incidents {
		row := render.Row{Recording: "+", Subject: safe.Line(in.Recording).Clip(maxColumn), Tone: safe.Dim}
		var by []safe.Text
		for _, d := range in.DetectedBy {
			by = append(by, safe.Line(d.Address)+" after "+safe.Line((time.Duration(d.Seconds)*time.Second).String()))
		}
		if row.Text = some(by); len(by) == 0 {
			row.Recording, row.Text, row.Tone = "-", "no monitor notifies anyone", safe.Red
		}
		rows = append(rows, row)
	}
	return rows
}

// maxColumn limits names from outside, because the longest one sets the width of its column.
const maxColumn = 100

// maxListed is how many tests of a monitor, or monitors of an incident, are listed; --json has all.
const maxListed = 5

// some joins the first elements of a list, and counts the others.
func some(list []safe.Text) safe.Text {
	if len(list) <= maxListed {
		return safe.Join(list, ", ")
	}
	return safe.Join(list[:maxListed], ", ") + " and " + safe.Int(len(list)-maxListed) + " more"
}
