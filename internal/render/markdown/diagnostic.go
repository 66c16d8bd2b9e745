package markdown

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/render/safe"
)

const (
	// maxDetail is the limit for the detail of a diagnostic, in columns. Each of its lines is limited to maxSentence.
	maxDetail = 1200
	// maxDetailLines is the number of lines of a detail that are shown.
	maxDetailLines = 20
)

// diagnosticItem is a list item. The first line of the detail follows the title. Indented lines are what the detail
// lists, so they are a list of their own. Other lines are paragraphs.
func diagnosticItem(d *hcl.Diagnostic) markup {
	text := "- **" + prose(safe.Clip(d.Summary, maxName)) + "** (" + codeSpan(safe.Clip(diag.Code(d), maxName)) + ")"
	if d.Subject != nil {
		text += " at " + codeSpan(safe.Clip(d.Subject.Filename, maxName)+":"+safe.Int(d.Subject.Start.Line))
	}
	shown, left, cut := 0, maxDetail, 0
	for line := range safe.Lines(d.Detail).Lines() {
		words := line.TabsToSpaces().Trim()
		switch {
		case words == "":
			continue
		case shown == maxDetailLines || left <= 0:
			cut++
			continue
		}
		switch {
		case shown == 0:
			text += ": "
		case line.TabsToSpaces().HasPrefix(" "):
			text += "\n  - "
		default:
			text += "\n\n  "
		}
		words = words.Clip(min(left, maxSentence))
		text += lineStart(words)
		shown, left = shown+1, left-words.Width()
	}
	if cut > 0 {
		text += "\n\n  " + count(cut, "more line") + " not shown."
	}
	return text + "\n"
}
