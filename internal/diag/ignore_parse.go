package diag

import (
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
)

const (
	ignoreForm = "# ddmon:ignore CODE reason"
	snoozeForm = "# ddmon:snooze CODE until 2026-12-31 reason"
)

// cannotIgnore reports whether a code cannot be ignored: syntax errors, and problems of the comments themselves.
func cannotIgnore(code string) bool {
	return slices.Contains([]string{"hcl", "syntax", "malformed_ignore", "unused_ignore"}, code)
}

// parseIgnore parses a directive, or returns a diagnostic. The caller sets its scope.
func parseIgnore(c directive) (ignore, *hcl.Diagnostic) {
	malformed := func(summary, detail string) (ignore, *hcl.Diagnostic) {
		return ignore{}, Warning("malformed_ignore", summary, detail, c.at)
	}
	keyword, rest := cutWord(c.text)
	form := ignoreForm
	switch keyword {
	case "ignore":
	case "snooze":
		form = snoozeForm
	default:
		return malformed("Invalid ddmon comment", "ddmon: must be followed directly by ignore or "+
			"snooze, not by \""+keyword+"\"."+DidYouMean(keyword, []string{"ignore", "snooze"})+" Write: "+ignoreForm+", or: "+snoozeForm)
	}
	codes, rest := cutCodes(rest)
	if len(codes) == 0 || codes[0] == "until" {
		return malformed("Missing code", "List the codes to "+keyword+", separated by commas. Write: "+form)
	}
	for _, code := range codes {
		if !isCode(code) {
			return malformed("Invalid code", "\""+code+"\" is not a valid code. Codes consist of lower-case letters, digits and "+
				"underscores, and are separated by commas. Write: "+form)
		}
		if cannotIgnore(code) {
			return malformed("Code cannot be ignored", "Findings with the code "+code+" cannot be ignored. Fix them instead.")
		}
	}
	out := ignore{at: c.at, codes: codes}
	if keyword == "snooze" {
		var word string
		if word, rest = cutWord(rest); word != "until" {
			return malformed("Snooze comment without an end", "Add the last day after the codes. Write: "+snoozeForm)
		}
		out.until, rest = cutWord(rest)
		if _, err := time.Parse(time.DateOnly, out.until); err != nil {
			return malformed("Invalid date", "\""+out.until+"\" is not a valid date. Use the format year-month-day. Write: "+snoozeForm)
		}
	}
	if rest == "" {
		return malformed("Missing reason", "State the reason for this "+keyword+" comment. Write: "+form)
	}
	return out, nil
}

// cutWord returns the first word and the rest after the spaces.
func cutWord(s string) (word, rest string) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimLeft(s[i:], " \t")
}

// cutCodes returns words separated by commas, with or without spaces, and the rest.
func cutCodes(s string) (codes []string, rest string) {
	for {
		i := strings.IndexAny(s, ", \t")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			codes = append(codes, s[:i])
		}
		s = strings.TrimLeft(s[i:], " \t")
		if !strings.HasPrefix(s, ",") {
			return codes, s
		}
		s = strings.TrimLeft(s[1:], " \t")
	}
}

func isCode(s string) bool {
	return s != "" && s[0] >= 'a' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}
