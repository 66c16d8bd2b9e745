package markdown

import (
	"io"
	"strings"

	"ddmon/internal/plan"
)

// page is a comment being written. It never exceeds its budget: blocks that do not fit are left out, and counted.
type page struct {
	out       strings.Builder
	left      int
	diffBytes int // of one change
}

// add writes a block if there is room for it.
func (p *page) add(block markup) bool {
	if len(block) > p.left {
		return false
	}
	p.left -= len(block)
	p.out.WriteString(string(block))
	return true
}

// table is a section of rows, the most important first.
type table struct {
	title, header markup
	rows          []markup
	noun          markup // of a row: monitor
	note          markup // a sentence below the rows
}

// noticeSize is the room for a notice that something was left out. A list of changes can end with two of them, so a
// page reserves their room from the start.
const (
	noticeSize = 250
	reserve    = 2 * noticeSize
)

// newPage returns a page with a budget of bytes, for a number of lists of changes.
func newPage(budget, lists int) *page {
	return &page{left: budget - lists*reserve, diffBytes: budget / 4}
}

func (p *page) writeTo(w io.Writer) error {
	_, err := io.WriteString(w, strings.TrimRight(p.out.String(), "\n")+"\n")
	return err
}

// table writes the rows that fit into a share of the budget, and counts the rest. It writes nothing for a table without
// rows.
func (p *page) table(t table, share int) {
	if len(t.rows) == 0 {
		return
	}
	share = min(share, p.left)
	used := len(t.title) + len(t.header) + len(t.note) + noticeSize
	n := 0
	for n < len(t.rows) && used+len(t.rows[n]) <= share {
		used += len(t.rows[n])
		n++
	}
	text := "#### " + t.title + "\n\n" + t.header + join(t.rows[:n], "") + "\n"
	if n == 0 {
		text = "#### " + t.title + "\n\n"
	}
	if n < len(t.rows) {
		text += "**" + count(len(t.rows)-n, "more "+t.noun) + " not shown (comment size limit).**\n\n"
	}
	if t.note != "" {
		text += t.note + "\n"
	}
	p.add(text)
}

// changes writes a list of changes, each with its diff. If the room runs out, the least important changes are written
// without diffs, then not at all. keep is the number of bytes to keep for what follows.
func (p *page) changes(title markup, list []entry, keep int) {
	defer func() { p.left += keep }()
	p.left -= keep
	if len(list) == 0 {
		p.left += reserve
		return
	}
	p.add("#### " + title + "\n\n")
	lines := make([]markup, len(list))
	rest := 0 // the size of the lines of the changes that are not written yet
	for i := range list {
		lines[i] = list[i].line()
		rest += len(lines[i])
	}
	full := 0
	for ; full < len(list); full++ {
		// The lines alone can exceed the room. Half of it is for diffs then.
		reserved := min(rest-len(lines[full]), p.left/2)
		block := list[full].folded(p.diffBytes)
		if len(block) > p.left-reserved {
			break
		}
		rest -= len(lines[full])
		p.add(block)
	}
	shown := full
	for shown < len(list) && p.add(lines[shown]) {
		shown++
	}
	p.left += reserve
	if shown > full {
		p.add("\n**Diffs of the last " + count(shown-full, "change") + " not shown (comment size limit).**\n\n")
	}
	if shown < len(list) {
		p.add("\n**" + count(len(list)-shown, "more change") + " not shown (comment size limit): " + tally(list[shown:]) + ".**\n\n")
	}
}

// room is the number of bytes to keep for a list of changes that is written later: its size, but at most a quarter of
// what is left.
func (p *page) room(title markup, list []entry) int {
	part := &page{left: p.left / 4, diffBytes: p.diffBytes}
	part.changes(title, list, 0)
	return min(part.out.Len(), p.left/4)
}

// tally counts changes by action.
func tally(list []entry) markup {
	var order []plan.Action
	counts := map[plan.Action]int{}
	for i := range list {
		what := list[i].Action
		if counts[what] == 0 {
			order = append(order, what)
		}
		counts[what]++
	}
	texts := make([]markup, len(order))
	for i, what := range order {
		texts[i] = number(counts[what]) + " " + pastTense(what)
	}
	return join(texts, ", ")
}
