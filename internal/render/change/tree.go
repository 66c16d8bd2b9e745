package change

import (
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// node is one place in a body at or below which something changed. The edits of a change form a tree of them.
type node struct {
	step     any // string or int; nil at the root
	path     object.Path
	edits    []plan.Edit // of this very place: none, one, or a Move and another
	children []*node
	index    map[any]*node
}

// treeOf arranges edits by their paths. Children stand in the order in which they are first met, which is the
// order of keys and of list elements.
func treeOf(edits []plan.Edit) *node {
	root := &node{}
	for _, e := range edits {
		at := root
		for i, step := range e.Path {
			at = at.child(step, e.Path[:i+1], e.Op == plan.Remove && i == len(e.Path)-1)
		}
		at.edits = append(at.edits, e)
	}
	return root
}

// child returns the node below n, made if missing. A removed list element has an index of the live list, which may
// be that of another element now, so it never shares a node.
func (n *node) child(step any, path object.Path, removed bool) *node {
	_, element := step.(int)
	shared := !removed || !element
	if c := n.index[step]; c != nil && shared {
		return c
	}
	c := &node{step: step, path: path}
	n.children = append(n.children, c)
	if shared {
		if n.index == nil {
			n.index = make(map[any]*node)
		}
		n.index[step] = c
	}
	return c
}
