package object

import (
	"encoding/json"
	"html"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SecretForms are the texts by which a sensitive value can be recognised in what Datadog and ddmon write: as it is,
// without blanks around it, line by line, with the letters that Unicode holds equal (NFC, NFKC and their like), and as JSON,
// JSON in JSON or HTML write it. Each stands there once; an empty one does not.
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

// withoutControls is a text as errors repeat it: what is not printable is a blank.
func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s)
}

// inJSON is a text as it stands between the quotes of a JSON string.
func inJSON(s string) string {
	escaped, _ := json.Marshal(s) // a string always can be
	return string(escaped[1 : len(escaped)-1])
}
