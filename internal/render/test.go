package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"ddmon/internal/planfile"
)

// TestRun is what became of tests, as it is shown and as JSON.
type TestRun struct {
	FormatVersion string `json:"format_version"`
	Passed        int    `json:"passed"`
	Failed        int    `json:"failed"`
	Tests         []Test `json:"tests"`
	// Replays are what the monitors did, each once for all tests that were held against it; nil unless asked for.
	Replays  []ReplayRun `json:"replays,omitempty"`
	Coverage *Coverage   `json:"coverage,omitempty"`
}

// ReplayRun is what the monitors did over a recording.
type ReplayRun struct {
	Recording string     `json:"recording"`
	Monitors  []Replayed `json:"monitors"`
}

// Test is one test.
type Test struct {
	Name      string `json:"name"`
	Recording string `json:"recording,omitempty"`
	Passed    bool   `json:"passed"`
	// Error is why it could not be run. As text it is told apart, with its place.
	Error    string        `json:"error,omitempty"`
	Failures []TestFailure `json:"failures,omitempty"`
	// Replay is the place among TestRun.Replays of what the test was held against; -1 if there is nothing.
	Replay int             `json:"replay"`
	Range  *planfile.Range `json:"range,omitempty"`
}

// TestFailure is an expectation that does not hold.
type TestFailure struct {
	Address   string          `json:"address"`
	Group     string          `json:"group,omitempty"`
	Attribute string          `json:"attribute,omitempty"`
	Expected  string          `json:"expected"`
	Actual    string          `json:"actual"`
	Timeline  string          `json:"timeline,omitempty"`
	Range     *planfile.Range `json:"range,omitempty"`
}

// Replayed is what one monitor did.
type Replayed struct {
	Address       string         `json:"address"`
	Name          string         `json:"name"`
	Reason        string         `json:"not_evaluated,omitempty"`
	Transitions   []Transition   `json:"transitions,omitempty"`
	Notifications []Notification `json:"notifications,omitempty"`
}

// Transition is a change of state. Datadog evaluates at a second that nobody knows: it lies between Earliest and
// Latest, and Share of all seconds see it.
type Transition struct {
	Group    string    `json:"group"`
	From     string    `json:"from"`
	To       string    `json:"to"`
	Earliest time.Time `json:"earliest"`
	Latest   time.Time `json:"latest"`
	Share    float64   `json:"share"`
	// Value is what was compared with the threshold; nil where data is missing, and in a composite.
	Value *float64 `json:"value"`
}

