package terminal

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/render/safe"
)

// findings are the diagnostics of a rule, to be shown under one title.
type findings struct {
	title    title
	count    int
	problems []*problem
}

// title identifies the diagnostics that share a title. Errors are never grouped: each has its own number.
type title struct {
	severity      diag.Severity
	code, summary string
	number        int
}

// problem is one text of a rule, with the diagnostics that have it. The first is shown with its source lines.
type problem struct {
	first *hcl.Diagnostic
	more  []*hcl.Diagnostic
}

// grouped groups warnings and infos by rule and then by text, in the order of their first positions. It never merges
// different texts.
func grouped(diags hcl.Diagnostics) []*findings {
	type text struct {
		title  title
		detail string
	}
	var groups []*findings
	titles, texts := map[title]*findings{}, map[text]*problem{}
	for i, d := range diags {
		key := title{severity: diag.SeverityOf(d), code: diag.Code(d), summary: d.Summary}
		if key.severity == diag.SeverityError {
			key.number = i
		}
		group := titles[key]
		if group == nil {
			group = &findings{title: key}
			titles[key] = group
			groups = append(groups, group)
		}
		group.count++
		if known := texts[text{key, d.Detail}]; known != nil {
			known.more = append(known.more, d)
			continue
		}
		added := &problem{first: d}
		texts[text{key, d.Detail}] = added
		group.problems = append(group.problems, added)
	}
	return groups
}

// maxPlaces limits the list of a problem's further places.
const maxPlaces = 200

// places lists where else a problem is: by address, or by position if it has no address.
func (p *problem) places() safe.Text {
	var names []safe.Text
	times := map[safe.Text]int{}
	for _, d := range p.more {
		name := place(d)
		if times[name]++; times[name] == 1 {
			names = append(names, name)
		}
	}
	listed := make([]safe.Text, 0, min(len(names), maxPlaces))
	for _, name := range names[:cap(listed)] {
		if n := times[name]; n > 1 {
			name += " (" + safe.Count(n, "time") + ")"
		}
		listed = append(listed, name)
	}
	text := safe.Join(listed, ", ")
	if rest := len(names) - len(listed); rest > 0 {
		text += " and " + safe.Int(rest) + " more"
	}
	return text
}

// place names the object of a diagnostic, or its position.
func place(d *hcl.Diagnostic) safe.Text {
	if extra, ok := d.Extra.(diag.Extra); ok && extra.Address != "" {
		return safe.Line(extra.Address)
	}
	if d.Subject == nil {
		return "the configuration"
	}
	return position(*d.Subject)
}

// position is file:line:column, which editors can open.
func position(r hcl.Range) safe.Text {
	return safe.Line(r.Filename) + ":" + safe.Int(r.Start.Line) + ":" + safe.Int(r.Start.Column)
}
