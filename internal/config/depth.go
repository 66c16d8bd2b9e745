package config

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
)

// maxDepth bounds how deep brackets may be nested. HCL's parser recurses with them, and a stack that overflows ends
// the program without a word. Nobody nests a hundred.
const maxDepth = 2000

// tooDeep reports where text nests brackets, or repeats a sign, deeper than maxDepth. It does not tell brackets in
// strings from others, which only a text with thousands of unbalanced ones would notice.
func tooDeep(source []byte, name string) *hcl.Diagnostic {
	depth, signs, line := 0, 0, 1
	for at, c := range source {
		switch c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(depth-1, 0)
		case '!', '-':
			signs++
		case '\n':
			line++
			continue
		case ' ', '\t', '\r':
			continue
		}
		if c != '!' && c != '-' {
			signs = 0
		}
		if depth > maxDepth || signs > maxDepth {
			start := hcl.Pos{Line: line, Column: 1, Byte: at}
			return diag.Error("syntax", "Nested too deep", "Brackets are nested thousands of levels deep here, or one of them is never closed.",
				hcl.Range{Filename: name, Start: start, End: start})
		}
	}
	return nil
}
