package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
	"ddmon/internal/guidefile"
	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
	"ddmon/internal/series"
)

// later names the block types that this version does not support yet.
var later = map[string]string{
	"module":  "modules",
	"import":  "import blocks",
	"moved":   "moved blocks",
	"removed": "removed blocks",
}

// declare registers the blocks of one file.
func (e *Evaluation) declare(body *hclsyntax.Body) {
	for _, name := range object.SortedKeys(body.Attributes) {
		a := body.Attributes[name]
		detail := fmt.Sprintf("Move %q into locals { ... } or into the block of an object, such as a monitor.", name)
		e.Scope.Report.Error("unexpected_attribute", "Attribute outside of a block", detail, a.NameRange)
	}
	for _, b := range body.Blocks {
		e.declareBlock(b)
	}
}

func (e *Evaluation) declareBlock(b *hclsyntax.Block) {
	switch b.Type {
	case "stack":
		if e.Scope.Report.CheckLabel(b, "the stack's name", `stack "sock-shop" { ... }`) {
			e.stack.declare(b)
		}
	case "variable":
		if e.Scope.Report.CheckLabel(b, "the variable's name", `variable "notify" { ... }`) {
			e.variables.declare(b)
		}
	case "locals":
		if len(b.Labels) > 0 {
			e.Scope.Report.Error("invalid_labels", "Block has no labels", "Remove the label. Write: locals { ... }", b.LabelRanges[0])
		}
		e.declareLocals(b)
	case "metric":
		if e.Scope.Report.CheckLabel(b, "the metric's name", `metric "rabbitmq.queue.messages" { ... }`) {
			e.metrics.declare(b)
		}
	case guidefile.BlockType:
		e.guides.Declare(b)
	case "test":
		e.Scope.Report.Error("misplaced_block", "Test outside of a test file", "Tests must be in separate files, next to what they test. Move the block to a file whose name ends "+
			"in "+TestSuffix+".", b.DefRange())
	default:
		if k := kind.Named(b.Type); k != nil {
			example := fmt.Sprintf(`%s "queue_depth" { ... }`, b.Type)
			if e.Scope.Report.CheckLabel(b, "the "+b.Type+"'s name", example) && e.Scope.Report.CheckIdentifier(b) {
				e.objects.declare(b, k)
			}
			return
		}
		e.unknownBlock(b)
	}
}

func (e *Evaluation) unknownBlock(b *hclsyntax.Block) {
	if what, ok := later[b.Type]; ok {
		e.Scope.Report.Error("unsupported_block", "Block not supported yet", fmt.Sprintf("This version of ddmon does not support %s. Remove the block "+
			"or upgrade ddmon.", what), b.TypeRange)
		return
	}
	if slices.ContainsFunc(series.Blocks(), func(t *lang.BlockType) bool { return t.Name == b.Type }) {
		e.Scope.Report.Error("unknown_block", "Recording among the configuration", fmt.Sprintf("%q is a block of a recording. Move the recording into a folder that ddmon "+
			"does not read as configuration, such as testdata/incident/recording.hcl.", b.Type), b.TypeRange)
		return
	}
	if advice := terraformAdvice(b); advice != "" {
		e.Scope.Report.Error("unknown_block", "Unsupported Terraform block", fmt.Sprintf("ddmon has no top-level block %q. %s", b.Type, advice), b.TypeRange)
		return
	}
	e.Scope.Report.Error("unknown_block", "Unknown block", fmt.Sprintf("ddmon has no top-level block %q. Use one of %s.%s",
		b.Type, strings.Join(knownBlocks(), ", "), diag.DidYouMean(b.Type, knownBlocks())), b.TypeRange)
}

// knownBlocks returns the types of top-level blocks.
func knownBlocks() []string {
	return append([]string{"stack", "variable", "locals", "metric", guidefile.BlockType}, kind.Names()...)
}

// IsBlock reports whether a block type is a top-level block of a configuration file, in this version or a later one.
func IsBlock(name string) bool { return slices.Contains(knownBlocks(), name) || later[name] != "" }
