package diag

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// lines knows of a file what a comment's scope depends on.
type lines struct {
	code     map[int]bool // lines with anything but comments
	comments map[int]bool // lines with a comment
	ends     map[int]int  // by a line where something begins, the last line of what begins there
}

func newLines(tokens hclsyntax.Tokens, body *hclsyntax.Body) lines {
	l := lines{map[int]bool{}, map[int]bool{}, map[int]int{}}
	for _, t := range tokens {
		into := l.code
		switch t.Type {
		case hclsyntax.TokenNewline, hclsyntax.TokenEOF:
			continue
		case hclsyntax.TokenComment:
			into = l.comments
		default:
		}
		for line := t.Range.Start.Line; line <= lastLine(t.Range); line++ {
			into[line] = true
		}
	}
	_ = hclsyntax.VisitAll(body, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n.(type) {
		case *hclsyntax.Body, hclsyntax.Attributes, hclsyntax.Blocks: // these begin where their first member does
			return nil
		}
		r := n.Range()
		l.ends[r.Start.Line] = max(l.ends[r.Start.Line], r.End.Line)
		return nil
	})
	return l
}

// lastLine returns the last line with a byte of the range: a comment ends behind its line break.
func lastLine(r hcl.Range) int {
	if r.End.Column == 1 && r.End.Line > r.Start.Line {
		return r.End.Line - 1
	}
	return r.End.Line
}

// scope returns the lines a comment counts for: from the line it shares with code, or else the line below it and
// other comments, to the end of what begins there. Both are 0 if there is no such line.
func (l lines) scope(comment hcl.Range) (first, end int) {
	last := lastLine(comment)
	switch {
	case l.code[comment.Start.Line]:
		first = comment.Start.Line
	case l.code[last]:
		first = last
	default:
		for first = last + 1; l.comments[first] && !l.code[first]; first++ {
		}
		if !l.code[first] {
			return 0, 0
		}
	}
	return first, max(first, l.ends[first])
}
