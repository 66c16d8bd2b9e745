package markdown

import (
	"io"
	"strings"

	"ddmon/internal/plan"
)

// page is a comment being written. It never grows past its budget; what does not fit is left out whole, and said.
type page struct {
	out  strings.Builder
	left int
	most int // of the differences of one change
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
	thing         markup // what one row is: monitor
	note          markup // a sentence below
}

// noticeSize is room for what is said in place of something left out. The two after each list of
// changes have their reserve from the beginning.
const (
	noticeSize = 250
	reserve    = 2 * noticeSize
)

// newPage returns a page with room for so many bytes, on which so many lists of changes will stand.
func newPage(budget, lists int) *page {
	return &page{left: budget - lists*reserve, most: budget / 4}
}

func (p *page) writeTo(w io.Writer) error {
	_, err := io.WriteString(w, strings.TrimRight(p.out.String(), "\n")+"\n")
	return err
}

// table writes the rows that fit into a share of bytes; of the rest it tells the number. A table without rows is
// nothing.
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
		text += "**" + count(len(t.rows)-n, "more "+t.thing) + " not shown, to fit into a comment.**\n\n"
	}
	if t.note != "" {
		text += t.note + "\n"
	}
	p.add(text)
}

// changes writes a list of changes: all as lines if not folded with their differences. Differences are left out from
// the least important end, then lines are. keep is how many bytes are left for what follows.
func (p *page) changes(title markup, list []judged, keep int) {
	defer func() { p.left += keep }()
	p.left -= keep
	if len(list) == 0 {
		p.left += reserve
		return
	}
	p.add("#### " + title + "\n\n")
	lines := make([]markup, len(list))
	rest := 0 // what the lines take that stand in for what is not shown yet
	for i := range list {
		lines[i] = list[i].line()
		rest += len(lines[i])
	}
	full := 0
	for ; full < len(list); full++ {
		// Lines alone may be more than there is room for; half of it is then for differences.
		reserved := min(rest-len(lines[full]), p.left/2)
		block := list[full].folded(p.most)
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
		p.add("\n**The differences of the last " + count(shown-full, "change") + " are not shown, to fit into a comment.**\n\n")
	}
	if shown < len(list) {
		p.add("\n**" + count(len(list)-shown, "more change") + " not shown, to fit into a comment: " + tally(list[shown:]) + ".**\n\n")
	}
}

// room is how much of what is left a list of changes may claim before others are written: what it takes, and at most
// a quarter.
func (p *page) room(title markup, list []judged) int {
	part := &page{left: p.left / 4, most: p.most}
	part.changes(title, list, 0)
	return min(part.out.Len(), p.left/4)
}

// tally counts changes by what they do.
func tally(list []judged) markup {
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
		texts[i] = number(counts[what]) + " " + done(what)
	}
	return join(texts, ", ")
}
