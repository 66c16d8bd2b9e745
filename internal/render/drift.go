package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
)

// DriftClass says how an object differs from the configuration.
type DriftClass string

// The classes of drift.
const (
	DriftEdited    DriftClass = "edited"    // in Datadog, since the last apply
	DriftUnapplied DriftClass = "unapplied" // the files changed, or nobody knows who did
	DriftMissing   DriftClass = "missing"   // deleted in Datadog, or never applied
	DriftExtra     DriftClass = "left over" // in Datadog, and no longer in the files
	DriftContested DriftClass = "contested" // claimed twice, or its marker is damaged
)

// DriftReport is how a stack differs from its configuration.
type DriftReport struct {
	FormatVersion string    `json:"format_version"`
	Stack         string    `json:"stack"`
	Drifted       []Drifted `json:"drifted"`
	// Muted are objects that somebody muted, which is no drift.
	Muted []Drifted `json:"muted"`
}

// Drifted is one object.
type Drifted struct {
	Address    string     `json:"address"`
	ID         string     `json:"id,omitempty"`
	Title      string     `json:"title"`
	Class      DriftClass `json:"class,omitempty"`
	Paths      []string   `json:"paths,omitempty"` // what differs
	ModifiedAt string     `json:"modified_at,omitempty"`
}

// Drift writes a report for a person.
func Drift(w io.Writer, r *DriftReport, s Style, now time.Time) error {
	out := bufio.NewWriter(w)
	for _, d := range r.Drifted {
		fmt.Fprintf(out, "%s  %s", s.paint(yellow, fmt.Sprintf("%-9s", d.Class)), s.paint(bold, Clean(d.Address)))
		if d.ID != "" {
			fmt.Fprintf(out, "  (%s", Clean(d.ID))
			if at, err := time.Parse(time.RFC3339Nano, d.ModifiedAt); err == nil && d.Class == DriftEdited {
				fmt.Fprintf(out, ", %s", age(now.Sub(at)))
			}
			fmt.Fprint(out, ")")
		}
		fmt.Fprintln(out)
		for _, line := range wrap(Clean(strings.Join(d.Paths, ", ")), s.width()-11) {
			fmt.Fprintf(out, "           %s\n", line)
		}
	}
	for _, d := range r.Muted {
		fmt.Fprintf(out, "%s  %s (%s), which is no drift\n", s.paint(cyan, "muted    "), Clean(d.Address), Clean(d.ID))
	}
	if len(r.Drifted) == 0 {
		fmt.Fprintf(out, "%s Datadog is as stack %s is configured.\n", s.paint(bold+";"+green, "No drift."), quote(r.Stack))
	} else {
		fmt.Fprintf(out, "%s `ddmon plan` shows what apply would set back.\n", s.paint(bold, Count(len(r.Drifted), "object")+" drifted."))
	}
	return out.Flush()
}
