package terminal

import (
	"io"

	"ddmon/internal/render/change"
	"ddmon/internal/render/safe"
)

// FileDiff writes the changes of a file as a diff.
func FileDiff(w io.Writer, name, before, after string, s safe.Style) error {
	out := safe.NewWriter(w)
	out.Printf("--- %s\n+++ %s\n", safe.Line(name), safe.Line(name))
	change.Texts(before, after, func(l *change.Line) {
		l.KeepTrailingSpaces = true
		l.Write(out, s)
	})
	return out.Flush()
}
