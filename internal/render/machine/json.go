package machine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"

	"ddmon/internal/render/safe"
)

// JSON writes a value as JSON and a newline, indented or, with an empty indent, on one line. It writes characters that
// could control a terminal as JSON escapes.
func JSON(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return err
	}
	if !bytes.ContainsFunc(b.Bytes(), func(r rune) bool { return safe.IsUnsafe(r, true) }) {
		_, err := w.Write(b.Bytes())
		return err
	}
	var out bytes.Buffer
	for _, r := range b.String() {
		if !safe.IsUnsafe(r, true) {
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&out, `\u%04x`, unit)
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}
