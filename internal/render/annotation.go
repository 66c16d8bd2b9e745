package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
)

// Annotations writes diagnostics as the workflow commands by which GitHub Actions shows them at their lines.
func Annotations(w io.Writer, diags hcl.Diagnostics) error {
	out := bufio.NewWriter(w)
	commands := map[string]string{"error": "error", "warning": "warning", "info": "notice"}
	for _, d := range diags {
		fmt.Fprintf(out, "::%s ", commands[severity(d)])
		if d.Subject != nil {
			fmt.Fprintf(out, "file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,", annotationProperty(d.Subject.Filename),
				d.Subject.Start.Line, d.Subject.End.Line, d.Subject.Start.Column, d.Subject.End.Column)
		}
		fmt.Fprintf(out, "title=%s::%s\n", annotationProperty(d.Summary+" ["+diag.Code(d)+"]"), annotationText(strings.ReplaceAll(CleanLines(d.Detail), "\t", " ")))
	}
	return out.Flush()
}

// annotationText escapes what would end a command's message.
func annotationText(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// annotationProperty escapes what would end a command's property, too.
func annotationProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(annotationText(Clean(s)))
}
