package render

import (
	"bufio"
	"fmt"
	"io"

	"ddmon/internal/explain"
)

// Sections writes an explanation: a title, and the sentences below it.
func Sections(w io.Writer, sections []explain.Section, s Style) error {
	out := bufio.NewWriter(w)
	for i, section := range sections {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, s.paint(bold, Clean(section.Title)))
		for _, line := range section.Lines {
			for n, part := range wrap(Clean(line), s.width()-4) {
				lead := "    "
				if n == 0 {
					lead = "  - "
				}
				fmt.Fprintln(out, lead+part)
			}
		}
	}
	return out.Flush()
}
