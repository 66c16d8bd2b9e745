package replay

import (
	"cmp"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
	"ddmon/internal/monitor"
)

// formulaAggregator returns what reduces the queries of a formula over the window; "" where their own says.
func formulaAggregator(q *ddquery.FormulaQuery) (agg string, err error) {
	for _, m := range q.Chain {
		switch words, _, _ := arguments(m.Args); m.Name.Name {
		case "last", "by":
		case "rollup":
			agg = firstOr(words, "")
		default:
			return "", notEvaluated("." + m.Name.Name + "() of a formula")
		}
	}
	return agg, nil
}

// newFormulaQuery compiles a formula: each query is aggregated over the window, and the formula is calculated from that.
func newFormulaQuery(in input, x ddquery.Expr, agg string, all []monitor.Variable) (*Query, error) {
	v := &variables{input: in, agg: agg, byName: map[string]*monitor.Variable{}}
	for i := range all {
		v.byName[all[i].Name] = &all[i]
	}
	value, err := formula(x, in.account, v.leaf)
	if err != nil {
		return nil, err
	}
	q := v.Query
	q.scalar = value
	return &q, nil
}

// variables compiles the queries that a formula names.
type variables struct {
	input
	agg    string
	byName map[string]*monitor.Variable
	// Query is what the queries turned out to be.
	Query
}

// leaf compiles a query's name, or a function of one value.
func (v *variables) leaf(x ddquery.Expr) (scalar, error) {
	switch x := x.(type) {
	case *ddquery.Ref:
		f, ok := v.byName[x.Name]
		if !ok {
			return nil, notEvaluated("the formula names " + x.Name + ", which options.variables does not define")
		}
		return v.compile(f)
	case *ddquery.Call:
		return v.call(x)
	}
	return nil, notEvaluated("the formula holds what is not known: " + ddquery.Print(x))
}

func (v *variables) call(q *ddquery.Call) (scalar, error) {
	name := q.Name.Name
	if len(q.Args) == 0 {
		return nil, notEvaluated(name + "() without an argument")
	}
	x, err := formula(q.Args[0], v.account, v.leaf)
	if err != nil {
		return nil, err
	}
	if known := function.Lookup(name); known == nil || known.Replay != function.Everywhere {
		return nil, notEvaluated("the function " + name + " in a formula")
	}
	if name == "default_zero" {
		v.zero = true
		return &each{base: x.info(), x: x, f: zeroed}, nil
	}
	_, limit, numbered := arguments(q.Args[1:])
	f, ok := pointFunction(name)
	if !ok && numbered {
		f, ok = limitFunction(name, limit)
	}
	if !ok {
		return nil, notEvaluated("the function " + name + " in a formula")
	}
	return &each{base: x.info(), x: x, f: func(value float64) float64 { return f(value, 0) }}, nil
}

// compile compiles one entry of options.variables.
func (v *variables) compile(f *monitor.Variable) (scalar, error) {
	switch f.DataSource {
	case "metrics":
		return v.metric(f)
	case "logs", "events":
		v.events = true
		search, err := ddquery.ParseSearch(f.Search)
		if err != nil {
			return nil, notEvaluated("the search of " + f.Name + " cannot be read: " + err.Error())
		}
		compute := f.Compute
		if compute == nil {
			compute = &monitor.Compute{}
		}
		return newEventQuery(v.account, v.rec, f.DataSource, search, compute.Aggregation, compute.Metric, f.By)
	default:
		return nil, notEvaluated("the data source " + f.DataSource + " is not recorded")
	}
}

func (v *variables) metric(f *monitor.Variable) (scalar, error) {
	x, err := ddquery.ParseMetric(f.Query)
	if err != nil {
		return nil, notEvaluated("the query " + f.Name + " cannot be read: " + err.Error())
	}
	name := cmp.Or(v.agg, f.Aggregator, "avg")
	agg, ok := aggregatorOf(name)
	if !ok {
		return nil, notEvaluated("the aggregator " + name)
	}
	explicit := explicitStep(x)
	k := &compiler{rec: v.rec, account: v.account, step: max(explicit, v.bucket)}
	n, err := k.expr(x, nil)
	if err != nil {
		return nil, err
	}
	v.zero = v.zero || ddquery.Calls(x, "default_zero")
	v.step, v.whole = max(v.step, k.step), v.whole || explicit > 0
	return &reduced{base: n.info(), x: n, agg: agg, account: v.account, step: k.step, whole: explicit > 0}, nil
}
