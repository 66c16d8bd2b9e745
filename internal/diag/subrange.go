package diag

import (
	"bytes"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// SubRange returns where the bytes [from, to) of a string stand in the file that made the string.
//
// The bytes of source from expr.Start.Byte to expr.End.Byte are the expression, value is what it evaluated to. Within a
// quoted template or a heredoc the result is exact, through escapes, indentation and white space trimmed at the
// ends; what came from an interpolation or a directive is that expression; a range over both covers both. Where it is
// not certain which of two interpolations a byte came from, the range covers both. An expression that is no template,
// or does not fit the value, is returned as a whole. If from equals to, the range is empty (or an interpolation) and
// stands where something is missing. Offsets outside value are moved to its ends; the result is never outside expr.
func SubRange(source []byte, expr hcl.Range, value string, from, to int) hcl.Range {
	if expr.Start.Byte < 0 || expr.End.Byte > len(source) || expr.Start.Byte >= expr.End.Byte {
		return expr
	}
	// A heredoc ends after the line break behind its marker, which is not part of the expression's range.
	text := append(slices.Clone(source[expr.Start.Byte:expr.End.Byte]), '\n')
	node, diags := hclsyntax.ParseExpression(text, expr.Filename, expr.Start)
	if diags.HasErrors() {
		return expr
	}
	tokens, _ := hclsyntax.LexExpression(text, expr.Filename, expr.Start)
	from = min(max(from, 0), len(value))
	to = min(max(to, from), len(value))
	at, ok := locate(tokens, node, value, from, to)
	if !ok {
		return expr
	}
	return at.within(source, expr)
}

// locate finds the bytes [from, to) of value in the expression that made it; false if only the whole can be named.
func locate(tokens hclsyntax.Tokens, node hclsyntax.Expression, value string, from, to int) (span, bool) {
	switch e := node.(type) {
	case *hclsyntax.ParenthesesExpr:
		return locate(tokens, e.Expression, value, from, to)
	case *hclsyntax.FunctionCallExpr:
		if (e.Name == "trimspace" || e.Name == "chomp") && len(e.Args) == 1 {
			return locate(tokens, e.Args[0], value, from, to)
		}
	case *hclsyntax.TemplateWrapExpr:
		if at, ok := locate(tokens, e.Wrapped, value, from, to); ok {
			return at, true
		}
		return spanOf(e.Wrapped.Range()), true
	case *hclsyntax.TemplateExpr:
		return locateInTemplate(tokens, e, value, from, to)
	}
	return span{}, false
}

// span is a range of bytes in the file.
type span struct{ from, to int }

func spanOf(r hcl.Range) span { return span{r.Start.Byte, r.End.Byte} }

func (s span) cover(o span) span { return span{min(s.from, o.from), max(s.to, o.to)} }

// within makes a range of the span, with lines and columns counted from the beginning of expr.
func (s span) within(source []byte, expr hcl.Range) hcl.Range {
	s.from = min(max(s.from, expr.Start.Byte), expr.End.Byte)
	s.to = min(max(s.to, s.from), expr.End.Byte)
	return hcl.Range{
		Filename: expr.Filename,
		Start:    advance(source, expr.Start, s.from),
		End:      advance(source, expr.Start, s.to),
	}
}

// advance returns the position of the byte at `to`, counting columns as the HCL library does, in grapheme clusters.
func advance(source []byte, from hcl.Pos, to int) hcl.Pos {
	// The scanner takes the byte of its start for an index into what it is given, so that is counted from 0. It cannot
	// see the end of a line break that is followed by more than 64 KiB, so it is given one line at a time.
	end := hcl.Pos{Line: from.Line, Column: from.Column}
	scanner := hcl.NewRangeScannerFragment(source[from.Byte:to], "", end, cutLine)
	for scanner.Scan() {
		end = scanner.Range().End
	}
	end.Byte = to
	return end
}

// cutLine is a bufio.SplitFunc for lines with their line breaks.
func cutLine(data []byte, _ bool) (int, []byte, error) {
	n := bytes.IndexByte(data, '\n') + 1
	if n == 0 {
		n = len(data)
	}
	return n, data[:n], nil
}
