package machine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"

	"ddmon/internal/render/safe"
)

// JSON writes a value as JSON and a line end, with an indent or, where that is empty, on one line. What would act on
// a terminal is an escape in it, which means the same.
func JSON(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return err
	}
	if !bytes.ContainsFunc(b.Bytes(), func(r rune) bool { return safe.Acts(r, true) }) {
		_, err := w.Write(b.Bytes())
		return err
	}
	var out bytes.Buffer
	for _, r := range b.String() {
		if !safe.Acts(r, true) {
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
