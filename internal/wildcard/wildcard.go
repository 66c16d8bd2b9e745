// Package wildcard matches strings with Datadog's two kinds of wildcard patterns: in tag filters and in searches. It
// imports no other package of ddmon. Matching time is at most proportional to the product of the lengths.
package wildcard

import (
	"strings"
	"unicode/utf8"
)

// Tag returns a function that matches strings with a tag filter pattern. * matches any string; all other characters are
// literal.
func Tag(pattern string) func(string) bool {
	parts := strings.Split(pattern, "*")
	first, last := parts[0], parts[len(parts)-1]
	if len(parts) == 1 {
		return func(s string) bool { return s == pattern }
	}
	return func(s string) bool {
		if len(s) < len(first)+len(last) || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, last) {
			return false
		}
		s = s[len(first) : len(s)-len(last)]
		for _, part := range parts[1 : len(parts)-1] {
			i := strings.Index(s, part)
			if i < 0 {
				return false
			}
			s = s[i+len(part):]
		}
		return true
	}
}

// Search returns a function that matches strings with a term of a log search. * matches any string, ? any character,
// and a backslash escapes the next character.
func Search(raw string) func(string) bool {
	type piece struct {
		r        rune
		any, one bool
	}
	var pieces []piece
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRuneInString(raw[i:])
		i += size
		switch {
		case r == '\\' && i < len(raw):
			r, size = utf8.DecodeRuneInString(raw[i:])
			i += size
			pieces = append(pieces, piece{r: r})
		case r == '*':
			pieces = append(pieces, piece{any: true})
		default:
			pieces = append(pieces, piece{r: r, one: r == '?'})
		}
	}
	return func(s string) bool {
		text := []rune(s)
		i, p, star, mark := 0, 0, -1, 0
		for i < len(text) {
			switch {
			case p < len(pieces) && !pieces[p].any && (pieces[p].one || pieces[p].r == text[i]):
				i, p = i+1, p+1
			case p < len(pieces) && pieces[p].any:
				star, mark = p, i
				p++
			case star >= 0:
				mark++
				i, p = mark, star+1
			default:
				return false
			}
		}
		for p < len(pieces) && pieces[p].any {
			p++
		}
		return p == len(pieces)
	}
}
