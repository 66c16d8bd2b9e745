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

// char is a piece of a literal that is written and read as one: a letter, an escape sequence.
type char struct {
	text string // what it evaluates to
	at   span   // where it is written
}

// literalChars returns the characters of a template's literal part, whose texts make up value. The HCL library keeps
// the text of such a part and its outer range, but not which of the white space in between it dropped.
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

// decodeOne returns what the first character of b means and how many bytes it takes.
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

// decodeEscape leaves the meaning of a sequence to the HCL library: only its length is decided here.
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

// normalize joins characters that make one when composed, since every string value is in normal form C.
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

// dropUnused removes the white space that is written but not part of value: the indentation of a <<- heredoc and what
// ${~ and ~} eat. Going backwards is exact for indentation, whose inner end stays. False if anything else differs.
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
