package terminal

import (
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/render/safe"
)

// Diagnostics writes diagnostics, each with its location, the source lines with the range marked, and what to do. It
// writes the title of a warning or an info once, with the number of findings, and its text once for all objects that
// have it.
func Diagnostics(w io.Writer, files map[string]*hcl.File, shown diag.Shown, s safe.Style) error {
	out := newOutput(w, s)
	source := sources{files: files, lines: map[string][]string{}}
	groups, left := grouped(shown.List()), maxDiagnostics
	for i, group := range groups {
		if left <= 0 {
			out.Printf("%s not shown. Fix these first.\n", safe.Count(count(groups[i:]), "more problem"))
			break
		}
		left -= out.findings(group, source, left)
	}
	return out.Flush()
}

// count returns the number of diagnostics in groups.
func count(groups []*findings) int {
	n := 0
	for _, group := range groups {
		n += group.count
	}
	return n
}

// findings writes at most limit problems of a group, and returns their number.
func (o output) findings(group *findings, source sources, limit int) int {
	title, bold, tone := titleOf(group.title.severity)
	o.Printf("%s %s %s", o.Paint(bold, title+":"), o.shown(safe.Bold, group.title.summary), o.Paint(safe.Dim, "["+safe.Line(group.title.code)+"]"))
	if group.count > 1 {
		o.Printf(" %s", safe.Count(group.count, "finding"))
	}
	o.Println()
	problems := group.problems[:min(len(group.problems), limit)]
	for _, p := range problems {
		if at := p.first.Subject; at != nil {
			o.Printf("  %s\n", position(*at))
			if lines := source.of(at.Filename); lines != nil {
				o.snippet(lines, *at, tone)
			}
		}
		for line := range safe.Lines(p.first.Detail).Lines() {
			o.paragraph(line)
		}
		if len(p.more) > 0 {
			o.paragraph("Also in " + p.places() + ".")
		}
		o.Println()
	}
	if rest := len(group.problems) - len(problems); rest > 0 {
		o.Printf("  %s\n\n", safe.Count(rest, "more problem")+" of this rule not shown.")
	}
	return len(problems)
}

// sources splits files into lines, each file once.
type sources struct {
	files map[string]*hcl.File
	lines map[string][]string
}

// of returns the lines of a file, none if the file is not known.
func (s sources) of(name string) []string {
	file := s.files[name]
	if file == nil {
		return nil
	}
	if _, known := s.lines[name]; !known {
		s.lines[name] = strings.Split(string(file.Bytes), "\n")
	}
	return s.lines[name]
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

// maxLine limits the bytes of a source line that are searched for a range. Behind it, only the position is shown: a
// generated line has many megabytes, and a thousand problems in it would take minutes.
const maxLine = 16 << 10

// snippetColumns is the maximum length of a source line shown with a diagnostic.
const snippetColumns = 200

// snippet writes the line at which a range begins, with carets below the part in the range. The further lines of a
// range, such as a whole heredoc, say nothing about the problem.
func (o output) snippet(lines []string, r hcl.Range, tone safe.Tone) {
	n := r.Start.Line
	if n < 1 || n > len(lines) {
		return
	}
	text := strings.TrimRight(lines[n-1], "\r")
	if len(text) > maxLine && r.Start.Column > maxLine/4 { // a character has up to four bytes
		return
	}
	line := safe.Characters(text[:min(len(text), maxLine)])
	from, to := min(r.Start.Column-1, len(line)), len(line)
	if n == r.End.Line {
		to = max(min(r.End.Column-1, to), from)
	}
	before, marked, after := excerpt(line, from, to)
	o.Printf("  %s | %s%s%s\n", safe.Int(n).PadLeft(5), before, marked, after)
	o.Printf("        | %s%s\n", safe.Repeat(" ", before.Width()), o.Paint(tone, safe.Repeat("^", max(marked.Width(), 1))))
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
