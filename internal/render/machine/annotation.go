package machine

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/render/safe"
)

// Annotations writes diagnostics as the workflow commands by which GitHub Actions shows them at their lines. rename returns
// the name that GitHub has for a file; nil leaves names unchanged.
func Annotations(w io.Writer, diags diag.Shown, rename func(string) string) error {
	out := bufio.NewWriter(w)
	for _, d := range diags.List() {
		fmt.Fprintf(out, "::%s ", commandOf(diag.SeverityOf(d)))
		if d.Subject != nil {
			name := d.Subject.Filename
			if rename != nil {
				name = rename(name)
			}
			fmt.Fprintf(out, "file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,", property(safe.Line(name)),
				d.Subject.Start.Line, d.Subject.End.Line, d.Subject.Start.Column, d.Subject.End.Column)
		}
		fmt.Fprintf(out, "title=%s::%s\n", property(safe.Line(d.Summary)+" ["+safe.Line(diag.Code(d))+"]"), message(safe.Lines(d.Detail).Untabbed()))
	}
	return out.Flush()
}

// commandOf is the command for a severity.
func commandOf(severity diag.Severity) escaped {
	switch severity {
	case diag.SeverityWarning:
		return "warning"
	case diag.SeverityInfo:
		return "notice"
	default:
		return "error"
	}
}

// escaped is text as a workflow command has it. Only message and property make one.
type escaped string

// message escapes what would end a command's message.
func message(t safe.Text) escaped {
	return escaped(strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(string(t)))
}

// property escapes what would end a command's property, too.
func property(t safe.Text) escaped {
	return escaped(strings.NewReplacer(":", "%3A", ",", "%2C").Replace(string(message(t))))
}

// Group returns what to write before and after lines of a step's log that are folded under a title.
func Group(title string) (begin, end string) {
	return "::group::" + string(message(safe.Line(title))) + "\n", "::endgroup::\n"
}
