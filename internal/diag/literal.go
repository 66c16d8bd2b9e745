package diag

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// char is the smallest unit of a literal: a character or an escape sequence.
type char struct {
	text string // its value
	at   span   // its position in the source
}

// literalChars returns the characters of a template's literal part with the given value. The HCL library keeps the
// value of a literal and its range, but not which white space it dropped.
func literalChars(tokens hclsyntax.Tokens, part hcl.Range, value string) ([]char, bool) {
	var written []char
	first, _ := slices.BinarySearchFunc(tokens, part.Start.Byte+1, func(t hclsyntax.Token, begin int) int {
		return cmp.Compare(t.Range.End.Byte, begin)
	})
	for _, t := range tokens[first:] {
		if t.Range.Start.Byte >= part.End.Byte {
			break
		}
		if t.Type == hclsyntax.TokenQuotedLit || t.Type == hclsyntax.TokenStringLit {
			written = decode(written, t)
		}
	}
	return dropUnused(normalize(written), value)
}

// decode appends the characters of a token.
func decode(chars []char, t hclsyntax.Token) []char {
	quoted := t.Type == hclsyntax.TokenQuotedLit
	for b, at := string(t.Bytes), t.Range.Start.Byte; b != ""; {
		text, n := decodeOne(b, quoted)
		chars = append(chars, char{text, span{at, at + n}})
		b, at = b[n:], at+n
	}
	return chars
}

// decodeOne returns the value of the first character of b and its length in bytes.
func decodeOne(b string, quoted bool) (text string, n int) {
	switch {
	case strings.HasPrefix(b, "$${"), strings.HasPrefix(b, "%%{"):
		return b[1:3], 3
	case quoted && len(b) >= 2 && b[0] == '\\':
		return decodeEscape(b)
	}
	_, n = utf8.DecodeRuneInString(b)
	return b[:n], n
}

// decodeEscape determines the length of an escape sequence; the HCL library decodes it.
func decodeEscape(b string) (text string, n int) {
	switch b[1] {
	case 'u':
		n = 6
	case 'U':
		n = 10
	default:
		n = 2
	}
	n = min(n, len(b))
	text, _ = hclsyntax.ParseStringLiteralToken(hclsyntax.Token{Type: hclsyntax.TokenQuotedLit, Bytes: []byte(b[:n])})
	return text, n
}

// normalize joins characters that compose to one, because string values are in Unicode normal form C.
func normalize(chars []char) []char {
	out := chars[:0]
	for _, c := range chars {
		own := cty.NormalizeString(c.text)
		if len(out) > 0 && own != "" && own[0] >= utf8.RuneSelf {
			last := &out[len(out)-1]
			if both := cty.NormalizeString(last.text + own); both != last.text+own {
				last.text, last.at.to = both, c.at.to
				continue
			}
		}
		out = append(out, char{own, c.at})
	}
	return out
}

// dropUnused removes white space that is not part of value: the indentation of a <<- heredoc and what ${~ and ~} strip.
// It goes backwards, because the end of an indentation remains. It is false if other characters differ.
func dropUnused(written []char, value string) ([]char, bool) {
	used := make([]char, 0, len(written))
	for _, c := range slices.Backward(written) {
		switch {
		case strings.HasSuffix(value, c.text):
			used = append(used, c)
			value = value[:len(value)-len(c.text)]
		case strings.TrimFunc(c.text, unicode.IsSpace) != "":
			return nil, false
		}
	}
	slices.Reverse(used)
	return used, value == ""
}
