package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
)

// blocks is a field written as blocks: one block if it is an object, any number if it is a list.
type blocks struct {
	name  string
	list  bool
	empty bool // write the list even if it has no elements
	items []item
}

// item is one block, or a dynamic block that generates several.
type item struct {
	dynamic *dynamic
	content node
	rng     hcl.Range
}

func (b *blocks) varies() bool {
	for _, i := range b.items {
		if i.dynamic != nil || i.content.varies() {
			return true
		}
	}
	return false
}

// relocates reports whether the positions of values can differ between instances.
func (b *blocks) relocates() bool {
	for _, i := range b.items {
		if i.dynamic != nil && i.dynamic.forEach.Varies || relocates(i.content) {
			return true
		}
	}
	return false
}

// relocates reports whether a node holds a dynamic block whose number of blocks differs between instances.
func relocates(n node) bool {
	switch n := n.(type) {
	case *blocks:
		return n.relocates()
	case *objectNode:
		for _, f := range n.fields {
			if relocates(f.value) {
				return true
			}
		}
	}
	return false
}

func (b *blocks) eval(r *run) (any, bool) {
	var out []any
	add := func(i item) {
		evaluate := func() {
			if v, ok := i.content.eval(r); ok {
				out = append(out, v)
			}
		}
		if !b.list {
			if len(out) == 1 {
				r.scope.Report.Error("duplicate_block", "Duplicate block", fmt.Sprintf("%q is a single object, so only one block is allowed. Remove one of the blocks.",
					b.name), i.rng)
				return
			}
			evaluate()
			return
		}
		r.at(len(out), evaluate)
	}
	for _, i := range b.items {
		if i.dynamic == nil {
			add(i)
		} else {
			i.dynamic.expand(r, func() { add(i) })
		}
	}
	switch {
	case len(out) == 0 && b.empty:
		return []any{}, true
	case len(out) == 0:
		return nil, false
	case b.list:
		r.setRange(b.items[0].rng, b.items[0].rng)
		return out, true
	}
	return out[0], true
}
