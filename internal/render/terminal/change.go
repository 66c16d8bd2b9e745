package terminal

import (
	"time"

	"ddmon/internal/plan"
	"ddmon/internal/render/change"
	"ddmon/internal/render/safe"
)

// printer writes the changes of one plan.
type printer struct {
	output
	now time.Time
	c   *plan.Change // the change being written
}

func (pr *printer) changes(p *plan.Plan) {
	for i := range p.Changes {
		pr.change(&p.Changes[i], nil)
	}
}

// change writes the change of one object; nothing for an unchanged object without notes. overlap is the edits of
// another user at paths that the configuration changes too.
func (pr *printer) change(c *plan.Change, overlap []plan.Edit) {
	pr.c = c
	lines := &change.Printer{Change: c, Overlap: overlap, Columns: pr.Columns(), Emit: func(l *change.Line) { l.Write(pr.Writer, pr.Style) }}
	var verb, symbol safe.Text
	var tone safe.Tone
	switch c.Action {
	case plan.Create:
		verb, symbol, tone = "will be created", "+", safe.Green
	case plan.Update:
		verb, symbol, tone = "will be updated in place", "~", safe.Yellow
	case plan.Replace:
		verb, symbol, tone = "must be replaced", "-/+", safe.Red
	case plan.Delete:
		verb, symbol, tone = "will be destroyed", "-", safe.Red
	case plan.Blocked:
		verb, symbol, tone = "is blocked by an error", "!", safe.Red
	case plan.NoOp:
		if len(c.Notes) > 0 {
			pr.Printf("  # %s is unchanged%s\n", safe.Line(c.Address.String()), pr.facts())
			lines.Notes("    ")
			pr.Println()
		}
		return
	}
	if c.Deposed && c.Action == plan.Delete {
		verb = "will be destroyed, left by an interrupted replacement"
	}
	pr.Printf("  %s%s\n", pr.Paint(safe.Bold, "# "+safe.Line(c.Address.String())+" "+verb), pr.facts())
	if c.Action == plan.Blocked {
		pr.Println()
		return
	}
	pr.Printf("  %s %s %s {\n", pr.Paint(tone, symbol), safe.Line(c.Address.Kind), safe.Quote(c.Address.Name))
	const indent safe.Text = "      "
	pr.caveats(indent)
	switch c.Action {
	case plan.Create:
		lines.Created(indent)
	case plan.Delete:
		pr.referredBy(indent)
		lines.Deleted(indent)
	default:
		pr.referrers(indent)
		lines.Edited(indent)
	}
	lines.Notes(indent)
	pr.Printf("    }\n\n")
}

// facts are the suffix of a change's headline: the id, and the time of an edit outside ddmon.
func (pr *printer) facts() safe.Painted {
	var id, edited safe.Arg
	if pr.c.ID != "" {
		id = safe.Line(pr.c.ID)
	}
	if pr.c.EditedOutside {
		fact := safe.Text("edited outside ddmon")
		if at, err := time.Parse(time.RFC3339Nano, pr.c.ModifiedAt); err == nil {
			fact += " " + age(pr.now.Sub(at))
		}
		edited = pr.Paint(safe.Yellow, fact)
	}
	switch {
	case id != nil && edited != nil:
		return safe.Concat(safe.Text("   ("), id, safe.Text(", "), edited, safe.Text(")"))
	case id != nil:
		return safe.Concat(safe.Text("   ("), id, safe.Text(")"))
	case edited != nil:
		return safe.Concat(safe.Text("   ("), edited, safe.Text(")"))
	}
	return ""
}

// age writes a duration, rounded: "5 min ago".
func age(d time.Duration) safe.Text {
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return safe.Int(int(d/time.Minute)) + " min ago"
	case d < 48*time.Hour:
		return safe.Int(int(d/time.Hour)) + " h ago"
	}
	return safe.Int(int(d/(24*time.Hour))) + " days ago"
}

// referredBy lists the objects that refer to a deleted one.
func (pr *printer) referredBy(indent safe.Text) {
	if len(pr.c.ReferredBy) > 0 {
		names := make([]safe.Text, len(pr.c.ReferredBy))
		for i, a := range pr.c.ReferredBy {
			names[i] = safe.Line(a.String())
		}
		pr.Printf("%s# referenced by %s\n", indent, safe.Join(names, ", "))
	}
	pr.referrers(indent)
}

// caveats writes what ddmon could not find out about the live object.
func (pr *printer) caveats(indent safe.Text) {
	for _, text := range pr.c.Caveats {
		for _, line := range (safe.Line(text) + ".").Wrap(pr.Columns() - len(indent) - len("# ")) {
			pr.Println(indent, pr.Paint(safe.Yellow, "# "+line))
		}
	}
}

// referrers writes what Datadog reports about references from outside the stack. A replacement breaks them, because its
// id is new.
func (pr *printer) referrers(indent safe.Text) {
	for _, text := range pr.c.Referrers {
		lead := safe.Text("# Datadog says: ")
		for _, line := range safe.Line(text).Wrap(pr.Columns() - len(indent) - len(lead)) {
			pr.Println(indent, pr.Paint(safe.Yellow, lead+line))
			lead = "#               "
		}
	}
}
