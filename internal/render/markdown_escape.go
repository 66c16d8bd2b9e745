package render

import (
	"html"
	"net/url"
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

// entities writes all punctuation that could mean something as character references, which never do.
func entities(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < utf8.RuneSelf && (unicode.IsPunct(r) || unicode.IsSymbol(r)) && !strings.ContainsRune(".,-/", r) {
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

// isPlain reports whether a word is no more than that; a dot stands only between digits, for others make links.
func isPlain(w string) bool {
	digits := true
	for _, r := range w {
		digits = digits && (unicode.IsDigit(r) || r == '.')
		if r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-%'.", r) {
			return false
		}
	}
	return digits || !strings.Contains(w, ".")
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

// link is a link in Markdown; empty if the address is not one of the web.
func link(text, address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	u.Fragment = ""
	escaped := strings.NewReplacer("<", "%3C", ">", "%3E", "(", "%28", ")", "%29", "\\", "%5C", "`", "%60", "@", "%40",
		"*", "%2A", "|", "%7C", "[", "%5B", "]", "%5D", "\"", "%22", "'", "%27").Replace(u.String())
	return "[" + text + "](" + escaped + ")"
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
