package series

import (
	"bytes"
	"errors"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// longRun is from how many equal or evenly rising samples on a segment costs less than a list.
const longRun = 16

// values reads an attribute in compact notation. It reads the bytes of the file, not HCL's value of them, so that
// an error points at the item, in a heredoc too.
func (l *loader) values(attribute *hcl.Attribute, piece Piece) ([]Segment, bool) {
	at := attribute.Expr.Range()
	from, to, ok := literal(attribute.Expr, l.source)
	if !ok {
		l.fail("Invalid values", "values is plain text in compact notation, in quotes or between <<-EOT and EOT, without ${...} and without escapes.", at)
		return nil, false
	}
	text := string(l.source[from:to])
	places := 0
	err := eachRun(text, func(run Run) {
		places += run.Count
		if run.Gap {
			places += segmentPoints
		}
	})
	var wrong *NotationError
	if errors.As(err, &wrong) {
		start := from + wrong.Offset
		l.fail(wrong.Summary, wrong.Detail, rangeIn(l.source, at, start, start+wrong.Length))
		return nil, false
	}
	if !l.count(places, at) {
		return nil, false
	}
	grid := newLayer(piece.From, milliseconds(piece.Interval))
	_ = eachRun(text, grid.add) // it was read without an error above
	return grid.flush(), true
}

// literal returns the bytes of the source that a string without any template is written in.
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

// rangeIn is the range of bytes [from, to), which lie in one line of what outer covers.
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

// layer puts runs on the grid: long runs as lines, shorter ones together as lists.
type layer struct {
	at, interval int64
	list         Segment
	segments     []Segment
}

func newLayer(at, interval int64) *layer {
	return &layer{at: at, interval: interval, list: Segment{Start: at, Interval: interval}}
}

// add puts a run behind those before it.
func (l *layer) add(run Run) {
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

// flush ends the list in progress and returns all segments.
func (l *layer) flush() []Segment {
	if l.list.Count = len(l.list.Values); l.list.Count > 0 {
		l.list.Values = slices.Clip(l.list.Values)
		l.segments = append(l.segments, l.list)
	}
	l.list = Segment{Start: l.at, Interval: l.interval}
	return l.segments
}
