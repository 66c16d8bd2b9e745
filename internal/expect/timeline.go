package expect

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"ddmon/internal/replay"
)

const (
	timelineWidth = 76 // leaves room for indentation on a terminal with 80 columns
	timelineRows  = 5
	maxLabelWidth = 24
)

// timeline draws the statuses of up to five groups over a recording, one line per group, with the phases of the
// recording and their times below. A is Alert, W Warn, N No Data, a dot OK, a space a group that does not exist or has
// not been evaluated. A lowercase letter means that the status depends on the second at which Datadog evaluates. Lines
// have at most 76 characters and are separated by newlines. Without groups, the result is "".
func timeline(c clock, groups []groupHistory) string {
	if len(groups) == 0 {
		return ""
	}
	shown := groups[:min(len(groups), timelineRows)]
	indent := 0
	for _, g := range shown {
		if n := utf8.RuneCountInString(label(g)); n > 0 {
			indent = max(indent, n+1)
		}
	}
	s := scale{clock: c, from: c.start(), width: timelineWidth - indent}
	s.cell = time.Duration(c.rec.End-c.rec.Start) * time.Millisecond / time.Duration(s.width)
	var lines []string
	seen := map[rune]bool{}
	for _, g := range shown {
		band := s.band(g)
		for _, r := range band {
			seen[r] = true
		}
		lines = append(lines, fmt.Sprintf("%-*s%s", indent, label(g), string(band)))
	}
	if more := len(groups) - len(shown); more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more groups", more))
	}
	margin := strings.Repeat(" ", indent)
	for _, line := range append(s.marks(), s.ends()) {
		lines = append(lines, strings.TrimRight(margin+line, " "))
	}
	return strings.Join(append(lines, legend(seen)...), "\n")
}

// label returns the name of a group; "" for a simple alert.
func label(g groupHistory) string {
	if g.name() == "*" {
		return ""
	}
	return truncate(g.name(), maxLabelWidth)
}

// letters are the statuses that a cell can show, by precedence.
var letters = []struct {
	status          replay.Status
	certain, likely rune
}{
	{replay.Alert, 'A', 'a'},
	{replay.Warn, 'W', 'w'},
	{replay.NoData, 'N', 'n'},
	{replay.OK, '.', '.'},
}

// legend explains the letters in use.
func legend(seen map[rune]bool) []string {
	var parts []string
	small := false
	for _, l := range letters {
		if l.status != replay.OK && (seen[l.certain] || seen[l.likely]) {
			parts = append(parts, fmt.Sprintf("%c %s", l.certain, l.status))
			small = small || seen[l.likely]
		}
	}
	if parts == nil {
		return nil
	}
	if small {
		parts = append(parts, "lowercase: depends on the second of evaluation")
	}
	return []string{strings.Join(parts, "   ")}
}

// scale maps times to columns.
type scale struct {
	clock
	from  time.Time
	cell  time.Duration
	width int
}

// band draws the history of a group.
func (s scale) band(g groupHistory) []rune {
	band := make([]rune, s.width)
	for i := range band {
		from := s.from.Add(time.Duration(i) * s.cell)
		band[i] = ' '
		for _, l := range letters {
			possible, certain := g.during(l.status, from, from.Add(s.cell))
			if !possible || from.Add(s.cell).Before(g.Start) {
				continue
			}
			if band[i] = l.likely; certain {
				band[i] = l.certain
			}
			break
		}
	}
	return band
}

// during reports whether any second sees a status between two times, and whether the primary second sees it together
// with all others, if not at exactly the same time.
func (h groupHistory) during(s replay.Status, from, to time.Time) (possible, certain bool) {
	possible = h.possible(from, is(s))
	for _, t := range h.all() {
		possible = possible || t.To == s && !t.Earliest.Before(from) && t.Earliest.Before(to)
	}
	status, shared := h.Initial, true
	for _, t := range h.Transitions {
		if !t.At.Before(to) {
			break
		}
		if t.At.After(from) {
			certain = certain || status == s && shared
		}
		status, shared = t.To, t.Share >= 1-rounding
	}
	return possible, certain || status == s && shared
}

// column returns the column of a time.
func (s scale) column(t time.Time) int {
	return min(max(int(t.Sub(s.from)/max(s.cell, 1)), 0), s.width-1)
}

// marks writes the phases below their times, to the right or else to the left, in as many lines as necessary.
func (s scale) marks() []string {
	var rows [][]rune
	for _, p := range s.rec.Phases {
		text := []rune(truncate(p.Name, 40) + " " + s.show(s.at(p.At)))
		at := s.column(s.at(p.At))
		first := at
		if at+1+len(text) > s.width && at-len(text) >= 0 {
			first, text = at-len(text), append(text, '^')
		} else {
			text = append([]rune{'^'}, text...)
		}
		rows = place(rows, text[:min(len(text), s.width-first)], first, s.width)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, string(row))
	}
	return lines
}

// place writes text into the first line with room for it and a space on each side.
func place(rows [][]rune, text []rune, first, width int) [][]rune {
	for _, row := range rows {
		if strings.TrimSpace(string(row[max(first-1, 0):min(first+len(text)+1, width)])) == "" {
			copy(row[first:], text)
			return rows
		}
	}
	row := []rune(strings.Repeat(" ", width))
	copy(row[first:], text)
	return append(rows, row)
}

// ends writes the start and end times of the recording.
func (s scale) ends() string {
	from, to := s.show(s.start()), s.show(s.end())
	return from + strings.Repeat(" ", max(s.width-len(from)-len(to), 1)) + to
}
