package object

import (
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// view is a transformed string with the positions of its bytes in the original.
type view struct {
	text []byte
	// at has an entry for each byte and one for the end.
	at []int
}

func viewOf(s string) view {
	v := view{[]byte(s), make([]int, len(s)+1)}
	for i := range v.at {
		v.at[i] = i
	}
	return v
}

// rewritten is a view that is being built.
type rewritten struct{ view }

func (r *rewritten) write(s string, at int) {
	for range len(s) {
		r.at = append(r.at, at)
	}
	r.text = append(r.text, s...)
}

func (r *rewritten) end(at int) view {
	r.at = append(r.at, at)
	return r.view
}

func (v view) rewritten() *rewritten {
	return &rewritten{view{make([]byte, 0, len(v.text)), make([]int, 0, len(v.at))}}
}

// offset returns the index in the view of the byte from a position in the original, or of the next one.
func (v view) offset(at int) int {
	n, _ := slices.BinarySearch(v.at, at)
	return n
}

// folded is the view in lower case, with one space for any white space.
func (v view) folded() view { return v.fold(false) }

// squeezed is folded without white space, backslashes, quotes and unprintable characters, which wrapping, quoting and
// escaping can insert anywhere.
func (v view) squeezed() view { return v.fold(true) }

func (v view) fold(squeeze bool) view {
	out := v.rewritten()
	inSpace := false
	for i := 0; i < len(v.text); {
		r, size := utf8.DecodeRune(v.text[i:])
		switch {
		case squeeze && (unicode.IsSpace(r) || strings.ContainsRune("\\\"'`", r) || !unicode.IsPrint(r)):
		case unicode.IsSpace(r):
			if !inSpace {
				out.write(" ", v.at[i])
			}
		default: // an invalid byte becomes the replacement character, as in JSON
			out.write(string(fold(r)), v.at[i])
		}
		inSpace = unicode.IsSpace(r)
		i += size
	}
	return out.end(v.at[len(v.text)])
}

// firstWide and lastWide are the full-width forms of ASCII's characters, ! to ~.
const firstWide, lastWide = 0xff01, 0xff5e

// fold maps letters that differ only in case or width to the same letter.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}
	if firstWide <= r && r <= lastWide {
		return fold(r - firstWide + '!')
	}
	least := r
	for c := unicode.SimpleFold(r); c != r; c = unicode.SimpleFold(c) {
		least = min(least, c)
	}
	return unicode.ToLower(least)
}

// decoded is the view without one layer of escapes: of URLs, of JSON and other quoted strings, and of HTML.
func (v view) decoded() (view, bool) {
	if !slices.ContainsFunc(v.text, func(c byte) bool { return c == '%' || c == '\\' || c == '&' }) {
		return v, false
	}
	out := v.rewritten()
	changed := false
	for i := 0; i < len(v.text); {
		text, size := unescape(string(v.text[i:min(len(v.text), i+longestEscape)]))
		if size == 0 {
			out.write(string(v.text[i:i+1]), v.at[i])
			i++
			continue
		}
		changed = true
		out.write(text, v.at[i])
		i += size
	}
	return out.end(v.at[len(v.text)]), changed
}

// longestEscape is the maximum length of an escape in bytes.
const longestEscape = 32

// unescape decodes the escape at the start of a string and returns its length, or 0.
func unescape(s string) (string, int) {
	switch s[0] {
	case '%':
		if n, err := strconv.ParseUint(s[1:min(len(s), 3)], 16, 8); err == nil && len(s) >= 3 {
			return string([]byte{byte(n)}), 3
		}
	case '&':
		if end := strings.IndexByte(s, ';'); end > 0 {
			if text := html.UnescapeString(s[:end+1]); text != s[:end+1] {
				return text, end + 1
			}
		}
	case '\\':
		return unquote(s)
	}
	return "", 0
}

// unquote is unescape for a backslash. An unknown escape decodes to the character after the backslash.
func unquote(s string) (string, int) {
	if len(s) < 2 {
		return "", 0
	}
	for _, form := range []struct {
		letter byte
		digits int
	}{{'u', 4}, {'U', 8}, {'x', 2}} {
		end := 2 + form.digits
		if s[1] != form.letter || len(s) < end {
			continue
		}
		n, err := strconv.ParseUint(s[2:end], 16, 32)
		if err != nil {
			continue
		}
		r := rune(n)
		if utf16.IsSurrogate(r) && len(s) >= end+6 && s[end] == '\\' && s[end+1] == 'u' {
			if low, err := strconv.ParseUint(s[end+2:end+6], 16, 32); err == nil {
				return string(utf16.DecodeRune(r, rune(low))), end + 6
			}
		}
		return string(r), end
	}
	if n := strings.IndexByte("nrtbfv", s[1]); n >= 0 {
		return "\n\r\t\b\f\v"[n : n+1], 2
	}
	return s[1:2], 2
}
