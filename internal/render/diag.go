package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/planfile"
)

// Diagnostics writes diagnostics for a person: what is wrong, where, the lines it is about with the place marked, and
// what to do.
func Diagnostics(w io.Writer, files map[string]*hcl.File, diags hcl.Diagnostics, s Style) error {
	out := bufio.NewWriter(w)
	lines := make(map[string][]string)
	for i, d := range diags {
		if i == mostShown {
			fmt.Fprintf(out, "%s. Fix these first.\n", Count(len(diags)-i, "more problem"))
			break
		}
		title, color := "Error", red
		switch severity(d) {
		case "warning":
			title, color = "Warning", yellow
		case "info":
			title, color = "Info", cyan
		}
		fmt.Fprintf(out, "%s %s %s\n", s.paint(bold+";"+color, title+":"), s.paint(bold, Clean(d.Summary)), s.paint(dim, "["+Clean(diag.Code(d))+"]"))
		if d.Subject != nil {
			fmt.Fprintf(out, "  %s\n", Clean(fmt.Sprintf("%s:%d:%d", d.Subject.Filename, d.Subject.Start.Line, d.Subject.Start.Column)))
			if file := files[d.Subject.Filename]; file != nil {
				if _, known := lines[d.Subject.Filename]; !known {
					lines[d.Subject.Filename] = strings.Split(string(file.Bytes), "\n")
				}
				s.snippet(out, lines[d.Subject.Filename], *d.Subject, color)
			}
		}
		for line := range strings.SplitSeq(CleanLines(d.Detail), "\n") {
			s.paragraph(out, line)
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

// mostShown is how many diagnostics are shown. More would hide the first, and a file can be made to have a million.
const mostShown = 1000

// snippetLines is how many lines of a range are shown, and snippetColumns how much of each.
const (
	snippetLines   = 5
	snippetColumns = 200
)

// snippet writes the lines of a range, each with carets below the part that is meant.
func (s Style) snippet(out *bufio.Writer, lines []string, r hcl.Range, color string) {
	for n := r.Start.Line; n <= min(r.End.Line, len(lines), r.Start.Line+snippetLines-1); n++ {
		runes := []rune(strings.TrimRight(lines[n-1], "\r"))
		from, to := 0, len(runes)
		if n == r.Start.Line {
			from = min(r.Start.Column-1, to)
		}
		if n == r.End.Line {
			to = max(min(r.End.Column-1, to), from)
		}
		line, from, to := excerpt(runes, from, to)
		fmt.Fprintf(out, "  %5d | %s\n", n, strings.ReplaceAll(CleanLines(line), "\t", " "))
		marked := []rune(line)[from:to]
		if indented := strings.TrimLeft(string(marked), " \t"); n > r.Start.Line && len(indented) < len(marked) {
			from += len(marked) - len([]rune(indented))
		}
		fmt.Fprintf(out, "        | %s%s\n", strings.Repeat(" ", from), s.paint(color, strings.Repeat("^", max(to-from, 1))))
	}
	if r.End.Line > r.Start.Line+snippetLines-1 {
		fmt.Fprintf(out, "        | ...\n")
	}
}

// excerpt cuts a long line to what is around the marked part, and returns where that is then.
func excerpt(line []rune, from, to int) (string, int, int) {
	if len(line) <= snippetColumns {
		return string(line), from, to
	}
	start := max(0, min(from-snippetColumns/4, len(line)-snippetColumns))
	end := start + snippetColumns
	text := string(line[start:end])
	from, to = from-start, min(to, end)-start
	if start > 0 {
		text, from, to = "..."+text, from+3, to+3
	}
	if end < len(line) {
		text += "..."
	}
	return text, from, to
}

// paragraph writes prose, broken at blanks; a line that begins with one is kept as it is.
func (s Style) paragraph(out *bufio.Writer, text string) {
	if strings.HasPrefix(text, " ") {
		fmt.Fprintf(out, "  %s\n", strings.ReplaceAll(text, "\t", " "))
		return
	}
	for _, line := range wrap(text, s.width()-2) {
		fmt.Fprintf(out, "  %s\n", line)
	}
}

// severity names a diagnostic's severity.
func severity(d *hcl.Diagnostic) string { return diag.SeverityOf(d).String() }

// Diagnostic is a diagnostic as JSON.
type Diagnostic struct {
	Severity string          `json:"severity"` // "error" or "warning"
	Code     string          `json:"code"`
	Summary  string          `json:"summary"`
	Detail   string          `json:"detail"`
	Address  string          `json:"address,omitempty"`
	Range    *planfile.Range `json:"range,omitempty"`
}

// JSONDiagnostics returns diagnostics as JSON has them; never nil.
func JSONDiagnostics(diags hcl.Diagnostics) []Diagnostic {
	out := make([]Diagnostic, 0, len(diags))
	for _, d := range diags {
		j := Diagnostic{Severity: severity(d), Code: diag.Code(d), Summary: d.Summary, Detail: d.Detail}
		if extra, ok := d.Extra.(diag.Extra); ok {
			j.Address = extra.Address
		}
		if d.Subject != nil {
			j.Range = planfile.NewRange(*d.Subject)
		}
		out = append(out, j)
	}
	return out
}
