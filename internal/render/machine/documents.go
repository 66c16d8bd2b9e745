package machine

import (
	"ddmon/internal/behaviour"
	"ddmon/internal/explain"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
)

// FormatVersion is the version of every document. The major version changes with incompatible changes, the minor
// version with additions.
const FormatVersion = planfile.FormatVersion

// Plan is the output of plan, diff and show, and part of the output of apply and destroy.
type Plan struct {
	*planfile.Document
	Diagnostics []Diagnostic `json:"diagnostics"`
	// Base separates the changes of the configuration from drift.
	Base *Base `json:"base,omitempty"`
	// Later are the addresses that can be validated only during apply, once the ids in them are known.
	Later    []object.Address `json:"validated_at_apply,omitempty"`
	Requests int              `json:"requests"`
	// Behaviour is the effect of the changes on recorded incidents.
	Behaviour *behaviour.Report `json:"behaviour,omitempty"`
}

// Base is a plan.Base.
type Base struct {
	Name    string            `json:"name"`
	Changes []planfile.Change `json:"changes"`
	Drift   []planfile.Change `json:"drift"`
	Adopted []object.Address  `json:"adopted,omitempty"` // changed in the files, and already applied
}

// NewBase returns the output of a base; nil without one.
func NewBase(shown planfile.RedactedBase, tool string) *Base {
	b := shown.Base()
	if b == nil {
		return nil
	}
	return &Base{
		Name: b.Name, Adopted: b.Adopted,
		Changes: planfile.New(shown.Config(), tool).Changes, Drift: planfile.New(shown.Drift(), tool).Changes,
	}
}

// Drift is the output of drift.
type Drift struct {
	*plan.DriftReport
	Diagnostics []Diagnostic `json:"diagnostics"`
}

// Failure is the output of a command that ends with diagnostics.
type Failure struct {
	FormatVersion string       `json:"format_version"`
	Diagnostics   []Diagnostic `json:"diagnostics"`
}

// Error is the output of a command that fails for another reason, and the last line of an apply that does.
type Error struct {
	Type          string `json:"type"`
	FormatVersion string `json:"format_version"`
	Error         string `json:"error"`
}

// NewError returns the output of an error.
func NewError(err error) Error { return Error{"error", FormatVersion, err.Error()} }

// Replay is the output of replay.
type Replay struct {
	FormatVersion string            `json:"format_version"`
	Recording     string            `json:"recording"`
	Monitors      []render.Replayed `json:"monitors"`
}

// Explanation is the output of explain.
type Explanation struct {
	FormatVersion string      `json:"format_version"`
	Explained     []Explained `json:"explained"`
}

// Explained is the explanation of one monitor, or of a query.
type Explained struct {
	Address  string            `json:"address,omitempty"`
	Query    string            `json:"query,omitempty"`
	Sections []explain.Section `json:"sections"`
}

// Bodies is the output of render.
type Bodies struct {
	FormatVersion string                    `json:"format_version"`
	Bodies        map[string]map[string]any `json:"bodies"`
	Diagnostics   []Diagnostic              `json:"diagnostics"`
}

// Formatted is the output of fmt.
type Formatted struct {
	FormatVersion string          `json:"format_version"`
	Files         []FormattedFile `json:"files"`
}

// FormattedFile is one file. Text is the result of formatting standard input.
type FormattedFile struct {
	File        string       `json:"file"`
	Changed     bool         `json:"changed"`
	Text        string       `json:"text,omitempty"`
	Error       string       `json:"error,omitempty"`
	Diagnostics []Diagnostic `json:"diagnostics,omitempty"`
}

// Names is the output of schema without a subject.
type Names struct {
	FormatVersion string   `json:"format_version"`
	Names         []string `json:"names"`
}

// Rule is the output of lint --explain.
type Rule struct {
	FormatVersion string `json:"format_version"`
	Code          string `json:"code"`
	Text          string `json:"text"`
}

// Serving is the output of sandbox serve.
type Serving struct {
	FormatVersion string `json:"format_version"`
	URL           string `json:"url"`
	Data          string `json:"data"`
}

// Version is the output of version.
type Version struct {
	FormatVersion string `json:"format_version"`
	Version       string `json:"version"`
	Tables        string `json:"tables"`
	Go            string `json:"go"`
}
