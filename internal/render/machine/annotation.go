package machine

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/render/safe"
)

// Annotations writes diagnostics as GitHub workflow commands, which show them at their source lines. rename maps a file
// name to its path in the repository; nil leaves names unchanged.
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
		fmt.Fprintf(out, "title=%s::%s\n", property(safe.Line(d.Summary)+" ["+safe.Line(diag.Code(d))+"]"), message(safe.Lines(d.Detail).TabsToSpaces()))
	}
	return out.Flush()
}

// commandOf is the workflow command for a severity.
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

// escaped is text that is escaped for a workflow command, by message or property.
type escaped string

// message escapes the message of a command.
func message(t safe.Text) escaped {
	return escaped(strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(string(t)))
}

// property escapes a property of a command.
func property(t safe.Text) escaped {
	return escaped(strings.NewReplacer(":", "%3A", ",", "%2C").Replace(string(message(t))))
}

// Group returns the commands that begin and end a collapsible group in a step's log.
func Group(title string) (begin, end string) {
	return "::group::" + string(message(safe.Line(title))) + "\n", "::endgroup::\n"
}
