package planfile

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// FormatVersion is the version of the format. The major version changes with incompatible changes, the minor version
// with additions.
const FormatVersion = "1.0"

// Redacted replaces every value that came from a sensitive variable.
const Redacted = object.Redacted

// Document is a plan as JSON.
type Document struct {
	FormatVersion string       `json:"format_version"`
	Tool          string       `json:"ddmon_version"`
	Stack         string       `json:"stack"`
	Summary       plan.Summary `json:"summary"`
	Changes       []Change     `json:"changes"`
}

// Change is a plan.Change with the position of its block. A no-op has no bodies.
type Change struct {
	plan.Change
	Range *Range `json:"range,omitempty"`
	Edits []Edit `json:"edits,omitempty"`
}

// Edit is a plan.Edit with its path as a string and its position.
type Edit struct {
	plan.Edit
	At    string `json:"at"`
	Range *Range `json:"range,omitempty"`
}

// Range is a range in a file. Lines and columns start at 1.
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

// NewRange returns nil for a range without a file.
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

// New returns the document of a plan. tool is the version of ddmon.
func New(shown RedactedPlan, tool string) *Document {
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
		out.Edits = append(out.Edits, Edit{Edit: e, At: e.Path.String(), Range: NewRange(c.Desired.Ranges.At(e.Path))})
	}
	return out
}

// Redact returns the body to be written for an object, without values of sensitive variables.
func Redact(o *object.Object, body map[string]any) map[string]any {
	if !o.HasSecrets() {
		return body
	}
	out, _ := o.Redact(o.IsMarked, body, nil).(map[string]any)
	return out
}
