package object

import (
	"strings"
	"unicode"
)

// linePrefix is the prefix of the line with the marker in a description.
const linePrefix = "Managed by ddmon, edits here will be overwritten: "

// separator is the blank line between a description and the marker's line.
const separator = "\n\n"

// Line returns the marker as one line, for objects without tags.
func (m Marker) Line() string { return linePrefix + strings.Join(m.Tags(), " ") }

// WithLine adds the marker to the description as its last line. MarkerOfText restores the description byte for byte.
func (m Marker) WithLine(description string) string {
	if description == "" {
		return m.Line()
	}
	return description + separator + m.Line()
}

// WithLineBelow is WithLine for a description with ids that are not known yet.
func (m Marker) WithLineBelow(description Text) Text {
	out := append(make(Text, 0, len(description)+1), description...)
	return append(out, Part{Literal: separator + m.Line()})
}

// MarkerOfText parses the marker in a description and returns the description without it. A marker is a whole line in
// the format of Line; text below it, a carriage return or spaces at its end do not matter. All other text belongs to
// the user and is returned byte for byte. With several lines that name different owners, the owner is unknown: see
// Marker.Also.
func MarkerOfText(description string) (Marker, string) {
	if !strings.Contains(description, linePrefix) {
		return Marker{}, description
	}
	var m Marker
	lines := strings.Split(description, "\n")
	kept := make([]string, 0, len(lines))
	last := -1 // the number of lines kept before the last marker
	for _, line := range lines {
		found, ok := markerOfLine(line)
		if !ok {
			kept = append(kept, line)
			continue
		}
		m.join(found)
		last = len(kept)
	}
	if last < 0 {
		return Marker{}, description
	}
	// The blank line before the marker belongs to ddmon, unless a user added text below the marker.
	if last >= 2 && isBlank(kept[last-1]) && allBlank(kept[last:]) {
		kept = append(kept[:last-1], kept[last:]...)
	}
	return m, strings.Join(kept, "\n")
}

// markerOfLine parses a line; ok is false if it does not have the format of Line.
func markerOfLine(line string) (m Marker, ok bool) {
	line = strings.TrimRightFunc(line, unicode.IsSpace)
	fields, ok := strings.CutPrefix(line, linePrefix)
	if !ok {
		return Marker{}, false
	}
	for field := range strings.SplitSeq(fields, " ") {
		if !m.addTag(field) {
			return Marker{}, false
		}
	}
	return m, m.Also == "" && (m.Stack != "" || m.Slug != "") && m.Line() == line
}

// join adds the marker in another line of the same string.
func (m *Marker) join(other Marker) {
	if other.Stack != "" {
		m.setStack(other.Stack)
	}
	if other.Slug != "" {
		m.setSlug(other.Slug)
	}
	m.Replaced, m.Protected = m.Replaced || other.Replaced, m.Protected || other.Protected
	m.Fingerprint, m.Written, m.Secret, m.Places = other.Fingerprint, other.Written, other.Secret, other.Places
	if other.Needs != "" {
		m.Needs = other.Needs
	}
}

func allBlank(lines []string) bool {
	for _, line := range lines {
		if !isBlank(line) {
			return false
		}
	}
	return true
}

func isBlank(line string) bool { return strings.TrimSpace(line) == "" }
