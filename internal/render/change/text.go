package change

import (
	"strings"

	"ddmon/internal/render/safe"
	"ddmon/internal/textdiff"
)

// contextLines is the number of unchanged lines around a change.
const contextLines = 2

// shortString is the combined length up to which an old and a new string are shown next to each other.
const shortString = 32

// wordDiff shows what changed within a line: "avg > [-70-]{+50+}". It returns false if the strings have so little in
// common that showing both is clearer.
func wordDiff(before, after string) ([]Span, bool) {
	old, new := textdiff.Words(before), textdiff.Words(after)
	same := 0
	spans := []Span{plain(`"`)}
	for _, span := range textdiff.Diff(old, new) {
		switch span.Op {
		case textdiff.Equal:
			text := strings.Join(old[span.From:span.To], "")
			same += len(text)
			spans = append(spans, plain(safe.Line(text)))
		case textdiff.Delete:
			spans = append(spans, Span{safe.Red, "[-" + safe.Line(strings.Join(old[span.From:span.To], "")) + "-]"})
		case textdiff.Insert:
			spans = append(spans, Span{safe.Green, "{+" + safe.Line(strings.Join(new[span.From:span.To], "")) + "+}"})
		}
	}
	return append(spans, plain(`"`)), 2*same >= max(len(before), len(after))
}

// Texts emits a diff of the lines of two strings, with some context.
func Texts(before, after string, emit func(*Line)) {
	(&Printer{Emit: emit}).lineDiff("", before, after)
}

func (pr *Printer) lineDiff(indent safe.Text, before, after string) {
	old, new := textdiff.Lines(before), textdiff.Lines(after)
	spans := textdiff.Diff(old, new)
	for i, span := range spans {
		switch span.Op {
		case textdiff.Equal:
			pr.unchanged(indent, old[span.From:span.To], i == 0, i == len(spans)-1)
		case textdiff.Delete:
			for _, line := range old[span.From:span.To] {
				pr.emit(indent, Remove, None, safe.Red, []Span{plain(safe.Line(line))})
			}
		case textdiff.Insert:
			for _, line := range new[span.From:span.To] {
				pr.emit(indent, Add, None, safe.Green, []Span{plain(safe.Line(line))})
			}
		}
	}
}

// unchanged shows the lines of an unchanged run that are next to a change, and counts the others.
func (pr *Printer) unchanged(indent safe.Text, lines []string, first, last bool) {
	head, tail := contextLines, contextLines
	if first {
		head = 0
	}
	if last {
		tail = 0
	}
	hidden := len(lines) - head - tail
	for i, line := range lines {
		switch {
		case hidden <= 1 || i < head || i >= len(lines)-tail:
			pr.more(indent, None, "  "+safe.Line(line))
		case i == head:
			pr.comment(indent, safe.Dim, "  ("+safe.Count(hidden, "unchanged line")+")")
		}
	}
}
