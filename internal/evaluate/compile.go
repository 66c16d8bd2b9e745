package evaluate

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/series"
)

// compiler turns the expressions of one monitor into nodes over a recording. step is the length of a bucket in
// milliseconds.
type compiler struct {
	rec  *series.Recording
	step int64
	// account counts what is read and computed.
	account *Account
}

// expr compiles an expression; outer are the modifiers of expressions around it, nearest first.
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
	return nil, NotEvaluated("the query holds what is not known: " + ddquery.Print(x))
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

// explicitStep is the coarsest interval, in milliseconds, that a rollup in the expression asks for; 0 without one.
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

// maxStep bounds a rollup: a month, in seconds.
const maxStep = 31 * 24 * 3600
