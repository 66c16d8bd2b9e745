package guidefile

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
	"ddmon/internal/guide"
	"ddmon/internal/lang"
)

// defaultWindow is the window of a step, and of the control.
const (
	defaultWindow  = 10 * time.Minute
	defaultControl = 30 * time.Minute
	defaultOffset  = 24 * time.Hour
	maxWindow      = 7 * 24 * time.Hour
)

// reader reads one guide.
type reader struct {
	*Guides
	report *lang.Reporter
	guide  *guide.Guide
	probes map[string]hcl.Range
	steps  map[string]hcl.Range
}

// read reads a guide block.
func (b *Guides) read(block *hclsyntax.Block) *guide.Guide {
	r := &reader{Guides: b, report: b.scope.Report, probes: map[string]hcl.Range{}, steps: map[string]hcl.Range{}}
	r.guide = &guide.Guide{Name: block.Labels[0], Range: block.DefRange(), Control: guide.Control{Offset: defaultOffset, Window: defaultControl}}
	r.report.CheckFields(block, guideType)
	f := lang.ReadFields(b.scope, block, nil, []string{"summary"})
	r.guide.Summary, _ = f.Text("summary", `"The consumer does not process orders."`)
	r.readMonitors(block)
	if !r.withinLimits(block) {
		return r.guide
	}
	// Probes and steps first: steps refer to probes, and conclusions to steps.
	for _, inner := range block.Body.Blocks {
		switch inner.Type {
		case "control":
			r.control(inner)
		case "probe":
			r.probe(inner)
		case "step":
			r.name(inner, r.steps, `step "deployment" { ... }`)
		}
	}
	for _, inner := range block.Body.Blocks {
		if at, ok := r.steps[label(inner)]; inner.Type == "step" && ok && at == inner.DefRange() {
			r.step(inner)
		}
	}
	conclusions := map[string]hcl.Range{}
	for _, inner := range block.Body.Blocks {
		if inner.Type == "conclusion" && r.name(inner, conclusions, `conclusion "consumer_down" { ... }`) {
			r.conclusion(inner)
		}
	}
	if len(r.steps) == 0 && !r.report.HasErrors() {
		r.report.Error("missing_field", "Guide without steps", "A guide needs at least one step. Write: step \"deployment\" { ... }", block.DefRange())
	}
	return r.guide
}

// maxBlocks is the number of blocks of a type in a guide. Conclusions look up steps by name.
const maxBlocks = 100

// withinLimits reports whether a guide has at most maxBlocks blocks of each type.
func (r *reader) withinLimits(block *hclsyntax.Block) bool {
	counts := map[string]int{}
	for _, inner := range block.Body.Blocks {
		if counts[inner.Type]++; counts[inner.Type] > maxBlocks {
			r.report.Error(lang.CodeLimit, "Guide too large", fmt.Sprintf("A guide can have at most %d %s blocks. Split the guide.", maxBlocks, inner.Type), inner.DefRange())
			return false
		}
	}
	return true
}

func label(b *hclsyntax.Block) string {
	if len(b.Labels) == 0 {
		return ""
	}
	return b.Labels[0]
}

// name checks the label of a block and records it. It returns false if the label is invalid or taken.
func (r *reader) name(b *hclsyntax.Block, known map[string]hcl.Range, example string) bool {
	if !r.report.CheckLabel(b, "its name", example) || !r.report.CheckIdentifier(b) {
		return false
	}
	if first, ok := known[b.Labels[0]]; ok {
		r.report.DuplicateName(b.Type, b.Labels[0], first, b.DefRange())
		return false
	}
	known[b.Labels[0]] = b.DefRange()
	return true
}

func (r *reader) control(b *hclsyntax.Block) {
	if first := r.guide.Control.Range; first.Filename != "" {
		r.report.Error("duplicate_block", "Duplicate block", fmt.Sprintf("The first control block is at %s. Merge them into one.", lang.Position(first)), b.DefRange())
		return
	}
	r.guide.Control = r.readControl(b, controlType)
}

// readControl reads a control block of a guide or a step, described by t.
func (r *reader) readControl(b *hclsyntax.Block, t *lang.BlockType) guide.Control {
	r.report.CheckFields(b, t)
	f := lang.ReadFields(r.scope, b, nil, t.AttributeNames())
	c := guide.Control{Offset: defaultOffset, Window: r.window(f, defaultControl), Range: b.DefRange()}
	if d, ok := r.offset(f); ok {
		c.Offset = d
	}
	c.Traffic = r.query(f, guide.Metric, "traffic")
	if path, ok := f.Text("recording", `"../testdata/healthy-day"`); ok {
		if c.Recording = filepath.FromSlash(path); !filepath.IsAbs(path) {
			c.Recording = filepath.Join(filepath.Dir(b.DefRange().Filename), path)
		}
	}
	return c
}

// offset reads how far back the control window is: "-1d".
func (r *reader) offset(f *lang.Fields) (time.Duration, bool) {
	text, ok := f.Text("offset", `"-1d"`)
	if !ok {
		return 0, false
	}
	d, ok := time.Duration(0), false
	if text[0] == '-' {
		d, ok = lang.ParseDuration(text[1:])
	}
	if !ok || d <= 0 {
		f.Invalid("offset", "Invalid offset", fmt.Sprintf("%q is not a valid offset. The control window is in the past: write a negative duration, such as \"-1d\".", text))
		return 0, false
	}
	return d, true
}

// window reads the length of a window.
func (r *reader) window(f *lang.Fields, standard time.Duration) time.Duration {
	d, ok := f.Duration("window")
	switch {
	case !ok:
		return standard
	case d < time.Second || d > maxWindow:
		f.Invalid("window", "Invalid window", "A window must be from 1s to 7d.")
		return standard
	}
	return d
}

func (r *reader) probe(b *hclsyntax.Block) {
	if !r.name(b, r.probes, `probe "pipeline" { ... }`) {
		return
	}
	before := r.report.Len()
	r.report.CheckFields(b, probeType)
	misspelled := r.report.HasErrorsSince(before)
	f := lang.ReadFields(r.scope, b, nil, probeType.AttributeNames())
	q, _ := r.question(b, f, probeType.AttributeNames(), misspelled)
	r.guide.Probes = append(r.guide.Probes, guide.Probe{Name: b.Labels[0], Question: q, Range: b.DefRange()})
}

// didYouMean suggests one of the known names.
func didYouMean[V any](name string, known map[string]V) string {
	return diag.DidYouMean(name, lang.NamesLike(known, name))
}
