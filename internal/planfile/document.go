package planfile

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// FormatVersion is the version of the format. The first number changes when a reader of the old one would go
// wrong; the second when something is added.
const FormatVersion = "1.0"

// Redacted stands in the document for every value that came from a sensitive variable.
const Redacted = object.Redacted

// Document is a plan as JSON.
type Document struct {
	FormatVersion string       `json:"format_version"`
	Tool          string       `json:"ddmon_version"`
	Stack         string       `json:"stack"`
	Summary       plan.Summary `json:"summary"`
	Changes       []Change     `json:"changes"`
}

// Change is a plan.Change with the position of its block. A change that does nothing comes without bodies.
type Change struct {
	plan.Change
	Range *Range       `json:"range,omitempty"`
	Edits []PlacedEdit `json:"edits,omitempty"`
}

// PlacedEdit is an edit with its path written out and its position.
type PlacedEdit struct {
	plan.Edit
	At    string `json:"at"`
	Range *Range `json:"range,omitempty"`
}

// Range is a place in a file; lines and columns count from 1.
type Range struct {
	Filename string `json:"filename"`
	Start    Pos    `json:"start"`
	End      Pos    `json:"end"`
}

// Pos is one end of a Range.
type Pos struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// NewRange returns nil for a range that leads nowhere.
func NewRange(r hcl.Range) *Range {
	if r.Filename == "" {
		return nil
	}
	return &Range{
		Filename: r.Filename,
		Start:    Pos{r.Start.Line, r.Start.Column},
		End:      Pos{r.End.Line, r.End.Column},
	}
}

// New makes the document of a plan. tool is ddmon's own version.
func New(p *plan.Plan, tool string) *Document {
	d := &Document{FormatVersion: FormatVersion, Tool: tool, Stack: p.Stack, Summary: p.Summary(), Changes: []Change{}}
	for i := range p.Changes {
		d.Changes = append(d.Changes, newChange(&p.Changes[i]))
	}
	return d
}

func newChange(c *plan.Change) Change {
	out := Change{Change: *c}
	if c.Action == plan.NoOp {
		out.Before, out.After = nil, nil
	}
	out.Change = shownChange(out.Change)
	if c.Desired == nil {
		return out
	}
	out.Range = NewRange(c.Desired.Range())
	for _, e := range out.Change.Edits {
		out.Edits = append(out.Edits, PlacedEdit{Edit: e, At: e.Path.String(), Range: NewRange(c.Desired.Ranges.At(e.Path))})
	}
	return out
}

// Shown returns a plan as it may be shown, in every format: what came from a sensitive variable is Redacted on both
// sides of every change, and so is what was in its place before.
func Shown(p *plan.Plan) *plan.Plan {
	out := *p
	out.Changes = make([]plan.Change, len(p.Changes))
	for i := range p.Changes {
		out.Changes[i] = shownChange(p.Changes[i])
	}
	return &out
}

func shownChange(c plan.Change) plan.Change {
	o := c.Desired
	if !o.HasSecrets() && c.Was == nil {
		return c
	}
	before := c
	if o.TitleIsSensitive() {
		c.Title = Redacted
		c.Before = maps.Clone(c.Before)
		delete(c.Before, "url") // ends in the title
	}
	c.Before, _ = o.Redact(o.MayBeSensitive, c.Before, nil).(map[string]any)
	c.After, _ = o.Redact(o.IsSensitive, c.After, nil).(map[string]any)
	c.Edits = slices.Clone(outermost(&before))
	for i := range c.Edits {
		c.Edits[i] = redactEdit(o, c.Edits[i])
	}
	c.Notes = openNotes(o, c.Notes)
	if c.Was != nil {
		hidePast(&c)
	}
	return c
}

// hidePast hides what of the live object may have been sensitive when it was written.
func hidePast(c *plan.Change) {
	c.Before, _ = c.Was.Redact(c.Was.MayBeSensitive, c.Before, nil).(map[string]any)
	c.Notes = openNotes(c.Was, c.Notes)
	for i := range c.Edits {
		e := &c.Edits[i]
		if e.Op == plan.Move || e.Before == nil || !c.Was.Touches(e.Path) {
			continue
		}
		e.Before = Redacted
		if e.IsSet {
			e.After = Redacted
		}
	}
}

// redactEdit hides the values of an edit. A set whose members are partly sensitive is hidden whole, because the
// members of the two sides do not stand at the same places.
func redactEdit(o *object.Object, e plan.Edit) plan.Edit {
	switch {
	case e.Op == plan.Move:
		return e
	case e.IsSet && o.Touches(e.Path):
		e.Before, e.After = Redacted, Redacted
		return e
	}
	e.Before, e.After = o.Redact(o.MayBeSensitive, e.Before, e.Path), o.Redact(o.IsSensitive, e.After, e.Path)
	return e
}

// Redact returns the body that an object is written with, without what came from a sensitive variable.
func Redact(o *object.Object, body map[string]any) map[string]any {
	if !o.HasSecrets() {
		return body
	}
	out, _ := o.Redact(o.IsMarked, body, nil).(map[string]any)
	return out
}
