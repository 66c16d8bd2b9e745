package render

import (
	"bufio"
	"fmt"
	"io"
)

// FileDiff writes what changed in a file.
func FileDiff(w io.Writer, name, before, after string, s Style) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "--- %s\n+++ %s\n", Clean(name), Clean(name))
	for _, line := range s.lineDiff(before, after) {
		fmt.Fprintln(out, line)
	}
	return out.Flush()
}
