package limit

import (
	"bytes"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Source checks an HCL file before it is parsed and adds its tokens to the meter. HCL's parser recurses for brackets
// and some operators, and a stack overflow would end the program.
func (m *Meter) Source(source []byte, name string) *Error {
	s := scan{name: name, line: 1}
	if f := s.run(source); f != nil {
		return f
	}
	if m.tokens += s.tokens; m.tokens > MaxTokens {
		return s.errorAt(0, "Too much configuration", fmt.Sprintf("With this file the configuration has more than %s words, numbers, symbols and lines (limit MaxTokens). Move data to "+
			"YAML or JSON files, or split the stack.", number(MaxTokens)))
	}
	return s.chains(source)
}

// Template checks a template before it is parsed. Every parse counts.
func (m *Meter) Template(source []byte, name string) *Error {
	s := scan{name: name, line: 1}
	if f := s.run(source); f != nil {
		return f
	}
	if f := m.Spend(add(FileSteps, multiply(tokenSteps, s.tokens)), multiply(tokenBytes, s.tokens)); f != nil {
		return f
	}
	return s.chains(source)
}

// Nesting checks only the nesting of a source, for sources that are parsed but not evaluated.
func Nesting(source []byte, name string) *Error {
	s := scan{name: name, line: 1}
	if f := s.run(source); f != nil {
		return f
	}
	return s.chains(source)
}

// scan scans the bytes of a file once. It does not distinguish strings from code, which matters only for strings with
// thousands of unbalanced brackets or consecutive digits.
type scan struct {
	name                 string
	depth, signs, digits int
	line, lineStart      int
	tokens               int
	questions, controls  int
	splats               int
	word                 bool
}

func (s *scan) run(source []byte) *Error {
	for at, c := range source {
		word := c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
		blank := c == ' ' || c == '\t' || c == '\r' || c == '\n'
		if (!blank || c == '\n') && (!word || !s.word) { // a line break is a token, too
			s.tokens++
		}
		s.word = word
		if c >= '0' && c <= '9' {
			s.digits++
		} else {
			s.digits = 0
		}
		switch c {
		case '(', '[', '{':
			s.depth++
		case ')', ']', '}':
			s.depth = max(s.depth-1, 0)
		case '!', '-':
			s.signs++
		case '?':
			s.questions++
		case '*':
			s.splats++
		case '%':
			if at+1 < len(source) && source[at+1] == '{' {
				s.controls++
			}
		case '\n':
			s.line, s.lineStart = s.line+1, at+1
		}
		if c != '!' && c != '-' && !blank {
			s.signs = 0
		}
		switch {
		case s.depth > MaxNesting || s.signs > MaxNesting:
			return s.errorAt(at, "Nesting too deep", fmt.Sprintf("Brackets are nested more than %s levels deep, an operator is repeated that often, or a bracket is not closed (limit "+
				"MaxNesting).", number(MaxNesting)))
		case s.digits > MaxDigits:
			f := tooManyDigits()
			return s.errorAt(at, f.Summary, f.Detail)
		}
	}
	return nil
}

// chains checks sources with many conditions or directives more closely.
func (s *scan) chains(source []byte) *Error {
	if s.questions+s.controls <= MaxNesting && s.splats <= MaxNesting {
		return nil
	}
	return nested(source, s.name)
}

func (s *scan) errorAt(at int, summary, detail string) *Error {
	pos := hcl.Pos{Line: s.line, Column: 1 + at - s.lineStart, Byte: at}
	if at == 0 {
		pos = hcl.InitialPos
	}
	return &Error{Summary: summary, Detail: detail, Range: &hcl.Range{Filename: s.name, Start: pos, End: pos}}
}

// nested checks tokens for chains of conditions and directives, because their characters can also be in plain text.
func nested(source []byte, name string) *Error {
	tokens, _ := hclsyntax.LexConfig(source, name, hcl.InitialPos)
	frames := []int{0}    // the number of open conditions in each open bracket
	lines := []bool{true} // whether a line break ends the expression in the bracket
	push := func(ends bool) { frames, lines = append(frames, 0), append(lines, ends) }
	directives, splats := 0, 0
	for i, t := range tokens {
		top := len(frames) - 1
		switch t.Type {
		case hclsyntax.TokenOBrace:
			push(true)
		case hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp:
			push(false)
		case hclsyntax.TokenTemplateControl:
			push(false)
			directives += direction(tokens, i+1)
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd:
			frames, lines = frames[:max(top, 1)], lines[:max(top, 1)]
		case hclsyntax.TokenComma:
			frames[top], splats = 0, 0
		case hclsyntax.TokenNewline:
			if lines[top] {
				frames[top], splats = 0, 0
			}
		case hclsyntax.TokenQuestion:
			frames[top]++
		case hclsyntax.TokenStar:
			if i > 0 && (tokens[i-1].Type == hclsyntax.TokenOBrack || tokens[i-1].Type == hclsyntax.TokenDot) {
				splats++
			}
		default:
		}
		if frames[len(frames)-1] > MaxNesting || directives > MaxNesting || splats > MaxNesting {
			at := t.Range
			return &Error{Summary: "Nesting too deep", Detail: fmt.Sprintf("Conditions, directives or splats are nested more than %s levels deep (limit MaxNesting). Use a "+
				"map or for expressions instead.", number(MaxNesting)), Range: &at}
		}
	}
	return nil
}

// direction returns the change in nesting by a directive: 1 for %{ if } and %{ for }, -1 for their ends.
func direction(tokens hclsyntax.Tokens, at int) int {
	if at >= len(tokens) {
		return 0
	}
	switch word := tokens[at].Bytes; {
	case bytes.Equal(word, []byte("if")), bytes.Equal(word, []byte("for")):
		return 1
	case bytes.Equal(word, []byte("endif")), bytes.Equal(word, []byte("endfor")):
		return -1
	}
	return 0
}
