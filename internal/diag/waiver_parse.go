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

// notWaivable are the codes of what keeps a file from being read, and of faults in waivers themselves.
func notWaivable(code string) bool {
	return slices.Contains([]string{"hcl", "syntax", "malformed_ignore", "unused_ignore"}, code)
}

// parseWaiver reads a directive; its scope is left to the caller. Exactly one of the results counts.
func parseWaiver(c directive) (waiver, *hcl.Diagnostic) {
	malformed := func(summary, detail string) (waiver, *hcl.Diagnostic) {
		return waiver{}, Warning("malformed_ignore", summary, detail, c.at)
	}
	keyword, rest := cutWord(c.text)
	form := ignoreForm
	switch keyword {
	case "ignore":
	case "snooze":
		form = snoozeForm
	default:
		return malformed("Unknown word after ddmon:", "A comment that begins with ddmon: goes on, without a blank, with ignore or "+
			"snooze, not with \""+keyword+"\"."+DidYouMean(keyword, []string{"ignore", "snooze"})+" Write: "+ignoreForm+", or: "+snoozeForm)
	}
	codes, rest := cutCodes(rest)
	if len(codes) == 0 || codes[0] == "until" {
		return malformed("Comment without a code", "A "+keyword+" names the codes it is for, separated by commas. Write: "+form)
	}
	for _, code := range codes {
		if !isCode(code) {
			return malformed("Not a code", "\""+code+"\" is not a code: those consist of lower-case letters, digits and "+
				"underscores. Codes are separated by commas. Write: "+form)
		}
		if notWaivable(code) {
			return malformed("Code that cannot be waived", "What has the code "+code+" cannot be waived. Repair what it is about.")
		}
	}
	out := waiver{at: c.at, codes: codes}
	if keyword == "snooze" {
		var word string
		if word, rest = cutWord(rest); word != "until" {
			return malformed("Snooze without an end", "A snooze names its last day behind the codes. Write: "+snoozeForm)
		}
		out.until, rest = cutWord(rest)
		if _, err := time.Parse(time.DateOnly, out.until); err != nil {
			return malformed("Not a date", "\""+out.until+"\" is not a day written as year-month-day. Write: "+snoozeForm)
		}
	}
	if rest == "" {
		return malformed("Comment without a reason", "Whoever reads this "+keyword+" later needs to know why. Write: "+form)
	}
	return out, nil
}

// cutWord returns the text up to the first blank, and what follows the blanks.
func cutWord(s string) (word, rest string) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimLeft(s[i:], " \t")
}

// cutCodes returns words separated by commas, with or without blanks, and what follows.
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
