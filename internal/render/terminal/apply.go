package terminal

import (
	"io"
	"time"

	"ddmon/internal/apply"
	"ddmon/internal/render/safe"
)

// Event writes a progress line for an object. Some events have no line.
func Event(w io.Writer, e apply.Event, took time.Duration, s safe.Style) error {
	out := newOutput(w, s)
	var text safe.Painted
	switch e.Phase {
	case apply.Started:
		text = out.Paint(safe.Plain, startedText(e))
	case apply.Done:
		text = out.Paint(safe.Plain, doneText(e, took))
	case apply.Failed:
		text = safe.Concat(out.Paint(safe.Red, "Failed"), " after "+seconds(took))
	case apply.Skipped: // Skipped lists them together
	}
	if text != "" {
		out.Println(out.Paint(safe.Bold, safe.Line(e.Address.String())+":"), safe.Text(" "), text)
	}
	return out.Flush()
}

// Waiting writes a line about an object that is still in flight.
func Waiting(w io.Writer, e apply.Event, took time.Duration, s safe.Style) error {
	out := newOutput(w, s)
	var what safe.Text
	switch e.Step {
	case apply.Create:
		what = "creating"
	case apply.Update:
		what = "modifying"
	case apply.Delete:
		what = "destroying"
	case apply.Mark:
		what = "marking as replaced"
	default:
		what = "validating"
	}
	elapsed := safe.Line(took.Truncate(time.Second).String())
	out.Println(out.Paint(safe.Bold, safe.Line(e.Address.String())+":"), " Still "+what+"... ("+elapsed+" elapsed)")
	return out.Flush()
}

// idOf is the suffix with the id of an event's object; empty without an id.
func idOf(e apply.Event) safe.Text {
	if e.ID == "" {
		return ""
	}
	return " [id=" + safe.Line(e.ID) + "]"
}

func startedText(e apply.Event) safe.Text {
	switch e.Step {
	case apply.Create:
		return "Creating..."
	case apply.Update:
		return "Modifying..." + idOf(e)
	case apply.Delete:
		return "Destroying..." + idOf(e)
	case apply.Mark:
		return "Marking as replaced..." + idOf(e)
	default:
		return ""
	}
}

func doneText(e apply.Event, took time.Duration) safe.Text {
	if e.Theirs {
		return "Created by a concurrent run" + idOf(e)
	}
	var what safe.Text
	switch e.Step {
	case apply.Create:
		what = "Creation complete"
	case apply.Update:
		what = "Modifications complete"
	case apply.Delete:
		what = "Destruction complete"
	default:
		return ""
	}
	return what + " after " + seconds(took) + idOf(e)
}

func seconds(d time.Duration) safe.Text { return safe.Float(d.Seconds(), 'f', 1) + "s" }

// maxSkipped is the number of skipped objects that are listed. After an interruption there can be many.
const maxSkipped = 10

// Skipped lists the objects that apply skipped, with the reasons.
func Skipped(w io.Writer, r *apply.Result, s safe.Style) error {
	out := newOutput(w, s)
	if r.Skipped > 0 {
		out.Println(out.Paint(safe.Yellow, "Skipped:"))
	}
	shown := 0
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Status != apply.StatusSkipped {
			continue
		}
		if shown++; shown > maxSkipped {
			out.Printf("  and %s more\n", safe.Int(r.Skipped-maxSkipped))
			break
		}
		out.Printf("  %s: %s\n", safe.Line(o.Address.String()), safe.Line(o.Reason))
	}
	return out.Flush()
}

// Outcome writes the last line of a run: "Apply complete! Resources: 1 added, 0 changed, 0 destroyed." verb is Apply or
// Destroy.
func Outcome(w io.Writer, verb string, r *apply.Result, s safe.Style) error {
	out := newOutput(w, s)
	text, tone := safe.Line(verb)+" complete!", safe.BoldGreen
	switch {
	case r.Interrupted:
		text, tone = safe.Line(verb)+" interrupted.", safe.BoldYellow
	case !r.OK():
		text, tone = safe.Line(verb)+" incomplete.", safe.BoldRed
	}
	out.Printf("\n%s Resources: %s added, %s changed, %s destroyed", out.Paint(tone, text), safe.Int(r.Added), safe.Int(r.Changed), safe.Int(r.Destroyed))
	if r.Failed+r.Skipped > 0 {
		out.Printf(", %s failed, %s skipped", safe.Int(r.Failed), safe.Int(r.Skipped))
	}
	out.Println(safe.Text("."))
	return out.Flush()
}
