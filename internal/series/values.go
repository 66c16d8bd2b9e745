package series

import (
	"bytes"
	"errors"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// longRun is the number of equal or evenly spaced samples from which a segment needs less memory than a list.
const longRun = 16

// values reads an attribute in compact notation. It parses the bytes of the file rather than the HCL value, so that an
// error points at the item, even in a heredoc.
func (l *loader) values(attribute *hcl.Attribute, part Block) ([]Segment, bool) {
	at := attribute.Expr.Range()
	from, to, ok := literal(attribute.Expr, l.source)
	if !ok {
		l.fail("Invalid values", "values must be a quoted string or heredoc in compact notation, without ${...} and escapes.", at)
		return nil, false
	}
	text := string(l.source[from:to])
	points := 0
	err := eachRun(text, func(run Run) {
		points += run.Count
		if run.Gap {
			points += segmentPoints
		}
	})
	var wrong *NotationError
	if errors.As(err, &wrong) {
		start := from + wrong.Offset
		l.fail(wrong.Summary, wrong.Detail, rangeIn(l.source, at, start, start+wrong.Length))
		return nil, false
	}
	if !l.addPoints(points, at) {
		return nil, false
	}
	grid := newSegmentBuilder(part.From, milliseconds(part.Interval))
	_ = eachRun(text, grid.add) // errors were handled above
	return grid.flush(), true
}

// literal returns the source bytes of a string without template expressions.
func literal(expr hcl.Expression, source []byte) (from, to int, ok bool) {
	template, ok := expr.(*hclsyntax.TemplateExpr)
	if !ok {
		return 0, 0, false
	}
	for _, part := range template.Parts {
		if _, plain := part.(*hclsyntax.LiteralValueExpr); !plain {
			return 0, 0, false
		}
	}
	from, to = expr.Range().Start.Byte, expr.Range().End.Byte
	written := source[from:to]
	if !bytes.HasPrefix(written, []byte("<<")) {
		return from + 1, to - 1, len(written) >= 2 && written[0] == '"'
	}
	written = bytes.TrimRight(written, " \t\r\n")
	first, last := bytes.IndexByte(written, '\n'), bytes.LastIndexByte(written, '\n')
	return from + first + 1, from + max(first, last) + 1, first >= 0
}

// rangeIn returns the range of the bytes [from, to), which are on one line within outer.
func rangeIn(source []byte, outer hcl.Range, from, to int) hcl.Range {
	pos := outer.Start
	for _, c := range string(source[pos.Byte:from]) {
		pos.Column++
		if c == '\n' {
			pos.Line, pos.Column = pos.Line+1, 1
		}
	}
	pos.Byte = from
	end := pos
	end.Byte, end.Column = to, pos.Column+len([]rune(string(source[from:to])))
	return hcl.Range{Filename: outer.Filename, Start: pos, End: end}
}

// segmentBuilder converts runs to segments: long runs become lines, shorter ones are combined into lists.
type segmentBuilder struct {
	at, interval int64
	list         Segment
	segments     []Segment
}

func newSegmentBuilder(at, interval int64) *segmentBuilder {
	return &segmentBuilder{at: at, interval: interval, list: Segment{Start: at, Interval: interval}}
}

// add appends a run.
func (l *segmentBuilder) add(run Run) {
	from := l.at
	l.at += int64(run.Count) * l.interval
	if !run.Gap && run.Count < longRun {
		for i := range run.Count {
			l.list.Values = append(l.list.Values, run.First+float64(i)*run.Step)
		}
		return
	}
	l.flush()
	if !run.Gap {
		l.segments = append(l.segments, Segment{Start: from, Interval: l.interval, Count: run.Count, First: run.First, Step: run.Step})
	}
}

// flush ends the current list and returns all segments.
func (l *segmentBuilder) flush() []Segment {
	if l.list.Count = len(l.list.Values); l.list.Count > 0 {
		l.list.Values = slices.Clip(l.list.Values)
		l.segments = append(l.segments, l.list)
	}
	l.list = Segment{Start: l.at, Interval: l.interval}
	return l.segments
}
