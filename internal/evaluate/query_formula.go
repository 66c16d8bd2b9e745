package evaluate

import (
	"cmp"
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
	"ddmon/internal/monitor"
)

// FormulaAggregator returns the aggregator of a formula over the window; "" if each query has its own.
func FormulaAggregator(q *ddquery.FormulaQuery) (agg string, err error) {
	for _, m := range q.Chain {
		switch words, _, _ := arguments(m.Args); m.Name.Name {
		case "last", "by":
		case "rollup":
			agg = firstOr(words, "")
		default:
			return "", NotEvaluated("." + m.Name.Name + "() after a formula is not supported")
		}
	}
	return agg, nil
}

// NewFormulaQuery compiles a formula. Each query is aggregated over the window before the formula is calculated.
func NewFormulaQuery(in Input, x ddquery.Expr, agg string, all []monitor.Variable) (*Query, error) {
	byName := map[string]*monitor.Variable{}
	for i := range all {
		byName[all[i].Name] = &all[i]
	}
	return compileAll(func(all *allGroups) (*Query, error) {
		v := &variables{Input: in, agg: agg, byName: byName, all: all}
		value, err := formula(x, in.Account, v.leaf)
		if err != nil {
			return nil, err
		}
		q := v.Query
		q.Scalar = newPresent(value, in.Account)
		return &q, nil
	})
}

// variables compiles the queries that a formula refers to.
type variables struct {
	Input
	agg    string
	byName map[string]*monitor.Variable
	all    *allGroups
	// Query collects the properties of the compiled queries.
	Query
}

// leaf compiles the name of a query or a function call.
func (v *variables) leaf(x ddquery.Expr) (Scalar, error) {
	switch x := x.(type) {
	case *ddquery.Ref:
		f, ok := v.byName[x.Name]
		if !ok {
			return nil, NotEvaluated("the formula refers to " + x.Name + ", which options.variables does not define")
		}
		return v.compile(f)
	case *ddquery.Call:
		return v.call(x)
	}
	return nil, NotEvaluated("unsupported expression in the formula: " + ddquery.Print(x))
}

func (v *variables) call(q *ddquery.Call) (Scalar, error) {
	if len(q.Args) == 0 {
		return nil, NotEvaluated(q.Name.Name + "() has no argument")
	}
	x, err := formula(q.Args[0], v.Account, v.leaf)
	if err != nil {
		return nil, err
	}
	v.FillsMissing = v.FillsMissing || slices.Contains(function.MissingFillers(), q.Name.Name)
	return scalarCall(q, x, true, v.Account)
}

// compile compiles one entry of options.variables.
func (v *variables) compile(f *monitor.Variable) (Scalar, error) {
	switch f.DataSource {
	case "metrics":
		return v.metric(f)
	case "logs", "events":
		v.Events = true
		search, err := ddquery.ParseSearch(f.Search)
		if err != nil {
			return nil, NotEvaluated("invalid search in " + f.Name + ": " + err.Error())
		}
		compute := f.Compute
		if compute == nil {
			compute = &monitor.Compute{}
		}
		return newEventQuery(v.Input, v.all, f.DataSource, search, compute.Aggregation, compute.Metric, f.By)
	default:
		return nil, NotEvaluated("recordings do not include the data source " + f.DataSource)
	}
}

func (v *variables) metric(f *monitor.Variable) (Scalar, error) {
	x, err := ddquery.ParseMetric(f.Query)
	if err != nil {
		return nil, NotEvaluated("invalid query " + f.Name + ": " + err.Error())
	}
	name := cmp.Or(v.agg, f.Aggregator, "avg")
	agg, ok := aggregatorOf(name)
	if !ok {
		return nil, NotEvaluated("the aggregator " + name + " is not supported")
	}
	explicit := explicitStep(x)
	k := &compiler{rec: v.Recording, account: v.Account, step: max(explicit, v.Bucket), all: v.all}
	n, err := k.expr(x, nil)
	if err != nil {
		return nil, err
	}
	v.FillsMissing = v.FillsMissing || fillsMissing(x)
	v.Step, v.Whole = max(v.Step, k.step), v.Whole || explicit > 0
	return k.reduced(n, agg, explicit > 0), nil
}
