package planfile

import (
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
func New(shown ShownPlan, tool string) *Document {
	p := shown.Plan()
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
	if c.Desired == nil {
		return out
	}
	out.Range = NewRange(c.Desired.Range())
	for _, e := range out.Change.Edits {
		out.Edits = append(out.Edits, PlacedEdit{Edit: e, At: e.Path.String(), Range: NewRange(c.Desired.Ranges.At(e.Path))})
	}
	return out
}

// Redact returns the body that an object is written with, without what came from a sensitive variable.
func Redact(o *object.Object, body map[string]any) map[string]any {
	if !o.HasSecrets() {
		return body
	}
	out, _ := o.Redact(o.IsMarked, body, nil).(map[string]any)
	return out
}
