package testfile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/guide"
	"ddmon/internal/guidefile"
	"ddmon/internal/lang"
)

// ExpectGuide is what a test expects of a guide that runs on the recording. Attributes that are not set expect nothing.
type ExpectGuide struct {
	Guide *guide.Guide
	// At is the time of the run; nil means the end of the recording.
	At *RecordingTime
	// Concludes are exactly the conclusions that hold; nil if not set, and an empty list means none.
	Concludes []string
	// Outcome is the outcome; "" if not set.
	Outcome guide.Outcome
	// Verdicts are the verdicts of steps, by name.
	Verdicts map[string]guide.Verdict
	Range    hcl.Range            // the block's header
	Ranges   map[string]hcl.Range // the values, by attribute name
}

// guideExpectType describes an expect block for a guide.
var guideExpectType = &lang.BlockType{
	Name: "expect", Label: "guide.NAME",
	Text:    "An expect block for a guide states what the guide concludes from the recording.",
	Example: "expect \"guide.full-disk\" {\n  at        = \"incident_start+5m\"\n  concludes = [\"disk_full\"]\n}\n",
	Attributes: []lang.AttributeType{
		{Name: "at", Type: lang.TimeType, Example: `"incident_start+5m"`, Unset: "the end of the recording", Text: "Time of the run."},
		{Name: "concludes", Type: lang.TextsType, Example: `["disk_full"]`, Unset: noExpectation, Text: "Exactly the conclusions that hold; [] means none."},
		{Name: "outcome", Type: lang.TextType, Example: `"healthy"`, Values: outcomes(), Unset: noExpectation, Text: "Outcome of the guide."},
		{Name: "ok", Type: lang.TextsType, Example: `["disk"]`, Unset: noExpectation, Text: "Steps that are ok."},
		{Name: "failed", Type: lang.TextsType, Example: `["disk"]`, Unset: noExpectation, Text: "Steps that failed."},
		{Name: "unknown", Type: lang.TextsType, Example: `["disk"]`, Unset: noExpectation, Text: "Steps whose verdict is unknown."},
	},
}

// verdictFields are the attributes that list steps by their verdict.
var verdictFields = []guide.Verdict{guide.OK, guide.Failed, guide.Unknown}

// guideLabel returns the name in the label guide.NAME of an expect block.
func guideLabel(b *hclsyntax.Block) (string, bool) {
	if len(b.Labels) != 1 {
		return "", false
	}
	return strings.CutPrefix(b.Labels[0], guidefile.BlockType+".")
}

// readExpectGuide evaluates an expect block for a guide. It returns false if the stack has no such guide.
func readExpectGuide(stack *config.Evaluation, b *hclsyntax.Block, each lang.Names) (ExpectGuide, bool) {
	report := stack.Scope.Report
	report.CheckFields(b, guideExpectType)
	f := fields{lang.ReadFields(stack.Scope, b, each, guideExpectType.AttributeNames())}
	e := ExpectGuide{Range: b.DefRange(), Ranges: f.Ranges, At: f.recordingTime("at"), Verdicts: map[string]guide.Verdict{}}
	name, _ := guideLabel(b)
	var names []string
	for _, g := range stack.Stack.Guides {
		names = append(names, g.Name)
		if g.Name == name {
			e.Guide = g
		}
	}
	if e.Guide == nil {
		report.Error("unknown_name", "Unknown guide", fmt.Sprintf("The stack has no guide %q.%s", name, diag.DidYouMean(name, names)), b.LabelRanges[0])
		return e, false
	}
	e.Outcome = guide.Outcome(f.OneOf("outcome", outcomes()))
	var conclusions, steps []string
	for _, c := range e.Guide.Conclusions {
		conclusions = append(conclusions, c.Name)
	}
	for _, s := range e.Guide.Steps {
		steps = append(steps, s.Name)
	}
	e.Concludes = f.known("concludes", "conclusion", conclusions)
	for _, v := range verdictFields {
		for _, step := range f.known(string(v), "step", steps) {
			e.Verdicts[step] = v
		}
	}
	if !slices.ContainsFunc(guideExpectType.AttributeNames()[1:], f.IsSet) {
		report.Error("missing_field", "Empty expectation", "The expect block expects nothing. Write: concludes = [\"NAME\"], or [] for none.", b.DefRange())
	}
	return e, true
}

func outcomes() []string {
	return []string{string(guide.Findings), string(guide.Healthy), string(guide.CouldNotTell)}
}

// known reads a list of names that must exist; nil if it is not set.
func (f fields) known(name, what string, known []string) []string {
	list := f.Texts(name, `["NAME"]`)
	for _, n := range list {
		if !slices.Contains(known, n) {
			f.Invalid(name, "Unknown "+what, fmt.Sprintf("The guide has no %s %q.%s", what, n, diag.DidYouMean(n, known)))
		}
	}
	return list
}
