package testfile

import (
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// monitorWith returns a valid monitor block with more lines in it.
func monitorWith(lines string) string {
	return "monitor \"m\" {\n  name  = \"n\"\n  type  = \"query alert\"\n  query = \"avg(last_5m):avg:a{*} > 5\"\n" + lines + "\n}\n"
}

// describe formats diagnostics, one per line: code, file:line:column, summary, detail.
func describe(diags hcl.Diagnostics) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(diag.Code(d))
		if d.Subject != nil {
			b.WriteString(" " + filepath.Base(d.Subject.Filename) + d.Subject.String()[strings.IndexByte(d.Subject.String(), ':'):])
		}
		b.WriteString(" " + d.Summary + ": " + d.Detail + "\n")
	}
	return b.String()
}

func objectAt(a object.Address) func(*object.Object) bool {
	return func(o *object.Object) bool { return o.Address == a }
}
