package terminal

import (
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/render/safe"
)

// Diagnostics writes diagnostics, each with its location, the source lines with the range marked, and what to do.
func Diagnostics(w io.Writer, files map[string]*hcl.File, shown diag.Shown, s safe.Style) error {
	out, diags := newOutput(w, s), shown.List()
	lines := make(map[string][]string)
	for i, d := range diags {
		if i == maxDiagnostics {
			out.Printf("%s not shown. Fix these first.\n", safe.Count(len(diags)-i, "more problem"))
			break
		}
		title, bold, tone := titleOf(diag.SeverityOf(d))
		out.Printf("%s %s %s\n", out.Paint(bold, title+":"), out.shown(safe.Bold, d.Summary), out.Paint(safe.Dim, "["+safe.Line(diag.Code(d))+"]"))
		if d.Subject != nil {
			out.Printf("  %s\n", safe.Line(d.Subject.Filename)+":"+safe.Int(d.Subject.Start.Line)+":"+safe.Int(d.Subject.Start.Column))
			if file := files[d.Subject.Filename]; file != nil {
				if _, known := lines[d.Subject.Filename]; !known {
					lines[d.Subject.Filename] = strings.Split(string(file.Bytes), "\n")
				}
				out.snippet(lines[d.Subject.Filename], *d.Subject, tone)
			}
		}
		for line := range safe.Lines(d.Detail).Lines() {
			out.paragraph(line)
		}
		out.Println()
	}
	return out.Flush()
}

// titleOf returns the title of a severity, its tone, and the tone of the carets.
func titleOf(severity diag.Severity) (title safe.Text, bold, tone safe.Tone) {
	switch severity {
	case diag.SeverityWarning:
		return "Warning", safe.BoldYellow, safe.Yellow
	case diag.SeverityInfo:
		return "Info", safe.BoldCyan, safe.Cyan
	default:
		return "Error", safe.BoldRed, safe.Red
	}
}

// maxDiagnostics limits the output: more would hide the first diagnostics, and a crafted file can have a million.
const maxDiagnostics = 1000

// Limits of the source lines shown with a diagnostic.
const (
	snippetLines   = 5
	snippetColumns = 200
)

// snippet writes the source lines of a range, with carets below it.
func (o output) snippet(lines []string, r hcl.Range, tone safe.Tone) {
	for n := r.Start.Line; n <= min(r.End.Line, len(lines), r.Start.Line+snippetLines-1); n++ {
		line := safe.Characters(strings.TrimRight(lines[n-1], "\r"))
		from, to := 0, len(line)
		if n == r.Start.Line {
			from = min(r.Start.Column-1, to)
		}
		if n == r.End.Line {
			to = max(min(r.End.Column-1, to), from)
		}
		for n > r.Start.Line && from < to && (line[from] == " " || line[from] == "\t") && !isBlank(line[from:to]) {
			from++
		}
		before, marked, after := excerpt(line, from, to)
		o.Printf("  %s | %s%s%s\n", safe.Int(n).PadLeft(5), before, marked, after)
		o.Printf("        | %s%s\n", safe.Repeat(" ", before.Width()), o.Paint(tone, safe.Repeat("^", max(marked.Width(), 1))))
	}
	if r.End.Line > r.Start.Line+snippetLines-1 {
		o.Printf("        | ...\n")
	}
}

// excerpt returns the marked part of a line and the text around it. It shortens long lines.
func excerpt(line []string, from, to int) (before, marked, after safe.Text) {
	start, end := 0, len(line)
	if len(line) > snippetColumns {
		start = max(0, min(from-snippetColumns/4, len(line)-snippetColumns))
		end = start + snippetColumns
		to = min(to, end)
	}
	part := func(from, to int) safe.Text { return safe.Lines(strings.Join(line[from:to], "")).TabsToSpaces() }
	before, marked, after = part(start, from), part(from, to), part(to, end)
	if start > 0 {
		before = "..." + before
	}
	if end < len(line) {
		after += "..."
	}
	return before, marked, after
}

// isBlank reports whether a part of a line has only spaces and tabs.
func isBlank(line []string) bool { return strings.Trim(strings.Join(line, ""), " \t") == "" }

// paragraph writes a wrapped line of prose; an indented line is not wrapped.
func (o output) paragraph(text safe.Text) {
	if text.HasPrefix(" ") {
		o.Printf("  %s\n", text.TabsToSpaces())
		return
	}
	for _, line := range text.Wrap(o.Columns() - 2) {
		o.Printf("  %s\n", line)
	}
}
