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

// view is a text in another way of writing, with the places in the original that its bytes come from.
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

// rewritten is a view that is being made.
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

// place returns the byte of the view that comes from a place in the original, or the next one behind it.
func (v view) place(at int) int {
	n, _ := slices.BinarySearch(v.at, at)
	return n
}

// folded is the view without the difference of small and capital letters, and with one blank for any white space.
func (v view) folded() view { return v.fold(false) }

// squeezed is folded without white space, backslashes, quotes and what is not printed: what wraps, quotes or escapes a
// text puts them anywhere.
func (v view) squeezed() view { return v.fold(true) }

func (v view) fold(squeeze bool) view {
	out := v.rewritten()
	blank := false
	for i := 0; i < len(v.text); {
		r, size := utf8.DecodeRune(v.text[i:])
		switch {
		case squeeze && (unicode.IsSpace(r) || strings.ContainsRune("\\\"'`", r) || !unicode.IsPrint(r)):
		case unicode.IsSpace(r):
			if !blank {
				out.write(" ", v.at[i])
			}
		default: // a byte that is not text is the sign that takes its place in JSON
			out.write(string(fold(r)), v.at[i])
		}
		blank = unicode.IsSpace(r)
		i += size
	}
	return out.end(v.at[len(v.text)])
}

// firstWide and lastWide are the full-width forms of ASCII's characters, ! to ~.
const firstWide, lastWide = 0xff01, 0xff5e

// fold returns one letter for all that differ in case or width alone.
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

// decoded is the view without one layer of escapes: those of URLs, of JSON and other quoted texts, and of HTML.
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

// longestEscape is how many bytes an escape has at most.
const longestEscape = 32

// unescape returns what the escape at the beginning of a text stands for, and its length; 0 if there is none.
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

// unquote is unescape for a backslash. Where nothing else is known of the character behind it, it stands for itself.
func unquote(s string) (string, int) {
	if len(s) < 2 {
		return "", 0
	}
	for _, form := range []struct {
		sign   byte
		digits int
	}{{'u', 4}, {'U', 8}, {'x', 2}} {
		end := 2 + form.digits
		if s[1] != form.sign || len(s) < end {
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
