package markdown

import (
	"ddmon/internal/plan"
	"ddmon/internal/render/change"
	"ddmon/internal/render/safe"
)

// diffWidth is the columns of a fence in a comment, and longestLine the bytes of one line in it.
const (
	diffWidth   = 100
	longestLine = 2000
)

// diffLines are a change's lines as a diff fence has them: the sign in the first column, which is what GitHub colours by.
func diffLines(j *judged) []safe.Text {
	var lines []safe.Text
	all := change.None // the sign of lines without one
	add := func(l *change.Line) { lines = append(lines, cutLine(signed(l, all))) }
	pr := &change.Printer{Change: j.Change, Both: j.both, Columns: diffWidth, Emit: add}
	switch j.Action {
	case plan.Create:
		all = change.Add
		pr.Created("")
	case plan.Delete:
		all = change.Remove
		pr.Deleted("")
	case plan.Update, plan.Replace:
		pr.Edited("")
	case plan.NoOp, plan.Blocked:
		return nil
	}
	pr.Notes("")
	return lines
}

// signed moves the sign of a line to the first column. A line without one has that of the value it goes on with, or
// that of all lines.
func signed(l *change.Line, all change.Sign) safe.Text {
	under := l.Under
	if under == change.None {
		under = all
	}
	switch {
	case l.Sign == change.Modify, l.Sign == change.Move:
		return l.After("!", l.Indent, " ")
	case l.Sign != change.None:
		return l.After(l.Sign.Text(), l.Indent, " ")
	}
	line := l.After(l.Indent)
	switch {
	case l.Tone != safe.Plain || under == change.None || line.HasPrefix("#"):
		return line
	case line.HasPrefix(" "):
		return under.Text() + line[1:]
	}
	return under.Text() + " " + line
}

func cutLine(line safe.Text) safe.Text {
	if len(line) <= longestLine {
		return line
	}
	kept := line[:longestLine].Valid()
	return kept + " … (" + safe.Count(len(line)-len(kept), "byte") + " more)"
}

// diffFence is a fence around as many of the lines as fit; what does not is counted. Empty without lines.
func diffFence(lines []safe.Text, most int) markup {
	if len(lines) == 0 {
		return ""
	}
	size := 0
	for i, line := range lines {
		if size += len(line) + 1; size > most && i > 0 {
			return fence("diff", lines[:i]) + "\n**" + count(len(lines)-i, "more line") + " not shown.**\n"
		}
	}
	return fence("diff", lines)
}
