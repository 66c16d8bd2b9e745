package terminal

import (
	"io"
	"strings"
	"time"

	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// Tests writes test results; verbose adds the transitions and notifications of each monitor.
func Tests(w io.Writer, run *render.TestRun, verbose bool, s safe.Style) error {
	out := newOutput(w, s)
	for i := range run.Tests {
		t := &run.Tests[i]
		verdict := s.Paint(safe.Green, "PASS")
		switch {
		case !t.Passed:
			verdict = s.Paint(safe.BoldRed, "FAIL")
		case len(t.Warnings) > 0:
			verdict = s.Paint(safe.Yellow, "WARN")
		}
		out.Printf("%s  %s", verdict, safe.Line(t.Name))
		if t.Recording != "" {
			out.Printf("  %s", s.Paint(safe.Dim, "("+safe.Line(t.Recording)+")"))
		}
		out.Println()
		for _, f := range t.Failures {
			out.testFailure(f)
		}
		out.testWarnings(t.Warnings)
	}
	if verbose {
		out.replays(run)
	}
	if run.Coverage != nil {
		out.coverage(run.Coverage)
	}
	tone := safe.BoldGreen
	if run.Failed > 0 {
		tone = safe.BoldRed
	}
	warned := safe.Text("")
	if run.Warned > 0 {
		warned = ", " + safe.Int(run.Warned) + " without data"
	}
	out.Printf("\n%s %s passed, %s failed%s.\n", s.Paint(tone, "Tests:"), safe.Int(run.Passed), safe.Int(run.Failed), warned)
	return out.Flush()
}

func (o output) testFailure(f render.TestFailure) {
	monitor := f.Address
	if f.Group != "" {
		monitor += " (" + f.Group + ")"
	}
	o.Printf("\n  %s\n", o.Paint(safe.Bold, safe.Line(monitor)))
	if f.Range != nil {
		o.Printf("    %s\n", safe.Line(f.Range.Filename)+":"+safe.Int(f.Range.Start.Line)+":"+safe.Int(f.Range.Start.Column))
	}
	o.labelled("expected", f.Expected)
	o.labelled("actual", f.Actual)
	if f.Timeline != "" {
		o.Println()
		for line := range strings.SplitSeq(strings.TrimRight(f.Timeline, "\n"), "\n") {
			o.Println(("    " + safe.Line(line)).TrimTrailingSpaces())
		}
	}
	o.Println()
}

// testWarnings writes the expectations that hold only for lack of data.
func (o output) testWarnings(list []render.TestWarning) {
	for _, w := range list {
		o.Printf("\n  %s\n", o.Paint(safe.Bold, safe.Line(w.Address)))
		if w.Range != nil {
			o.Printf("    %s\n", safe.Line(w.Range.Filename)+":"+safe.Int(w.Range.Start.Line)+":"+safe.Int(w.Range.Start.Column))
		}
		for _, line := range safe.Line(w.Text + ". If it is missing on purpose, declare it with an absent block in the recording.").Wrap(o.Columns() - 4) {
			o.Printf("    %s\n", line)
		}
	}
	if len(list) > 0 {
		o.Println()
	}
}

// labelled writes wrapped text after a label.
func (o output) labelled(label safe.Text, text string) {
	for i, line := range safe.Line(text).Wrap(o.Columns() - 15) {
		if i > 0 {
			label = ""
		}
		o.Printf("    %s %s\n", label.Pad(9), line)
	}
}

// replays shows each replay once, with the names of the tests that check it.
func (o output) replays(run *render.TestRun) {
	for i, r := range run.Replays {
		o.Printf("\n%s\n", o.Paint(safe.Bold, safe.Line(r.Recording)))
		for _, t := range run.Tests {
			if t.Replay == i {
				o.Printf("  %s\n", o.Paint(safe.Dim, "test "+safe.Quote(t.Name)))
			}
		}
		o.replayed(r.Monitors)
	}
}

// Replay writes the transitions and notifications of monitors over a recording.
func Replay(w io.Writer, name string, monitors []render.Replayed, s safe.Style) error {
	out := newOutput(w, s)
	out.Printf("%s\n", s.Paint(safe.Bold, safe.Line(name)))
	out.replayed(monitors)
	return out.Flush()
}

func (o output) replayed(monitors []render.Replayed) {
	for _, m := range monitors {
		o.Printf("\n  %s\n", o.Paint(safe.Bold, safe.Line(m.Address)))
		switch {
		case m.Reason != "":
			o.labelled("", m.Reason)
			continue
		case m.NoData:
			o.Println(safe.Text("    no data in any evaluation"))
		case len(m.Transitions) == 0:
			o.Println(safe.Text("    no transitions"))
		}
		for _, u := range m.Unrecorded {
			o.labelled("missing", u.Text)
		}
		for _, t := range m.Transitions {
			o.Printf("    %s  %s\n", timeRange(t), o.transition(t))
		}
		for _, n := range m.Notifications {
			o.notification(n)
		}
	}
}

// notification writes the recipients, and the first lines of the message.
func (o output) notification(n render.Notification) {
	group := safe.Text("")
	if n.Group != "*" {
		group = safe.Line(n.Group) + "  "
	}
	recipients := safe.Text("no one")
	if len(n.Handles) > 0 {
		recipients = safe.Line(strings.Join(n.Handles, " "))
	}
	o.Printf("    %s  %s%s\n", safe.Time(n.At, time.TimeOnly), group, o.Paint(safe.Cyan, safe.Line(n.Kind)+", notifies "+recipients))
	shown := 0
	for text := range strings.SplitSeq(n.Title+"\n"+n.Message, "\n") {
		line := safe.Line(strings.TrimSpace(text))
		if line == "" {
			continue
		}
		if shown++; shown > messageLines {
			o.Printf("              %s\n", o.Paint(safe.Dim, "..."))
			break
		}
		o.Printf("              %s\n", o.Paint(safe.Dim, line))
	}
}

// messageLines is the number of lines shown of a message; --json and --html have the whole message.
const messageLines = 4

// timeRange writes the time of a transition, or its earliest and latest time.
func timeRange(t render.Transition) safe.Text {
	if t.Earliest.Equal(t.Latest) {
		return safe.Time(t.Earliest, time.TimeOnly)
	}
	return safe.Time(t.Earliest, time.TimeOnly) + "-" + safe.Time(t.Latest, time.TimeOnly)
}

func (o output) transition(t render.Transition) safe.Painted {
	tones := map[string]safe.Tone{"Alert": safe.Red, "Warn": safe.Yellow, "OK": safe.Green}
	var group safe.Text
	if t.Group != "*" {
		group = safe.Line(t.Group) + "  "
	}
	from := safe.Line(t.From)
	if from == "Gone" { // Datadog has no such status
		from = "new group"
	}
	text := safe.Concat(group, from+" -> ", o.shown(tones[t.To], t.To))
	if t.Value != nil {
		text = safe.Concat(text, "  ("+safe.Float(*t.Value, 'g', 6)+")")
	}
	if t.Share < 0.999 {
		text = safe.Concat(text, o.Paint(safe.Dim, "  in "+safe.Float(100*t.Share, 'f', 0)+" % of the seconds of evaluation"))
	}
	return text
}
