package render

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// printer writes the changes of one plan.
type printer struct {
	out   *bufio.Writer
	style Style
	now   time.Time
	c     *plan.Change // the change being written
	both  []plan.Edit  // those of its edits that somebody made at places that the configuration changes as well
}

func (pr *printer) changes(p *plan.Plan) {
	for i := range p.Changes {
		pr.change(&p.Changes[i])
	}
}

// change writes one object's change, or nothing for one that has none.
func (pr *printer) change(c *plan.Change) {
	pr.c = c
	var verb, sign, color string
	switch c.Action {
	case plan.Create:
		verb, sign, color = "will be created", "+", green
	case plan.Update:
		verb, sign, color = "will be updated in place", "~", yellow
	case plan.Replace:
		verb, sign, color = "must be replaced", "-/+", red
	case plan.Delete:
		verb, sign, color = "will be destroyed", "-", red
	case plan.Blocked:
		verb, sign, color = "is left alone because of an error", "!", red
	case plan.NoOp:
		pr.notes("    ")
		return
	}
	if c.Deposed && c.Action == plan.Delete {
		verb = "will be destroyed, replaced by a run that was interrupted"
	}
	fmt.Fprintf(pr.out, "  %s%s\n", pr.style.paint(bold, "# "+Clean(c.Address.String())+" "+verb), pr.facts())
	if c.Action == plan.Blocked {
		fmt.Fprintln(pr.out)
		return
	}
	fmt.Fprintf(pr.out, "  %s %s %s {\n", pr.style.paint(color, sign), c.Address.Kind, quote(c.Address.Name))
	indent := strings.Repeat(" ", 6)
	pr.caveats(indent)
	switch c.Action {
	case plan.Create:
		pr.body(indent, c.After, nil)
	case plan.Delete:
		pr.mentions(indent)
		pr.deleted(indent)
	default:
		pr.referrers(indent)
		pr.edits(indent, treeOf(c.Edits))
	}
	pr.notes(indent)
	fmt.Fprintf(pr.out, "    }\n\n")
}

// notes writes what is on the live object and causes nothing.
func (pr *printer) notes(indent string) {
	if pr.c.Action == plan.NoOp && len(pr.c.Notes) > 0 {
		fmt.Fprintf(pr.out, "  # %s is as configured%s\n", Clean(pr.c.Address.String()), pr.facts())
		defer fmt.Fprintln(pr.out)
	}
	for _, n := range pr.c.Notes {
		fmt.Fprintf(pr.out, "%s%s\n", indent, pr.style.paint(dim, "# "+Clean(n.Path.String())+": "+n.Text))
	}
}

// facts are what stands behind a change's headline: the id, and an edit made outside.
func (pr *printer) facts() string {
	var facts []string
	if pr.c.ID != "" {
		facts = append(facts, Clean(pr.c.ID))
	}
	if pr.c.EditedOutside {
		fact := "edited outside ddmon"
		if at, err := time.Parse(time.RFC3339Nano, pr.c.ModifiedAt); err == nil {
			fact += " " + age(pr.now.Sub(at))
		}
		facts = append(facts, pr.style.paint(yellow, fact))
	}
	if len(facts) == 0 {
		return ""
	}
	return "   (" + strings.Join(facts, ", ") + ")"
}

// age tells a duration as a person would.
func age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min ago"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d/time.Hour)) + " h ago"
	}
	return strconv.Itoa(int(d/(24*time.Hour))) + " days ago"
}

// deleted writes what a person needs to recognise an object that goes away.
func (pr *printer) deleted(indent string) {
	for _, key := range []string{"name", "title", "type", "query"} {
		v, ok := pr.c.Before[key]
		if !ok {
			continue
		}
		text := inline(v)
		if pr.wasSensitive(object.Path{key}) {
			text = sensitiveText
		}
		fmt.Fprintf(pr.out, "%s%s %s = %s\n", indent, pr.style.paint(red, "-"), key, text)
	}
}

// mentions writes who refers to an object that goes away.
func (pr *printer) mentions(indent string) {
	if len(pr.c.ReferredBy) > 0 {
		names := make([]string, len(pr.c.ReferredBy))
		for i, a := range pr.c.ReferredBy {
			names[i] = Clean(a.String())
		}
		fmt.Fprintf(pr.out, "%s# referred to by %s\n", indent, strings.Join(names, ", "))
	}
	pr.referrers(indent)
}

// caveats writes what is not known of the live object.
func (pr *printer) caveats(indent string) {
	for _, text := range pr.c.Caveats {
		for _, line := range wrap(Clean(text)+".", pr.style.width()-len(indent)-len("# ")) {
			fmt.Fprintln(pr.out, indent+pr.style.paint(yellow, "# "+line))
		}
	}
}

// referrers writes what Datadog says of objects outside of the stack that refer to the live one. They do not learn the
// id of one that replaces it.
func (pr *printer) referrers(indent string) {
	for _, text := range pr.c.Referrers {
		lead := "# Datadog says: "
		for _, line := range wrap(Clean(text), pr.style.width()-len(indent)-len(lead)) {
			fmt.Fprintln(pr.out, indent+pr.style.paint(yellow, lead+line))
			lead = "#               "
		}
	}
}
