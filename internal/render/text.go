package render

import (
	"strings"

	"ddmon/internal/textdiff"
)

// contextLines is how many unchanged lines surround a changed one.
const contextLines = 2

// shortString is the length below which an old and a new string are shown whole beside each other.
const shortString = 32

// wordDiff shows what changed within a line: "avg > [-70-]{+50+}". It returns false where the two have so little
// in common that showing both whole is clearer.
func (s Style) wordDiff(before, after string) (string, bool) {
	old, new := textdiff.Words(before), textdiff.Words(after)
	same := 0
	var b strings.Builder
	for _, span := range textdiff.Diff(old, new) {
		switch span.Op {
		case textdiff.Equal:
			text := strings.Join(old[span.From:span.To], "")
			same += len(text)
			b.WriteString(Clean(text))
		case textdiff.Delete:
			b.WriteString(s.paint(red, "[-"+Clean(strings.Join(old[span.From:span.To], ""))+"-]"))
		case textdiff.Insert:
			b.WriteString(s.paint(green, "{+"+Clean(strings.Join(new[span.From:span.To], ""))+"+}"))
		}
	}
	return `"` + b.String() + `"`, 2*same >= max(len(before), len(after))
}

// lineDiff shows what changed among lines, with a little of what surrounds it.
func (s Style) lineDiff(before, after string) []string {
	old, new := textdiff.Lines(before), textdiff.Lines(after)
	spans := textdiff.Diff(old, new)
	var out []string
	for i, span := range spans {
		switch span.Op {
		case textdiff.Equal:
			out = append(out, s.unchanged(old[span.From:span.To], i == 0, i == len(spans)-1)...)
		case textdiff.Delete:
			for _, line := range old[span.From:span.To] {
				out = append(out, s.paint(red, "- "+Clean(line)))
			}
		case textdiff.Insert:
			for _, line := range new[span.From:span.To] {
				out = append(out, s.paint(green, "+ "+Clean(line)))
			}
		}
	}
	return out
}

// unchanged shows the ends of a run of unchanged lines that touch a change.
func (s Style) unchanged(lines []string, first, last bool) []string {
	head, tail := contextLines, contextLines
	if first {
		head = 0
	}
	if last {
		tail = 0
	}
	hidden := len(lines) - head - tail
	var out []string
	for i, line := range lines {
		switch {
		case hidden <= 1 || i < head || i >= len(lines)-tail:
			out = append(out, strings.TrimRight("  "+Clean(line), " "))
		case i == head:
			out = append(out, s.paint(dim, "  ("+Count(hidden, "unchanged line")+")"))
		}
	}
	return out
}
