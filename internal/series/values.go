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
	runs, err := ParseRuns(string(l.source[from:to]))
	var wrong *NotationError
	if errors.As(err, &wrong) {
		start := from + wrong.Offset
		l.fail(wrong.Summary, wrong.Detail, rangeIn(l.source, at, start, start+wrong.Length))
		return nil, false
	}
	places := 0
	for _, run := range runs {
		places += run.Count
	}
	if !l.count(places, at) {
		return nil, false
	}
	return lay(runs, piece.From, milliseconds(piece.Interval)), true
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

// lay puts runs on the grid: long runs as lines, shorter ones together as lists.
func lay(runs []Run, at, interval int64) []Segment {
	var segments []Segment
	list := Segment{Start: at, Interval: interval}
	flush := func() {
		if list.Count = len(list.Values); list.Count > 0 {
			list.Values = slices.Clip(list.Values)
			segments = append(segments, list)
		}
		list = Segment{Start: at, Interval: interval}
	}
	for _, run := range runs {
		if run.Gap || run.Count >= longRun {
			flush()
			if !run.Gap {
				segments = append(segments, Segment{Start: at, Interval: interval, Count: run.Count, First: run.First, Step: run.Step})
			}
			at += int64(run.Count) * interval
			list.Start = at
			continue
		}
		for i := range run.Count {
			list.Values = append(list.Values, run.First+float64(i)*run.Step)
		}
		at += int64(run.Count) * interval
	}
	flush()
	return segments
}
