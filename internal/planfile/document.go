package planfile

import (
	"maps"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// FormatVersion is the version of the format. The first number changes when a reader of the old one would go
// wrong; the second when something is added.
const FormatVersion = "1.0"

// Redacted stands in the document for every value that came from a sensitive variable.
const Redacted = "(sensitive value)"

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
	o := c.Desired
	if o == nil {
		return out
	}
	out.Range = NewRange(o.Range())
	if o.IsSensitive(object.Path{"name"}) || o.IsSensitive(object.Path{"title"}) {
		out.Title = Redacted
		out.Before = maps.Clone(out.Before)
		delete(out.Before, "url") // ends in the title
	}
	if len(o.Sensitive) > 0 {
		out.Before, _ = redact(o.MayBeSensitive, out.Before, nil).(map[string]any)
		out.After, _ = redact(o.IsSensitive, out.After, nil).(map[string]any)
	}
	for _, e := range c.Edits {
		out.Edits = append(out.Edits, PlacedEdit{Edit: redactEdit(o, e), At: e.Path.String(), Range: NewRange(o.Ranges.At(e.Path))})
	}
	return out
}

// redactEdit hides the values of an edit. A set whose members are partly sensitive is hidden whole, because the
// members of the two sides do not stand at the same places.
func redactEdit(o *object.Object, e plan.Edit) plan.Edit {
	switch {
	case len(o.Sensitive) == 0:
		return e
	case e.IsSet && o.HoldsSensitive(e.Path):
		e.Before, e.After = Redacted, Redacted
		return e
	}
	e.Before, e.After = redact(o.MayBeSensitive, e.Before, e.Path), redact(o.IsSensitive, e.After, e.Path)
	return e
}

// Redact returns the body of an object without what came from a sensitive variable.
func Redact(o *object.Object, body map[string]any) map[string]any {
	if o == nil || len(o.Sensitive) == 0 {
		return body
	}
	out, _ := redact(o.IsSensitive, body, nil).(map[string]any)
	return out
}

// redact replaces what hidden says is sensitive.
func redact(hidden func(object.Path) bool, v any, p object.Path) any {
	if v == nil {
		return nil
	}
	if len(p) > 0 && hidden(p) {
		return Redacted
	}
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = redact(hidden, e, p.With(k))
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = redact(hidden, e, p.With(i))
		}
		return out
	}
	return v
}
