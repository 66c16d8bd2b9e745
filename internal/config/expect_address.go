package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/limit"
	"ddmon/internal/object"
)

// expectWhom reads the label of an expect block: the address of a monitor or, without a label, every monitor.
func (l *loader) expectWhom(e *Expect, b *hclsyntax.Block, each names) {
	if len(b.Labels) == 0 {
		e.All = true
		for _, m := range l.sortedBlocks() {
			if m.kindName == monitorKind {
				e.Monitors = append(e.Monitors, l.addresses(m)...)
			}
		}
		if len(e.Monitors) == 0 && !l.hasErrorsSince(0) {
			l.error("unknown_name", "Nothing to expect anything of", "The stack has no monitor, so an expect block for every monitor says nothing.", b.DefRange())
		}
		return
	}
	if len(b.Labels) > 1 {
		l.error("invalid_labels", "More than one label", "An expect block has one label, the address of a monitor, or none for every monitor. "+
			"Write a block for each of several monitors.", b.LabelRanges[1])
		return
	}
	at := b.LabelRanges[0]
	address, ok := l.expectAddress(b.Labels[0], at, each)
	if !ok {
		return
	}
	e.Address = address
	e.Monitors = l.meant(address, at)
}

const monitorKind = "monitor"

// expectAddress reads an address. Its key may be an expression, as in monitor.q[each.key]; false if that is not known.
func (l *loader) expectAddress(label string, at hcl.Range, each names) (object.Address, bool) {
	wrong := func() (object.Address, bool) {
		l.error("invalid_address", "Not the address of a monitor", fmt.Sprintf("%q is no address. Write monitor.NAME, monitor.NAME[\\\"KEY\\\"] or, in a test with "+
			"for_each, monitor.NAME[each.key]; without a label the block is about every monitor.", label), at)
		return object.Address{}, false
	}
	if a, err := object.ParseAddress(label); err == nil {
		return a, true
	}
	if limit.Nesting([]byte(label), at.Filename) != nil { // the file is not, but escapes may spell brackets
		return wrong()
	}
	start := hcl.Pos{Line: at.Start.Line, Column: at.Start.Column + 1, Byte: at.Start.Byte + 1} // after the quote
	e, diags := hclsyntax.ParseExpression([]byte(label), at.Filename, start)
	index, isIndex := e.(*hclsyntax.IndexExpr)
	if diags.HasErrors() || !isIndex {
		return wrong()
	}
	of, ok := index.Collection.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return wrong()
	}
	a, rest, ok := object.AddressOf(of.Traversal)
	if !ok || a.Keyed || len(rest) > 0 {
		return wrong()
	}
	if fault := l.meter.WrapExpr(index.Key); fault != nil {
		l.passed(fault)
		return object.Address{}, false
	}
	f := l.newFields(each)
	f.read("key", index.Key)
	key, ok := f.open("key")
	switch {
	case !ok:
		return object.Address{}, false
	case key.Type() != cty.String:
		f.wrongType("key", "a text, as are the keys of for_each")
		return object.Address{}, false
	}
	a.Key, a.Keyed = key.AsString(), true
	return a, true
}

// meant returns the monitors that an address stands for.
func (l *loader) meant(a object.Address, at hcl.Range) []object.Address {
	unknown := func(detail string) []object.Address {
		l.error("unknown_name", "Unknown monitor", detail, at)
		return nil
	}
	if a.Kind != monitorKind {
		return unknown(fmt.Sprintf("%s is no monitor, and only monitors are tested.", a) + diag.DidYouMean(a.Kind, []string{monitorKind}))
	}
	b := l.blocks[blockName{a.Kind, a.Name}]
	if b == nil {
		var known []string
		for _, other := range l.sortedBlocks() {
			if other.kindName == monitorKind {
				known = append(known, monitorKind+"."+other.name)
			}
		}
		written := object.Address{Kind: a.Kind, Name: a.Name}.String()
		return unknown(fmt.Sprintf("There is no %s.", written) + diag.DidYouMean(written, known))
	}
	all := l.addresses(b)
	switch {
	case b.instances == nil: // its for_each is wrong, and reported
		return nil
	case !a.Keyed && len(all) == 0:
		return unknown(fmt.Sprintf("%s stands for no monitor: its for_each is empty.", a))
	case !a.Keyed:
		return all
	case !b.instances.keyed:
		return unknown(fmt.Sprintf("%s.%s has no for_each, so it has no keys. Write: %s.%s", a.Kind, a.Name, a.Kind, a.Name))
	case !slices.Contains(all, a):
		return unknown(fmt.Sprintf("There is no %s.%s%s", a, diag.DidYouMean(a.Key, b.instances.keys), b.instances.examples()))
	}
	return []object.Address{a}
}

// addresses returns those of a block's instances, sorted.
func (l *loader) addresses(b *block) []object.Address {
	in := l.instancesOf(b, b.source.DefRange())
	if in == nil {
		return nil
	}
	var all []object.Address
	for _, key := range in.keys {
		all = append(all, object.Address{Kind: b.kindName, Name: b.name, Key: key, Keyed: in.keyed})
	}
	slices.SortFunc(all, object.Address.Compare)
	return all
}
