package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/root"
)

// blockName is what a block of an object is known by: monitor.queue_depth, without a key.
type blockName struct{ kindName, name string }

// block is one monitor or dashboard block.
type block struct {
	blockName
	kind   *kind.Kind
	source *hclsyntax.Block

	resolved  bool
	instances *instances // nil if its for_each is wrong
}

// later names the blocks that are part of the language but not of this version.
var later = map[string]string{
	"module":  "modules",
	"import":  "import blocks",
	"moved":   "moved blocks",
	"removed": "removed blocks",
	"guide":   "guides",
}

// declareAll takes up the blocks of the files; functions in them read below the folder.
func (l *loader) declareAll(folder *root.Root, files []*hclsyntax.Body) {
	l.root, l.config = folder, files
	l.functions = l.functionTable(folder)
	for _, f := range files {
		l.declare(f)
	}
}

// declare takes up the blocks of one file.
func (l *loader) declare(body *hclsyntax.Body) {
	for _, name := range object.SortedKeys(body.Attributes) {
		a := body.Attributes[name]
		detail := fmt.Sprintf("%q stands outside of any block. Put it into locals { ... }, or into the monitor or dashboard it belongs to.", name)
		l.error("unexpected_attribute", "Attribute outside of a block", detail, a.NameRange)
	}
	for _, b := range body.Blocks {
		l.declareBlock(b)
	}
}

func (l *loader) declareBlock(b *hclsyntax.Block) {
	switch b.Type {
	case "stack":
		if l.labels(b, "the stack's name", `stack "sock-shop" { ... }`) {
			l.declareStack(b)
		}
	case "variable":
		if l.labels(b, "the variable's name", `variable "notify" { ... }`) {
			l.declareVariable(b)
		}
	case "locals":
		if len(b.Labels) > 0 {
			l.error("invalid_labels", "Label on locals block", "A locals block has no label. Write: locals { ... }", b.LabelRanges[0])
		}
		l.declareLocals(b)
	case "metric":
		if l.labels(b, "the metric's name", `metric "rabbitmq.queue.messages" { ... }`) {
			l.declareMetric(b)
		}
	case "test":
		l.error("misplaced_block", "Test outside of a test file", "Tests stand in files of their own, beside what they test. Move it into a file whose name ends "+
			"in "+testSuffix+".", b.DefRange())
	default:
		if k := kind.Named(b.Type); k != nil {
			example := fmt.Sprintf(`%s "queue_depth" { ... }`, b.Type)
			if l.labels(b, "the "+b.Type+"'s name", example) && l.identifier(b) {
				l.declareObject(b, k)
			}
			return
		}
		l.unknownBlock(b)
	}
}

func (l *loader) unknownBlock(b *hclsyntax.Block) {
	if what, ok := later[b.Type]; ok {
		l.error("unsupported_block", "Block not supported yet", fmt.Sprintf("This version of ddmon does not support %s yet (%s). Remove the block, "+
			"or use a version that supports it.", what, b.Type), b.TypeRange)
		return
	}
	l.error("unknown_block", "Unknown block", fmt.Sprintf("There is no block %q at the top of a file; there are stack, variable, locals, metric, monitor "+
		"and dashboard.%s", b.Type, diag.DidYouMean(b.Type, knownBlocks())), b.TypeRange)
}

// knownBlocks are the blocks at the top of a file of the configuration.
func knownBlocks() []string {
	return append([]string{"stack", "variable", "locals", "metric"}, kind.Names()...)
}

// labels reports whether a block has exactly its one label.
func (l *loader) labels(b *hclsyntax.Block, what, example string) bool {
	if len(b.Labels) == 1 && b.Labels[0] != "" {
		return true
	}
	l.error("invalid_labels", "Block needs one label", fmt.Sprintf("A %s block has one label, %s. Write: %s", b.Type, what, example), b.DefRange())
	return false
}

// identifier reports whether the block's label can be written in a reference.
func (l *loader) identifier(b *hclsyntax.Block) bool {
	if hclsyntax.ValidIdentifier(b.Labels[0]) {
		return true
	}
	l.error("invalid_name", "Invalid name", fmt.Sprintf("%q is no name that can be referred to: use letters, digits, \"_\" and \"-\", "+
		"and begin with a letter. What people see in Datadog is set by name and title.", b.Labels[0]), b.LabelRanges[0])
	return false
}

func (l *loader) declareObject(b *hclsyntax.Block, k *kind.Kind) {
	name := blockName{b.Type, b.Labels[0]}
	if first, ok := l.blocks[name]; ok {
		l.duplicate(b.Type, b.Labels[0], first.source.DefRange(), b.DefRange())
		return
	}
	l.blocks[name] = &block{blockName: name, kind: k, source: b}
}

func (l *loader) duplicate(what, name string, first, second hcl.Range) {
	l.error("duplicate_name", "Duplicate name", fmt.Sprintf("There is a %s named %q already, at %s. Give one of them another name, or remove it.",
		what, name, position(first)), second)
}

func (l *loader) sortedBlocks() []*block {
	var sorted []*block
	for _, b := range l.blocks {
		sorted = append(sorted, b)
	}
	slices.SortFunc(sorted, func(a, b *block) int {
		return object.Address{Kind: a.kindName, Name: a.name}.Compare(object.Address{Kind: b.kindName, Name: b.name})
	})
	return sorted
}

// position writes where something is as file:line, for use inside a sentence.
func position(r hcl.Range) string { return fmt.Sprintf("%s:%d", r.Filename, r.Start.Line) }
