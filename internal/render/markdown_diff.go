package render

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"ddmon/internal/plan"
)

// diffWidth is the columns of a fence in a comment, and longestLine the bytes of one line in it.
const (
	diffWidth   = 100
	longestLine = 2000
)

// diffLines are a change's lines as a diff fence has them: the sign in the first column, which is what GitHub colours
// by. They are those of the terminal, and the colours tell a sign from a message's text that looks like one.
func diffLines(j *judged) []string {
	var buffer bytes.Buffer
	c := j.Change
	pr := &printer{out: bufio.NewWriter(&buffer), style: Style{Color: true, Width: diffWidth}, c: c, both: j.both}
	m := marker{}
	switch c.Action {
	case plan.Create:
		m.all = '+'
		pr.body("", c.After, nil)
	case plan.Delete:
		m.all = '-'
		pr.deleted("")
	case plan.Update, plan.Replace:
		pr.edits("", treeOf(c.Edits))
	case plan.NoOp, plan.Blocked:
		return nil
	}
	pr.notes("")
	_ = pr.out.Flush() // a buffer takes everything
	text := strings.TrimRight(buffer.String(), "\n")
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = cutLine(m.mark(line))
	}
	return lines
}

// marker moves the signs of painted lines to the first column.
type marker struct {
	all   byte   // the sign of lines without one; 0 for none
	open  byte   // the sign of the heredoc that is open; 0 for none
	until string // the line that closes it
}

func (m *marker) mark(line string) string {
	plain := Clean(unpainted(line))
	if m.open != 0 {
		sign := m.open
		if plain == m.until {
			m.open = 0
		}
		return signed(sign, plain)
	}
	text := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(text)]
	if !strings.HasPrefix(text, "\x1b[") || len(plain) <= len(indent) {
		return signed(m.all, plain)
	}
	sign := plain[len(indent)]
	switch sign {
	case '~':
		sign = '!'
	case '+', '-':
		if strings.HasSuffix(plain, " = <<-EOT") {
			m.open, m.until = sign, indent+"  EOT"
		}
	default:
		return plain
	}
	return string(sign) + indent + plain[len(indent)+1:]
}

// signed puts a sign into the first column of a line that leaves it free.
func signed(sign byte, line string) string {
	switch {
	case sign == 0 || strings.HasPrefix(line, "#"):
		return line
	case strings.HasPrefix(line, " "):
		return string(sign) + line[1:]
	}
	return string(sign) + " " + line
}

// unpainted takes the escape sequences of paint out of a line.
func unpainted(line string) string {
	var b strings.Builder
	for {
		text, rest, found := strings.Cut(line, "\x1b[")
		b.WriteString(text)
		if !found {
			return b.String()
		}
		_, line, _ = strings.Cut(rest, "m")
	}
}

func cutLine(line string) string {
	if len(line) <= longestLine {
		return line
	}
	kept := strings.ToValidUTF8(line[:longestLine], "")
	return fmt.Sprintf("%s … (%s more)", kept, Count(len(line)-len(kept), "byte"))
}

// diffFence is a fence around as many of the lines as fit; what does not is counted. Empty without lines.
func diffFence(lines []string, most int) string {
	if len(lines) == 0 {
		return ""
	}
	size := 0
	for i, line := range lines {
		if size += len(line) + 1; size > most && i > 0 {
			shown := strings.Join(lines[:i], "\n")
			return fence("diff", shown) + "\n**" + Count(len(lines)-i, "more line") + " not shown.**\n"
		}
	}
	return fence("diff", strings.Join(lines, "\n"))
}
