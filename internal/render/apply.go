package render

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"ddmon/internal/apply"
)

// Event writes what is happening to an object as a line; empty for what needs no telling.
func Event(e apply.Event, took time.Duration, s Style) string {
	id := ""
	if e.ID != "" {
		id = " [id=" + Clean(e.ID) + "]"
	}
	begins := map[apply.Step]string{
		apply.Create: "Creating...", apply.Update: "Modifying..." + id, apply.Delete: "Destroying..." + id,
		apply.Mark: "Marking as replaced..." + id,
	}
	ends := map[apply.Step]string{
		apply.Create: "Creation complete", apply.Update: "Modifications complete", apply.Delete: "Destruction complete",
	}
	text := ""
	switch e.Phase {
	case apply.Started:
		text = begins[e.Step]
	case apply.Done:
		if end, ok := ends[e.Step]; e.Theirs {
			text = "Created by another run at the same time" + id
		} else if ok {
			text = fmt.Sprintf("%s after %s%s", end, seconds(took), id)
		}
	case apply.Failed:
		text = s.paint(red, "Failed") + " after " + seconds(took)
	case apply.Skipped:
		return "" // Skipped tells of all of them together
	}
	if text == "" {
		return ""
	}
	return s.paint(bold, Clean(e.Address.String())+":") + " " + text
}

func seconds(d time.Duration) string {
	return fmt.Sprintf("%.1fs", d.Seconds())
}

// skippedShown is how many objects that were not done are named. After an interruption all others are the same.
const skippedShown = 10

// Skipped lists what was not done because of something else.
func Skipped(w io.Writer, r *apply.Result, s Style) error {
	out := bufio.NewWriter(w)
	if r.Skipped > 0 {
		fmt.Fprintf(out, "%s\n", s.paint(yellow, "Not done:"))
	}
	shown := 0
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Status != apply.StatusSkipped {
			continue
		}
		if shown++; shown > skippedShown {
			fmt.Fprintf(out, "  and %d more\n", r.Skipped-skippedShown)
			break
		}
		fmt.Fprintf(out, "  %s: %s\n", Clean(o.Address.String()), Clean(o.Reason))
	}
	return out.Flush()
}

// Outcome is the last line of a run: Apply complete! Resources: 1 added, 0 changed, 0 destroyed.
func Outcome(verb string, r *apply.Result, s Style) string {
	text, color := verb+" complete!", bold+";"+green
	switch {
	case r.Interrupted:
		text, color = verb+" interrupted.", bold+";"+yellow
	case !r.OK():
		text, color = verb+" incomplete.", bold+";"+red
	}
	line := fmt.Sprintf("%s Resources: %d added, %d changed, %d destroyed", s.paint(color, text), r.Added, r.Changed, r.Destroyed)
	if r.Failed+r.Skipped > 0 {
		line += fmt.Sprintf(", %d failed, %d not done", r.Failed, r.Skipped)
	}
	return "\n" + line + "."
}

// EventJSON is an event as JSON.
func EventJSON(e apply.Event, took time.Duration) any {
	j := eventJSON{
		Type: "apply_" + string(e.Phase), Address: e.Address.String(), Action: string(e.Action), Step: string(e.Step),
		ID: e.ID, Reason: e.Reason, Theirs: e.Theirs, Seconds: took.Seconds(),
	}
	if e.Err != nil {
		j.Error = e.Err.Error()
	}
	return j
}

type eventJSON struct {
	Type    string  `json:"type"`
	Address string  `json:"address"`
	Action  string  `json:"action"`
	Step    string  `json:"step,omitempty"`
	ID      string  `json:"id,omitempty"`
	Error   string  `json:"error,omitempty"`
	Reason  string  `json:"reason,omitempty"`
	Theirs  bool    `json:"by_another_run,omitempty"`
	Seconds float64 `json:"elapsed_seconds"`
}

// ApplyJSON is the result of a run as JSON.
func ApplyJSON(r *apply.Result) any {
	j := resultJSON{
		Type: "apply_summary", OK: r.OK() && !r.Interrupted, Added: r.Added, Changed: r.Changed, Destroyed: r.Destroyed,
		Failed: r.Failed, Skipped: r.Skipped, Interrupted: r.Interrupted,
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Status == apply.StatusUnchanged {
			continue
		}
		out := outcomeJSON{
			Address: o.Address.String(), Action: string(o.Action), Status: string(o.Status), ID: o.ID, Reason: o.Reason,
		}
		if o.Err != nil {
			out.Error = o.Err.Error()
		}
		j.Outcomes = append(j.Outcomes, out)
	}
	return j
}

type resultJSON struct {
	Type        string        `json:"type"`
	OK          bool          `json:"ok"`
	Added       int           `json:"added"`
	Changed     int           `json:"changed"`
	Destroyed   int           `json:"destroyed"`
	Failed      int           `json:"failed"`
	Skipped     int           `json:"skipped"`
	Interrupted bool          `json:"interrupted,omitempty"`
	Outcomes    []outcomeJSON `json:"outcomes"`
}

type outcomeJSON struct {
	Address string `json:"address"`
	Action  string `json:"action"`
	Status  string `json:"status"`
	ID      string `json:"id,omitempty"`
	Error   string `json:"error,omitempty"`
	Reason  string `json:"reason,omitempty"`
}
