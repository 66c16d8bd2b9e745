package object

import (
	"encoding/json"
	"html"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SecretForms returns the strings by which a sensitive value can be recognized in the output of Datadog and ddmon:
// unchanged, trimmed, line by line, in the Unicode normal forms (NFC, NFKC and so on), and encoded as JSON, JSON in
// JSON, or HTML. The strings are unique and not empty.
func SecretForms(value string) []string {
	var out []string
	add := func(forms ...string) {
		for _, form := range forms {
			if form = strings.TrimSpace(form); form != "" && !slices.Contains(out, form) {
				out = append(out, form)
			}
		}
	}
	withoutHTML := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&")
	parts := append([]string{value}, strings.Split(value, "\n")...)
	for _, form := range []norm.Form{norm.NFC, norm.NFD, norm.NFKC, norm.NFKD} {
		if equal := form.String(value); !slices.Contains(parts, equal) {
			parts = append(parts, equal)
		}
	}
	for _, part := range parts {
		quoted := inJSON(part)
		add(part, withoutControls(part), quoted, withoutHTML.Replace(quoted), inJSON(quoted), withoutHTML.Replace(inJSON(quoted)),
			inJSON(withoutHTML.Replace(quoted)), strings.ReplaceAll(part, `"`, `\"`), html.EscapeString(part))
	}
	return out
}

// withoutControls returns a string as errors repeat it: unprintable characters become spaces.
func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s)
}

// inJSON returns a string as the content of a JSON string, without quotes.
func inJSON(s string) string {
	escaped, _ := json.Marshal(s) // a string can always be encoded
	return string(escaped[1 : len(escaped)-1])
}
