package diag

import (
	"bytes"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// SubRange returns the position of the bytes [from, to) of a string in the file that contains its expression.
//
// expr is the range of the expression in source, and value is its value. In quoted templates and heredocs the result is
// exact, including escapes, indentation and trimmed white space. The position of interpolated bytes is the
// interpolation; a range over both covers both. If a byte could come from two interpolations, the range covers both.
// For expressions that are not templates or do not match the value, the result is the whole expression. If from equals
// to, the range is empty (or an interpolation) and marks where something is missing. Offsets outside value are clamped;
// the result is never outside expr.
func SubRange(source []byte, expr hcl.Range, value string, from, to int) hcl.Range {
	if expr.Start.Byte < 0 || expr.End.Byte > len(source) || expr.Start.Byte >= expr.End.Byte {
		return expr
	}
	// A heredoc ends after the line break that follows its end marker, which is not part of the expression's range.
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

// locate returns the position of the bytes [from, to) of value in its expression; false if only the whole expression is
// known.
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

// within converts the span to a range, with lines and columns counted from the start of expr.
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
	// The scanner uses the byte of its start as an index into its input, so it must start at 0. It does not find the
	// end of a line that is longer than 64 KiB, so it gets one line at a time.
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
