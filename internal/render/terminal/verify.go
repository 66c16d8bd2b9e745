package terminal

import (
	"io"
	"strconv"
	"time"

	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// maxGroups is the number of groups of a step that are shown; --json has all.
const maxGroups = 8

// fewGroups is the number of groups that are all shown if they are ok.
const fewGroups = 3

// sparkColumns is the width of a sparkline.
const sparkColumns = 30

// Verification writes the result of a guide: its steps, its conclusions with their evidence, and the outcome.
func Verification(w io.Writer, v *render.Verification, s safe.Style) error {
	out := newOutput(w, s)
	out.Printf("%s at %s", out.shown(safe.Bold, v.Guide), safe.Time(v.At, "2006-01-02 15:04:05 MST"))
	if v.Recording != "" {
		out.Printf(" on %s", safe.Line(v.Recording))
	}
	out.Printf("\n")
	for i := range v.Steps {
		out.step(&v.Steps[i], v.Recording == "")
	}
	for i := range v.Conclusions {
		out.conclusion(&v.Conclusions[i])
	}
	out.verifyOutcome(v)
	return out.Flush()
}

// verdictTones are the tones of verdicts.
var verdictTones = map[string]safe.Tone{"ok": safe.Green, "failed": safe.BoldRed, "unknown": safe.BoldYellow}

// step writes a step, and for live data the number of requests.
func (o output) step(s *render.VerificationStep, live bool) {
	o.Printf("\n%s  %s\n", o.Paint(verdictTones[s.Verdict], safe.Line(s.Verdict).Pad(7)), o.shown(safe.Bold, s.Name))
	if s.Verdict == "unknown" {
		o.indented(safe.Line(s.Sentence + " " + s.Reason))
	} else {
		o.indented(safe.Line(s.Sentence))
	}
	o.Printf("         %s\n", o.Paint(safe.Dim, safe.Line(s.Product+" "+s.Query)))
	if live {
		o.Printf("         %s\n", o.Paint(safe.Dim, safe.Count(s.Requests, "request")))
	}
	o.groups(s.Groups)
	for _, line := range []struct {
		label safe.Text
		line  *render.VerificationLine
	}{{"last before", s.LastBefore}, {"first after", s.FirstAfter}} {
		if line.line != nil {
			o.Printf("         %s %s  %s\n", line.label, safe.Time(line.line.At, time.TimeOnly), safe.Clip(line.line.Text, o.Columns()-32))
		}
	}
	if s.Onset != nil {
		o.Printf("         since %s", safe.Time(*s.Onset, time.TimeOnly))
		if s.OutsideIncident {
			o.Printf(" %s", o.Paint(safe.Yellow, "(outside the incident's phases)"))
		}
		o.Printf("\n")
	}
	if s.RestoredSeconds > 0 {
		o.Printf("         ok again %s after the remediation\n", elapsed(s.RestoredSeconds))
	}
}

// groups writes the answers by group: those that are not ok first, and a number of the others.
func (o output) groups(groups []render.VerificationGroup) {
	shown := 0
	for _, g := range groups {
		if g.Verdict != "ok" && shown < maxGroups {
			o.group(g)
			shown++
		}
	}
	if shown == 0 && len(groups) <= fewGroups {
		for _, g := range groups {
			o.group(g)
			shown++
		}
	}
	if hidden := len(groups) - shown; hidden > 0 {
		o.Printf("         %s\n", o.Paint(safe.Dim, safe.Count(hidden, "more group")))
	}
}

// group writes the answer for one group: the checks and a sparkline.
func (o output) group(g render.VerificationGroup) {
	text := safe.Text("")
	if g.Group != "*" {
		text = safe.Clip(g.Group, 40) + "  "
	}
	for i, c := range g.Checks {
		if i > 0 {
			text += ", "
		}
		text += safe.Line(c.Attribute + " " + c.Actual + " (expected " + c.Expected + ")")
	}
	o.Printf("         %s", o.Paint(verdictTones[g.Verdict], text))
	if len(g.Points) > 1 {
		var values []float64
		for _, p := range g.Points {
			values = append(values, p.Value)
		}
		o.Printf("  %s", o.Paint(safe.Dim, render.Sparkline(values, sparkColumns)))
	}
	o.Printf("\n")
}

// indented writes a wrapped sentence of a step.
func (o output) indented(text safe.Text) {
	for _, line := range text.Wrap(o.Columns() - 9) {
		o.Printf("         %s\n", line)
	}
}

func (o output) conclusion(c *render.Conclusion) {
	if c.Holds != "yes" {
		if c.Reason != "" {
			o.Printf("\n%s %s: %s\n", o.Paint(safe.Bold, "Not concluded:"), safe.Line(c.Name), safe.Line(c.Reason))
		}
		return
	}
	o.Printf("\n%s %s", o.Paint(safe.BoldRed, "Conclusion:"), o.shown(safe.Bold, c.Name))
	if c.Severity != "" {
		o.Printf(", severity %s", safe.Line(c.Severity))
	}
	o.Printf("\n")
	o.conclusionField("cause", c.Cause)
	o.conclusionField("impact", c.Impact)
	for i, e := range c.Evidence {
		label := safe.Text("evidence")
		if i > 0 {
			label = ""
		}
		at := safe.Text("        ")
		if e.Onset != nil {
			at = safe.Time(*e.Onset, time.TimeOnly)
		}
		after := safe.Text("")
		if e.AfterSeconds > 0 {
			after = "+" + elapsed(e.AfterSeconds)
		}
		for j, line := range safe.Line(e.Sentence).Wrap(o.Columns() - 32) {
			if j > 0 {
				label, at, after = "", "        ", ""
			}
			o.Printf("  %s %s %s %s\n", label.Pad(12), at, after.Pad(7), line)
		}
	}
	o.conclusionField("remediation", c.Remediation)
	o.conclusionField("verify", c.Verify)
	switch c.Recovered {
	case "yes":
		o.conclusionField("recovered", "yes: the condition for recovery holds")
	case "unknown":
		o.conclusionField("recovered", "could not tell")
	}
}

// conclusionField writes a labelled text of a conclusion.
func (o output) conclusionField(label safe.Text, text string) {
	if text == "" {
		return
	}
	for _, line := range safe.Line(text).Wrap(o.Columns() - 15) {
		o.Printf("  %s %s\n", label.Pad(12), line)
		label = ""
	}
}

func (o output) verifyOutcome(v *render.Verification) {
	switch v.Outcome {
	case "healthy":
		o.Printf("\n%s every step is ok.\n", o.Paint(safe.BoldGreen, "Healthy:"))
	case "findings":
		n := 0
		for _, c := range v.Conclusions {
			if c.Holds == "yes" {
				n++
			}
		}
		o.Printf("\n%s %s.\n", o.Paint(safe.BoldRed, "Findings:"), safe.Count(n, "conclusion")+holds(n))
	default:
		var names []safe.Text
		for _, name := range v.Preventing {
			names = append(names, safe.Line(name))
		}
		o.Printf("\n%s no conclusion holds, and not every step is ok: %s.\n", o.Paint(safe.BoldYellow, "Could not tell:"), safe.Join(names, ", "))
	}
}

func holds(n int) safe.Text {
	if n == 1 {
		return " holds"
	}
	return " hold"
}

// elapsed writes a number of seconds as a duration.
func elapsed(s float64) safe.Text {
	d := time.Duration(s * float64(time.Second)).Round(time.Second)
	if d < time.Minute {
		return safe.Line(strconv.Itoa(int(d.Seconds())) + "s")
	}
	return safe.Line(d.String())
}
