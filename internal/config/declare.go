package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// later names the blocks that are part of the language but not of this version.
var later = map[string]string{
	"module":  "modules",
	"import":  "import blocks",
	"moved":   "moved blocks",
	"removed": "removed blocks",
	"guide":   "guides",
}

// declare takes up the blocks of one file.
func (e *Evaluation) declare(body *hclsyntax.Body) {
	for _, name := range object.SortedKeys(body.Attributes) {
		a := body.Attributes[name]
		detail := fmt.Sprintf("%q stands outside of any block. Put it into locals { ... }, or into the monitor or dashboard it belongs to.", name)
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
			e.Scope.Report.Error("invalid_labels", "Label on locals block", "A locals block has no label. Write: locals { ... }", b.LabelRanges[0])
		}
		e.declareLocals(b)
	case "metric":
		if e.Scope.Report.CheckLabel(b, "the metric's name", `metric "rabbitmq.queue.messages" { ... }`) {
			e.metrics.declare(b)
		}
	case "test":
		e.Scope.Report.Error("misplaced_block", "Test outside of a test file", "Tests belong in files of their own, next to what they test. Move it into a file whose name ends "+
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
		e.Scope.Report.Error("unsupported_block", "Block not supported yet", fmt.Sprintf("This version of ddmon does not support %s yet (%s). Remove the block, "+
			"or use a version that supports it.", what, b.Type), b.TypeRange)
		return
	}
	e.Scope.Report.Error("unknown_block", "Unknown block", fmt.Sprintf("There is no block %q at the top of a file; there are stack, variable, locals, metric, monitor "+
		"and dashboard.%s", b.Type, diag.DidYouMean(b.Type, knownBlocks())), b.TypeRange)
}

// knownBlocks are the blocks at the top of a file of the configuration.
func knownBlocks() []string {
	return append([]string{"stack", "variable", "locals", "metric"}, kind.Names()...)
}

// IsBlock reports whether a block has its place at the top of a file of the configuration, in this version or later.
func IsBlock(name string) bool { return slices.Contains(knownBlocks(), name) || later[name] != "" }
