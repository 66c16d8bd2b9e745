package lang

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
)

// CheckFields reports attributes and blocks that a block does not support.
func (r *Reporter) CheckFields(b *hclsyntax.Block, t *BlockType) {
	attributes, blocks := t.AttributeNames(), t.BlockNames()
	known := append(slices.Clone(attributes), blocks...)
	for _, a := range Attributes(b.Body) {
		switch {
		case slices.Contains(attributes, a.Name):
		case slices.Contains(blocks, a.Name):
			r.Error("unknown_field", "Block written as an attribute", fmt.Sprintf("%q is a block, not an attribute. Write: %s { ... }", a.Name, a.Name), a.NameRange)
		default:
			r.Error("unknown_field", "Unknown field", fmt.Sprintf("The attribute %q is not expected in this %s block.%s", a.Name, b.Type, diag.DidYouMean(a.Name, known)), a.NameRange)
		}
	}
	for _, inner := range b.Body.Blocks {
		switch {
		case slices.Contains(blocks, inner.Type):
		case slices.Contains(attributes, inner.Type):
			r.Error("unexpected_block", "Attribute written as a block", fmt.Sprintf("%q is an attribute, not a block. Write: %s", inner.Type, t.Attribute(inner.Type).form()), inner.DefRange())
		default:
			r.Error("unexpected_block", "Unexpected block", fmt.Sprintf("The block %q is not expected in this %s block.%s", inner.Type, b.Type, diag.DidYouMean(inner.Type, known)), inner.DefRange())
		}
	}
}

// CheckLabel reports whether a block has exactly one label that is not empty.
func (r *Reporter) CheckLabel(b *hclsyntax.Block, what, example string) bool {
	if len(b.Labels) == 1 && b.Labels[0] != "" {
		return true
	}
	r.Error("invalid_labels", "Block needs one label", fmt.Sprintf("This %s block needs one label: %s. Write: %s", b.Type, what, example), b.DefRange())
	return false
}

// CheckIdentifier reports whether the block's label can be written in a reference.
func (r *Reporter) CheckIdentifier(b *hclsyntax.Block) bool {
	if hclsyntax.ValidIdentifier(b.Labels[0]) {
		return true
	}
	r.Error("invalid_name", "Invalid name", fmt.Sprintf("%q is not a valid name for references. Use letters, digits, \"_\" and \"-\", "+
		"and begin with a letter. The attribute name or title sets what Datadog displays.", b.Labels[0]), b.LabelRanges[0])
	return false
}

// DuplicateName reports a name that is defined twice.
func (r *Reporter) DuplicateName(what, name string, first, second hcl.Range) {
	r.Error("duplicate_name", "Duplicate name", fmt.Sprintf("The %s %q is already defined at %s. Rename or remove one of them.",
		what, name, Position(first)), second)
}
