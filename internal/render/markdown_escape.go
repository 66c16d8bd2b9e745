package render

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text from outside stands in a comment in one of three ways only: in a fence, in a code element, or as plain words.
// In none of them does GitHub see markup, or a user to be notified.

// codeSpan shows text from outside verbatim, in a paragraph, a list or a table.
func codeSpan(s string) string {
	s = Clean(s)
	switch {
	case strings.TrimSpace(s) == "":
		return "<code>&quot;" + s + "&quot;</code>"
	case strings.ContainsAny(s, "`|\\") || strings.HasPrefix(s, " ") || strings.HasSuffix(s, " "):
		// A backtick would end the span, and a pipe ends a table's cell even within one.
		return "<code>" + entities(s) + "</code>"
	}
	return "`" + s + "`"
}

// entities writes all punctuation that could mean something as character references, which never do. A dot makes a link
// of www.example.com, even within an element.
func entities(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < utf8.RuneSelf && (unicode.IsPunct(r) || unicode.IsSymbol(r)) && !strings.ContainsRune(",-/", r) {
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// htmlCode shows text from outside verbatim within HTML, such as a summary, where nothing else is markup.
func htmlCode(s string) string { return "<code>" + html.EscapeString(Clean(s)) + "</code>" }

// htmlWords is prose within HTML: what is more than a plain word becomes code.
func htmlWords(s string) string { return words(s, htmlCode) }

// prose is a sentence that may hold names from outside: what is more than a plain word becomes code.
func prose(s string) string { return words(s, codeSpan) }

func words(s string, code func(string) string) string {
	parts := strings.Fields(Clean(s))
	for i, w := range parts {
		before, inner, after := trimWord(w)
		if !isPlain(inner) {
			inner = code(inner)
		}
		parts[i] = before + inner + after
	}
	return strings.Join(parts, " ")
}

// trimWord takes off the punctuation around a word that means nothing in Markdown there.
func trimWord(w string) (before, inner, after string) {
	inner = strings.TrimLeft(w, "(")
	before = w[:len(w)-len(inner)]
	after = inner
	inner = strings.TrimRight(inner, "),.;:?")
	return before, inner, after[len(inner):]
}

// isPlain reports whether a word is no more than that. A dot stands only between digits, for others make links. So does
// GitHub of what looks like a commit, and of a number behind a hyphen (GH-1).
func isPlain(w string) bool {
	digits, last := true, ' '
	for _, r := range w {
		isDigit := unicode.IsDigit(r)
		if last == '-' && isDigit || r < utf8.RuneSelf && !unicode.IsLetter(r) && !isDigit && !strings.ContainsRune("-%'.", r) {
			return false
		}
		digits = digits && (isDigit || r == '.')
		last = r
	}
	return (digits || !strings.Contains(w, ".")) && !holdsCommit(w)
}

// holdsCommit reports whether a part of a word could be the name of a commit: seven hexadecimal digits or more.
func holdsCommit(w string) bool {
	isOther := func(r rune) bool { return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for part := range strings.FieldsFuncSeq(w, isOther) {
		if len(part) >= 7 && strings.Trim(part, "0123456789abcdefABCDEF") == "" {
			return true
		}
	}
	return false
}

// clip cuts text to a number of characters, visibly.
func clip(s string, most int) string {
	seen := 0
	for i := range s {
		if seen == most {
			return s[:i] + "…"
		}
		seen++
	}
	return s
}

// fence puts lines between fences that nothing in them can close.
func fence(language, content string) string {
	longest, run := 2, 0
	for i := 0; i < len(content); i++ {
		if content[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	mark := strings.Repeat("`", longest+1)
	return mark + language + "\n" + strings.TrimRight(content, "\n") + "\n" + mark + "\n"
}
