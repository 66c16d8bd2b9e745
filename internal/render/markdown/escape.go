package markdown

import (
	"html"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ddmon/internal/object"
	"ddmon/internal/render/safe"
)

// markup is Markdown: a constant, or text that a function of this file converted.
type markup string

// Limits for text from outside, outside of fences, in columns.
const (
	maxName     = 100
	maxSentence = 600
)

// Text from outside gets into a comment in three ways only: in a fence, as code, or as plain words. In none of them
// does GitHub find markup, or a user to notify.

// codeSpan shows text from outside verbatim, in a paragraph, a list or a table.
func codeSpan(t safe.Text) markup {
	s := string(t)
	switch {
	case strings.TrimSpace(s) == "":
		return "<code>&quot;" + markup(s) + "&quot;</code>"
	case strings.ContainsAny(s, "`|\\") || strings.HasPrefix(s, " ") || strings.HasSuffix(s, " "):
		// A backtick would end the span, and a pipe ends a table's cell even within one.
		return "<code>" + entities(s) + "</code>"
	}
	return "`" + markup(s) + "`"
}

// entities writes punctuation as character references, which Markdown never interprets. Dots are included: GitHub turns
// www.example.com into a link even within an element.
func entities(s string) markup {
	var b strings.Builder
	for _, r := range s {
		if r < utf8.RuneSelf && (unicode.IsPunct(r) || unicode.IsSymbol(r)) && !strings.ContainsRune(",-/", r) {
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
		} else {
			b.WriteRune(r)
		}
	}
	return markup(b.String())
}

// htmlCode shows text from outside verbatim within HTML, such as <summary>, where Markdown is not interpreted.
func htmlCode(t safe.Text) markup { return "<code>" + markup(html.EscapeString(string(t))) + "</code>" }

// htmlProse is prose within HTML.
func htmlProse(t safe.Text) markup { return escapeWords(t, htmlCode) }

// prose writes a sentence with text from outside: everything but plain words becomes code.
func prose(t safe.Text) markup { return escapeWords(t, codeSpan) }

// lineStart is prose at the start of a line, where Markdown reads "1." and "-" as the start of a list, and "---" as a
// rule.
func lineStart(t safe.Text) markup {
	for first := range t.Words() {
		if number := strings.TrimRight(string(first), ".)"); strings.Trim(string(first), "-") == "" || number != string(first) && strings.Trim(number, "0123456789") == "" {
			return codeSpan(first) + " " + prose(t[len(first):])
		}
		break
	}
	return prose(t)
}

func escapeWords(t safe.Text, code func(safe.Text) markup) markup {
	var b strings.Builder
	b.Grow(2 * len(t))
	for w := range t.Words() {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		before, inner, after := trimWord(w)
		if isPlain(string(inner)) {
			b.WriteString(string(w))
			continue
		}
		b.WriteString(string(before))
		b.WriteString(string(code(inner)))
		b.WriteString(string(after))
	}
	return markup(b.String())
}

// trimWord splits off the punctuation around a word that has no meaning in Markdown there.
func trimWord(w safe.Text) (before, inner, after safe.Text) {
	inner = w.TrimLeft("(")
	before = w[:len(w)-len(inner)]
	after = inner
	inner = inner.TrimRight("),.;:?")
	return before, inner, after[len(inner):]
}

// isPlain reports whether GitHub shows a word unchanged. It makes links of words with dots (other than numbers),
// of words that look like a commit, and of a number after a hyphen (GH-1).
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
	return (digits || !strings.Contains(w, ".")) && !containsCommit(w)
}

// containsCommit reports whether a part of a word can be a commit hash: seven or more hexadecimal digits.
func containsCommit(w string) bool {
	isOther := func(r rune) bool { return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for part := range strings.FieldsFuncSeq(w, isOther) {
		if len(part) >= 7 && strings.Trim(part, "0123456789abcdefABCDEF") == "" {
			return true
		}
	}
	return false
}

// fence puts lines into a fence that is longer than any run of backticks in them, so that they cannot close it.
func fence(language markup, lines []safe.Text) markup {
	content := strings.TrimRight(string(safe.Join(lines, "\n")), "\n")
	longest, run := 2, 0
	for i := 0; i < len(content); i++ {
		if content[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	mark := markup(strings.Repeat("`", longest+1))
	return mark + language + "\n" + markup(content) + "\n" + mark + "\n"
}

// join joins parts of a comment.
func join(parts []markup, separator markup) markup {
	length := len(separator) * len(parts)
	for _, p := range parts {
		length += len(p)
	}
	var b strings.Builder
	b.Grow(length)
	for i, p := range parts {
		if i > 0 {
			b.WriteString(string(separator))
		}
		b.WriteString(string(p))
	}
	return markup(b.String())
}

// number writes an integer.
func number(n int) markup { return markup(strconv.Itoa(n)) }

// count writes a number and a noun: 1 object, 2 objects.
func count(n int, noun markup) markup {
	if n != 1 {
		noun += "s"
	}
	return number(n) + " " + noun
}

// second writes a time to the second.
func second(at time.Time) markup { return markup(at.UTC().Format(time.DateTime) + " UTC") }

// minute writes a time without seconds.
func minute(at time.Time) markup { return markup(at.UTC().Format("2006-01-02 15:04") + " UTC") }

// marker is an HTML comment by which CI finds the comment of a stack again. object.StackSlug returns no character that
// could end it.
func marker(of markup, stack string) markup {
	return "<!-- ddmon:" + of + " " + markup(safe.Line(object.StackSlug(stack)).Clip(200)) + " -->"
}

// link is a Markdown link; empty if the address is not an http or https URL.
func link(text markup, address string) markup {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	u.Fragment = ""
	escaped := strings.NewReplacer("<", "%3C", ">", "%3E", "(", "%28", ")", "%29", "\\", "%5C", "`", "%60", "@", "%40",
		"*", "%2A", "|", "%7C", "[", "%5B", "]", "%5D", "\"", "%22", "'", "%27").Replace(u.String())
	return "[" + text + "](" + markup(escaped) + ")"
}
