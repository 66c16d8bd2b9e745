package lang

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
)

// CheckFields reports what a block of ddmon's own has no field for.
func (r *Reporter) CheckFields(b *hclsyntax.Block, attributes, blocks []string) {
	known := append(slices.Clone(attributes), blocks...)
	for _, a := range Attributes(b.Body) {
		if !slices.Contains(attributes, a.Name) {
			r.Error("unknown_field", "Unknown field", fmt.Sprintf("There is no attribute %q in a block %s.%s", a.Name, b.Type, diag.DidYouMean(a.Name, known)), a.NameRange)
		}
	}
	for _, inner := range b.Body.Blocks {
		if !slices.Contains(blocks, inner.Type) {
			r.Error("unexpected_block", "Unexpected block", fmt.Sprintf("There is no block %q in a block %s.%s", inner.Type, b.Type, diag.DidYouMean(inner.Type, known)), inner.DefRange())
		}
	}
}

// CheckLabel reports whether a block has exactly its one label.
func (r *Reporter) CheckLabel(b *hclsyntax.Block, what, example string) bool {
	if len(b.Labels) == 1 && b.Labels[0] != "" {
		return true
	}
	r.Error("invalid_labels", "Block needs one label", fmt.Sprintf("A %s block has one label, %s. Write: %s", b.Type, what, example), b.DefRange())
	return false
}

// CheckIdentifier reports whether the block's label can be written in a reference.
func (r *Reporter) CheckIdentifier(b *hclsyntax.Block) bool {
	if hclsyntax.ValidIdentifier(b.Labels[0]) {
		return true
	}
	r.Error("invalid_name", "Invalid name", fmt.Sprintf("%q is no name that can be referred to: use letters, digits, \"_\" and \"-\", "+
		"and begin with a letter. What people see in Datadog is set by name and title.", b.Labels[0]), b.LabelRanges[0])
	return false
}

// DuplicateName reports a second one of a name.
func (r *Reporter) DuplicateName(what, name string, first, second hcl.Range) {
	r.Error("duplicate_name", "Duplicate name", fmt.Sprintf("There is a %s named %q already, at %s. Give one of them another name, or remove it.",
		what, name, Position(first)), second)
}
