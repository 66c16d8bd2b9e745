package object

import (
	"strings"
	"unicode"
)

// linePrefix begins the line of a description that carries a marker.
const linePrefix = "Managed by ddmon, edits here will be overwritten: "

// separator is the blank line between a description and the marker's line.
const separator = "\n\n"

// Line writes the marker as one line of text, for objects that have no tags of their own.
func (m Marker) Line() string { return linePrefix + strings.Join(m.Tags(), " ") }

// WithLine returns the description with the marker as its last line. MarkerOfText gives the description back, byte for
// byte.
func (m Marker) WithLine(description string) string {
	if description == "" {
		return m.Line()
	}
	return description + separator + m.Line()
}

// WithLineBelow is WithLine for a description that holds ids not known yet.
func (m Marker) WithLineBelow(description Text) Text {
	out := append(make(Text, 0, len(description)+1), description...)
	return append(out, Part{Literal: separator + m.Line()})
}

// MarkerOfText reads the marker off a description and returns the description without it. A marker is a line of its own
// that reads as Line writes it; text below it, a carriage return or blanks at its end do not hide it. All other text is
// a person's, whatever it says of ddmon's tags, and is returned byte for byte. Several lines that name different owners
// make the owner unknown: see Marker.Also.
func MarkerOfText(description string) (Marker, string) {
	if !strings.Contains(description, linePrefix) {
		return Marker{}, description
	}
	var m Marker
	lines := strings.Split(description, "\n")
	kept := make([]string, 0, len(lines))
	last := -1 // how many lines were kept ahead of the last marker
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
	// The blank line ahead of the marker is ddmon's, unless a person wrote on below it.
	if last >= 2 && isBlank(kept[last-1]) && allBlank(kept[last:]) {
		kept = append(kept[:last-1], kept[last:]...)
	}
	return m, strings.Join(kept, "\n")
}

// markerOfLine reads a line; ok is false if it is not one that Line writes.
func markerOfLine(line string) (m Marker, ok bool) {
	line = strings.TrimRightFunc(line, unicode.IsSpace)
	fields, ok := strings.CutPrefix(line, linePrefix)
	if !ok {
		return Marker{}, false
	}
	for field := range strings.SplitSeq(fields, " ") {
		if !m.take(field) {
			return Marker{}, false
		}
	}
	return m, m.Also == "" && (m.Stack != "" || m.Slug != "") && m.Line() == line
}

// join adds what another line of the same text says.
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
