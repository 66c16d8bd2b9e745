package terminal

import (
	"io"

	"ddmon/internal/explain"
	"ddmon/internal/render/safe"
)

// Sections writes an explanation as titles with lists of sentences.
func Sections(w io.Writer, sections []explain.Section, s safe.Style) error {
	out := safe.NewWriter(w)
	for i, section := range sections {
		if i > 0 {
			out.Println()
		}
		out.Println(s.Paint(safe.Bold, safe.Line(section.Title)))
		for _, line := range section.Lines {
			for n, part := range safe.Line(line).Wrap(s.Columns() - 4) {
				lead := safe.Text("    ")
				if n == 0 {
					lead = "  - "
				}
				out.Println(lead + part)
			}
		}
	}
	return out.Flush()
}
