package cli

import (
	"io"

	"ddmon/internal/render/machine"
)

// writeJSON writes one indented JSON document.
func writeJSON(w io.Writer, v any) error { return machine.JSON(w, v, "  ") }

// writeLine writes one JSON value on its own line.
func writeLine(w io.Writer, v any) error { return machine.JSON(w, v, "") }
