package evaluate

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/series"
)

// compiler compiles the expressions of one monitor to nodes over a recording. step is the bucket length in
// milliseconds.
type compiler struct {
	rec     *series.Recording
	step    int64
	account *Account
	// all has the groups of all operands; nil if they do not matter.
	all *allGroups
}

// expr compiles an expression. outer has the modifiers of the enclosing expressions, innermost first.
func (c *compiler) expr(x ddquery.Expr, outer []*ddquery.Method) (node, error) {
	switch x := x.(type) {
	case *ddquery.Source:
		return c.source(x, outer, nil)
	case *ddquery.Number:
		return newConstant(x.Value), nil
	case *ddquery.Paren:
		return c.expr(x.X, outer)
	case *ddquery.Modified:
		return c.expr(x.X, append(x.Modifiers[:len(x.Modifiers):len(x.Modifiers)], outer...))
	case *ddquery.Unary:
		inner, err := c.expr(x.X, outer)
		if err != nil {
			return nil, err
		}
		return &pointwise{Base: inner.Info(), x: inner, f: func(v, _ float64) float64 { return -v }}, nil
	case *ddquery.Call:
		return c.call(x, outer)
	case *ddquery.Binary:
		return c.binary(x, outer)
	}
	return nil, NotEvaluated("unsupported expression: " + ddquery.Print(x))
}

func (c *compiler) binary(q *ddquery.Binary, outer []*ddquery.Method) (node, error) {
	x, err := c.expr(q.X, outer)
	if err != nil {
		return nil, err
	}
	y, err := c.expr(q.Y, outer)
	if err != nil {
		return nil, err
	}
	j, err := join(x.Info(), y.Info(), c.account)
	return &binary{joint: j, op: Operation(q.Op), x: x, y: y}, err
}

// explicitStep returns the coarsest rollup interval in the expression, in milliseconds; 0 if there is no rollup.
func explicitStep(x ddquery.Node) (step int64) {
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if m, ok := n.(*ddquery.Method); ok && m.Name.Name == "rollup" {
			if _, seconds, ok := arguments(m.Args); ok && seconds >= 1 {
				step = max(step, int64(min(seconds, maxStep)*1000))
			}
		}
		return true
	})
	return step
}

// maxStep is the longest rollup interval: a month, in seconds.
const maxStep = 31 * 24 * 3600
