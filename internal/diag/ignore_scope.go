package diag

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// lines is the information about a file that determines the scopes of its comments.
type lines struct {
	code     map[int]bool // lines with code
	comments map[int]bool // lines with a comment
	ends     map[int]int  // by the first line of a block, attribute or value, its last line
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
		case *hclsyntax.Body, hclsyntax.Attributes, hclsyntax.Blocks: // these start with their first member
			return nil
		}
		r := n.Range()
		l.ends[r.Start.Line] = max(l.ends[r.Start.Line], r.End.Line)
		return nil
	})
	return l
}

// lastLine returns the last line of a range. The range of a comment includes its line break.
func lastLine(r hcl.Range) int {
	if r.End.Column == 1 && r.End.Line > r.Start.Line {
		return r.End.Line - 1
	}
	return r.End.Line
}

// scope returns the lines that a comment applies to: the line of code that it is on, or else the next line of code
// after it and other comments, to the end of the block, attribute or value that begins there. Both are 0 if there is no
// such line.
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
