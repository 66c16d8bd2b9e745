package change

import (
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// node is a path in a body with edits at or below it. The edits of a change form a tree of nodes.
type node struct {
	step     any // string or int; nil at the root
	path     object.Path
	edits    []plan.Edit // at this path: none, one, or a Move and another
	children []*node
	index    map[any]*node
}

// treeOf arranges edits by their paths. Children keep the order of the edits: that of keys and list elements.
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

// child returns the node below n, creating it if necessary. The index of a removed list element refers to the live list
// and can belong to another element now, so it never shares a node.
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
