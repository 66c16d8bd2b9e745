package diag

import (
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// part is a part of a template: a literal, whose characters are known, or a hole, which is an interpolation.
type part struct {
	literal bool
	text    string // of a literal: its value
	chars   []char
	hole    hclsyntax.Expression // of a hole: its expression; nil for adjacent expressions
	at      span
}

// locateInTemplate matches the value unchanged, then without surrounding white space, which trimspace, ddmon and
// Datadog remove.
func locateInTemplate(tokens hclsyntax.Tokens, e *hclsyntax.TemplateExpr, value string, from, to int) (span, bool) {
	parts, ok := templateParts(tokens, e)
	if !ok {
		return span{}, false
	}
	empty := opening(tokens, e)
	if at, ok := locateInParts(tokens, parts, empty, value, from, to); ok {
		return at, true
	}
	trimmed := strings.TrimLeftFunc(value, unicode.IsSpace)
	lead := len(value) - len(trimmed)
	trimmed = strings.TrimRightFunc(trimmed, unicode.IsSpace)
	from = min(max(from-lead, 0), len(trimmed))
	to = min(max(to-lead, from), len(trimmed))
	for _, parts := range trimParts(parts) {
		if at, ok := locateInParts(tokens, parts, empty, trimmed, from, to); ok {
			return at, true
		}
	}
	return span{}, false
}

// opening returns the position after a template's opening quote or heredoc marker.
func opening(tokens hclsyntax.Tokens, e *hclsyntax.TemplateExpr) span {
	for _, t := range tokens {
		if t.Range.Start.Byte == e.SrcRange.Start.Byte {
			return span{t.Range.End.Byte, t.Range.End.Byte}
		}
	}
	return span{e.SrcRange.Start.Byte, e.SrcRange.Start.Byte}
}

// templateParts splits a template into parts without empty literals and merges adjacent holes.
func templateParts(tokens hclsyntax.Tokens, e *hclsyntax.TemplateExpr) ([]part, bool) {
	var parts []part
	for _, p := range e.Parts {
		at := spanOf(p.Range())
		if lit, ok := p.(*hclsyntax.LiteralValueExpr); ok && lit.Val.Type() == cty.String {
			text := lit.Val.AsString()
			chars, ok := literalChars(tokens, p.Range(), text)
			if !ok {
				return nil, false
			}
			if text != "" {
				parts = append(parts, part{literal: true, text: text, chars: chars, at: at})
			}
			continue
		}
		if n := len(parts); n > 0 && !parts[n-1].literal {
			parts[n-1].hole = nil
			parts[n-1].at = parts[n-1].at.cover(at)
			continue
		}
		parts = append(parts, part{hole: p, at: at})
	}
	return parts, true
}

// trimParts returns the possible parts of a template after trimming. If the value of a hole at an end is only white
// space, the literal next to it is trimmed too.
func trimParts(parts []part) [][]part {
	outer := trimEnd(trimStart(parts))
	ways := [][]part{outer}
	if len(outer) > 0 && !outer[0].literal {
		ways = append(ways, trimStart(outer[1:]))
	}
	for _, way := range ways {
		if n := len(way); n > 0 && !way[n-1].literal {
			ways = append(ways, trimEnd(way[:n-1]))
		}
	}
	return ways
}

func trimStart(parts []part) []part {
	if len(parts) == 0 || !parts[0].literal {
		return parts
	}
	parts = slices.Clone(parts)
	first := &parts[0]
	for len(first.chars) > 0 && isSpace(first.chars[0]) {
		first.text = first.text[len(first.chars[0].text):]
		first.chars = first.chars[1:]
	}
	if first.text == "" {
		return parts[1:]
	}
	return parts
}

func trimEnd(parts []part) []part {
	last := len(parts) - 1
	if last < 0 || !parts[last].literal {
		return parts
	}
	parts = slices.Clone(parts)
	p := &parts[last]
	for n := len(p.chars); n > 0 && isSpace(p.chars[n-1]); n-- {
		p.text = p.text[:len(p.text)-len(p.chars[n-1].text)]
		p.chars = p.chars[:n-1]
	}
	if p.text == "" {
		return parts[:last]
	}
	return parts
}

func isSpace(c char) bool { return strings.TrimFunc(c.text, unicode.IsSpace) == "" }

// span returns the position of the bytes [from, to) of the part's own value; from is less than to.
func (p part) span(tokens hclsyntax.Tokens, value string, from, to int) span {
	if !p.literal {
		if p.hole == nil {
			return p.at
		}
		if at, ok := locate(tokens, p.hole, value, from, to); ok {
			return at
		}
		return p.at
	}
	var out span
	offset := 0
	for _, c := range p.chars {
		begin := offset
		offset += len(c.text)
		switch {
		case offset <= from:
		case begin >= to:
			return out
		case out == span{}:
			out = c.at
		default:
			out = out.cover(c.at)
		}
	}
	return out
}
