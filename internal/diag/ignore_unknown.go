package diag

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// maxSuggestedCodes is how many misspelled codes get a suggestion. Files can have a million of them, and each is
// compared with all codes.
const maxSuggestedCodes = 100

// Known returns the comments without codes that are not in known, which must be sorted. A comment with such codes is a
// warning, "malformed_ignore": it suppresses nothing, now or later.
func (w *Ignores) Known(known []string) (*Ignores, hcl.Diagnostics) {
	out := &Ignores{}
	if w == nil {
		return out, nil
	}
	var diags hcl.Diagnostics
	suggested := 0
	for _, v := range w.list {
		var kept, unknown []string
		for _, code := range v.codes {
			if _, ok := slices.BinarySearch(known, code); ok {
				kept = append(kept, code)
				continue
			}
			text := "No finding has the code " + code + "."
			if suggested++; suggested <= maxSuggestedCodes {
				text += DidYouMean(code, known)
			}
			unknown = append(unknown, text)
		}
		if v.codes = kept; len(kept) > 0 {
			out.list = append(out.list, v)
		}
		if len(unknown) > 0 {
			diags = append(diags, Warning("malformed_ignore", "Unknown code", strings.Join(unknown, " "), v.at))
		}
	}
	return out, diags
}
