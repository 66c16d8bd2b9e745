package markdown

import (
	"ddmon/internal/plan"
	"ddmon/internal/render/change"
	"ddmon/internal/render/safe"
)

// diffWidth is the columns of a fence, and maxLine the bytes of one line in it.
const (
	diffWidth = 100
	maxLine   = 2000
)

// diffLines returns the lines of a change with their symbols in the first column, where GitHub expects them to colour a
// diff.
func diffLines(e *entry) []safe.Text {
	var lines []safe.Text
	usual := change.None // for lines without a symbol
	add := func(l *change.Line) { lines = append(lines, cutLine(symbolFirst(l, usual))) }
	pr := &change.Printer{Change: e.Change, Overlap: e.overlap, Columns: diffWidth, Emit: add}
	switch e.Action {
	case plan.Create:
		usual = change.Add
		pr.Created("")
	case plan.Delete:
		usual = change.Remove
		pr.Deleted("")
	case plan.Update, plan.Replace:
		pr.Edited("")
	case plan.NoOp, plan.Blocked:
		return nil
	}
	pr.Notes("")
	return lines
}

// symbolFirst moves the symbol of a line to the first column. A line without a symbol gets the symbol of the value that it
// continues, else the usual one.
func symbolFirst(l *change.Line, usual change.Symbol) safe.Text {
	inherited := l.Inherited
	if inherited == change.None {
		inherited = usual
	}
	switch {
	case l.Symbol == change.Modify, l.Symbol == change.Move:
		return l.After("!", l.Indent, " ")
	case l.Symbol != change.None:
		return l.After(l.Symbol.Text(), l.Indent, " ")
	}
	line := l.After(l.Indent)
	switch {
	case l.Tone != safe.Plain || inherited == change.None || line.HasPrefix("#"):
		return line
	case line.HasPrefix(" "):
		return inherited.Text() + line[1:]
	}
	return inherited.Text() + " " + line
}

func cutLine(line safe.Text) safe.Text {
	if len(line) <= maxLine {
		return line
	}
	kept := line[:maxLine].Valid()
	return kept + " … (" + safe.Count(len(line)-len(kept), "byte") + " more)"
}

// diffFence puts the lines that fit into a fence, and counts the rest. It is empty without lines.
func diffFence(lines []safe.Text, maxBytes int) markup {
	if len(lines) == 0 {
		return ""
	}
	size := 0
	for i, line := range lines {
		if size += len(line) + 1; size > maxBytes && i > 0 {
			return fence("diff", lines[:i]) + "\n**" + count(len(lines)-i, "more line") + " not shown.**\n"
		}
	}
	return fence("diff", lines)
}
