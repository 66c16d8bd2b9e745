package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// blocks is a field given by blocks: by one if it is an object, by any number if it is a list.
type blocks struct {
	name  string
	list  bool
	empty bool // a list without elements is written, too
	items []item
}

// item is one block, or a dynamic block that stands for several.
type item struct {
	dynamic *dynamic
	content node
	rng     hcl.Range
}

// dynamic is the head of a dynamic block. HCL's own expansion of them wants a schema of all blocks, which a body
// that may hold any field does not have.
type dynamic struct {
	forEach  *expression
	iterator string
}

func (b *blocks) varies() bool {
	for _, i := range b.items {
		if i.dynamic != nil || i.content.varies() {
			return true
		}
	}
	return false
}

// relocates reports whether the places of values may differ between instances.
func (b *blocks) relocates() bool {
	for _, i := range b.items {
		if i.dynamic != nil && i.dynamic.forEach.varies || relocates(i.content) {
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
				r.loader.error("duplicate_block", "Block given more than once", fmt.Sprintf("%q is one object, so it can be given once. Remove one of the blocks.",
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
		r.place(b.items[0].rng, b.items[0].rng)
		return out, true
	}
	return out[0], true
}

// expand calls f once for each element, with the iterator set.
func (d *dynamic) expand(r *run, f func()) {
	value, ok := r.loader.value(d.forEach, r.inner)
	if !ok {
		r.fail(nil)
		return
	}
	if fault := dynamicFault(value); fault != nil {
		if fault.code != "" {
			r.loader.error(fault.code, fault.summary, fault.detail, d.forEach.Range())
		}
		r.fail(nil)
		return
	}
	outer := r.inner
	for it := value.ElementIterator(); it.Next(); {
		key, element := it.Element()
		if value.Type().IsSetType() {
			key = element
		}
		r.inner = outer.with(d.iterator, cty.ObjectVal(map[string]cty.Value{"key": key, "value": element}))
		f()
	}
	r.inner = outer
}

// dynamicFault says why a dynamic block cannot be expanded over a value; nil if it can. Ids and secrets may be in
// its elements, but may not decide how many there are.
func dynamicFault(v cty.Value) *fault {
	for m := range v.Marks() {
		if _, ref := m.(refMark); ref {
			return &fault{code: "unknown_id", summary: unknownIDSummary, detail: "for_each of a dynamic block decides how many blocks there are. " + unknownIDDetail}
		}
		return &fault{code: "invalid_for_each", summary: "for_each is sensitive", detail: "The number of blocks would show something of a sensitive value. " +
			"Wrap what is not secret in nonsensitive()."}
	}
	switch {
	case !v.IsKnown():
		return &fault{}
	case v.IsNull():
		return &fault{code: "invalid_for_each", summary: "for_each is null", detail: "for_each of a dynamic block needs a list, a set or a map; [] makes no block."}
	case !v.CanIterateElements():
		return &fault{code: "invalid_for_each", summary: "for_each needs a list or map", detail: "for_each of a dynamic block is a " + v.Type().FriendlyName() +
			". Give it a list, a set or a map."}
	}
	return nil
}