// Notification is a message that would have been sent.
type Notification struct {
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`
	Group   string    `json:"group"`
	Title   string    `json:"title"`
	Message string    `json:"message"`
	Handles []string  `json:"handles"`
}

// Tests writes the results for a person.
func Tests(w io.Writer, run *TestRun, verbose bool, s Style) error {
	out := bufio.NewWriter(w)
	for i := range run.Tests {
		t := &run.Tests[i]
		verdict := s.paint(green, "PASS")
		if !t.Passed {
			verdict = s.paint(bold+";"+red, "FAIL")
		}
		fmt.Fprintf(out, "%s  %s", verdict, Clean(t.Name))
		if t.Recording != "" {
			fmt.Fprintf(out, "  %s", s.paint(dim, "("+Clean(t.Recording)+")"))
		}
		fmt.Fprintln(out)
		for _, f := range t.Failures {
			s.testFailure(out, f)
		}
	}
	if verbose {
		s.everyMonitor(out, run)
	}
	if run.Coverage != nil {
		s.coverage(out, run.Coverage)
	}
	color := green
	if run.Failed > 0 {
		color = red
	}
	fmt.Fprintf(out, "\n%s %d passed, %d failed.\n", s.paint(bold+";"+color, "Tests:"), run.Passed, run.Failed)
	return out.Flush()
}

func (s Style) testFailure(out *bufio.Writer, f TestFailure) {
	who := f.Address
	if f.Group != "" {
		who += " (" + f.Group + ")"
	}
	fmt.Fprintf(out, "\n  %s\n", s.paint(bold, Clean(who)))
	if f.Range != nil {
		fmt.Fprintf(out, "    %s\n", Clean(fmt.Sprintf("%s:%d:%d", f.Range.Filename, f.Range.Start.Line, f.Range.Start.Column)))
	}
	s.labelled(out, "expected", f.Expected)
	s.labelled(out, "actual", f.Actual)
	if f.Timeline != "" {
		fmt.Fprintln(out)
		for line := range strings.SplitSeq(strings.TrimRight(f.Timeline, "\n"), "\n") {
			fmt.Fprintln(out, strings.TrimRight("    "+Clean(line), " "))
		}
	}
	fmt.Fprintln(out)
}

// labelled writes a text behind a label, broken at blanks and indented under its beginning.
func (s Style) labelled(out *bufio.Writer, label, text string) {
	for i, line := range wrap(Clean(text), s.width()-15) {
		if i > 0 {
			label = ""
		}
		fmt.Fprintf(out, "    %-9s %s\n", label, line)
	}
}

// everyMonitor shows each replay once, with the tests that were held against it.
func (s Style) everyMonitor(out *bufio.Writer, run *TestRun) {
	for i, r := range run.Replays {
		fmt.Fprintf(out, "\n%s\n", s.paint(bold, Clean(r.Recording)))
		for _, t := range run.Tests {
			if t.Replay == i {
				fmt.Fprintf(out, "  %s\n", s.paint(dim, "test "+quote(t.Name)))
			}
		}
		s.replayed(out, r.Monitors)
	}
}

// Replay writes what monitors did over a recording.
func Replay(w io.Writer, name string, monitors []Replayed, s Style) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n", s.paint(bold, Clean(name)))
	s.replayed(out, monitors)
	return out.Flush()
}

func (s Style) replayed(out *bufio.Writer, monitors []Replayed) {
	for _, m := range monitors {
		fmt.Fprintf(out, "\n  %s\n", s.paint(bold, Clean(m.Address)))
		switch {
		case m.Reason != "":
			s.labelled(out, "", m.Reason)
			continue
		case len(m.Transitions) == 0:
			fmt.Fprintln(out, "    nothing happens")
		}
		for _, t := range m.Transitions {
			fmt.Fprintf(out, "    %s  %s\n", moments(t), s.transition(t))
		}
		for _, n := range m.Notifications {
			s.notification(out, n)
		}
	}
}

// notification writes who is told, and what of it stands on the first lines.
func (s Style) notification(out *bufio.Writer, n Notification) {
	group := ""
	if n.Group != "*" {
		group = Clean(n.Group) + "  "
	}
	who := "nobody"
	if len(n.Handles) > 0 {
		who = Clean(strings.Join(n.Handles, " "))
	}
	fmt.Fprintf(out, "    %s  %s%s\n", n.At.Format(time.TimeOnly), group, s.paint(cyan, n.Kind+", tells "+who))
	shown := 0
	for line := range strings.SplitSeq(n.Title+"\n"+n.Message, "\n") {
		if line = Clean(strings.TrimSpace(line)); line == "" {
			continue
		}
		if shown++; shown > messageLines {
			fmt.Fprintf(out, "              %s\n", s.paint(dim, "..."))
			break
		}
		fmt.Fprintf(out, "              %s\n", s.paint(dim, line))
	}
}

// messageLines is how much of a message is shown; --json and --html have all of it.
const messageLines = 4

// moments writes when a transition happens: one time, or the bounds of it.
func moments(t Transition) string {
	if t.Earliest.Equal(t.Latest) {
		return t.Earliest.Format(time.TimeOnly)
	}
	return t.Earliest.Format(time.TimeOnly) + "-" + t.Latest.Format(time.TimeOnly)
}

func (s Style) transition(t Transition) string {
	colors := map[string]string{"Alert": red, "Warn": yellow, "OK": green}
	text := t.From + " -> " + s.paint(colors[t.To], t.To)
	if t.Group != "*" {
		text = Clean(t.Group) + "  " + text
	}
	if t.Value != nil {
		text += fmt.Sprintf("  (%.6g)", *t.Value)
	}
	if t.Share < 0.999 {
		text += s.paint(dim, fmt.Sprintf("  at %.0f %% of all seconds of evaluation", 100*t.Share))
	}
	return text
}
