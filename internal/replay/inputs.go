package replay

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
)

// Inputs is the data of a recording that a monitor's query selects.
type Inputs struct {
	// Series are the series in the scope of the query, in the order of the recording, without duplicates.
	Series []*series.Series
	// Logs are the logs that match a log query, in order of time; nil for other queries.
	Logs []series.Log
}

// Inputs returns the data that a monitor is evaluated over. A composite has no inputs. The error is the reason why the
// monitor is not evaluated.
func (m Monitor) Inputs(rec *series.Recording) (Inputs, error) {
	if isComposite(m) {
		return Inputs{}, nil
	}
	view := monitor.FromBody(m.Body)
	q, err := ddquery.ParseMonitor(view.Type, view.Query)
	if err != nil {
		return Inputs{}, evaluate.NotEvaluated("invalid query: " + err.Error())
	}
	switch root := q.Root.(type) {
	case *ddquery.LogQuery:
		if root.Source.Name != "logs" {
			return Inputs{}, nil
		}
		logs, err := matching(root.Search, rec)
		return Inputs{Logs: logs}, err
	case *ddquery.CheckQuery:
		var in Inputs
		for _, s := range rec.Metric(root.Check.Value) {
			if inScope(s.Tags, root.Over(), true) && (len(root.Exclude()) == 0 || !inScope(s.Tags, root.Exclude(), false)) {
				in.Series = append(in.Series, s)
			}
		}
		return in, nil
	case *ddquery.FormulaQuery:
		return variableInputs(view.Options.Variables, rec)
	}
	found, err := scoped(q.Root, rec)
	return Inputs{Series: found}, err
}

// variableInputs returns the inputs of all queries of a formula.
func variableInputs(variables []monitor.Variable, rec *series.Recording) (in Inputs, err error) {
	for i := range variables {
		x := variables[i].Expr()
		if x == nil {
			continue
		}
		found, err := scoped(x, rec)
		if err != nil {
			return in, err
		}
		in.Series = append(in.Series, found...)
	}
	in.Series = inOrder(in.Series, rec)
	return in, nil
}

// scoped returns the series in the scopes of all metrics of an expression.
func scoped(x ddquery.Node, rec *series.Recording) (found []*series.Series, err error) {
	ddquery.Walk(x, func(n ddquery.Node) bool {
		s, ok := n.(*ddquery.Source)
		if !ok || err != nil {
			return true
		}
		var match evaluate.Filter
		if match, err = evaluate.CompileFilter(s.Scope.Filter); err != nil {
			return false
		}
		for _, one := range rec.Metric(s.Metric.Name) {
			if match(one.Tags) {
				found = append(found, one)
			}
		}
		return true
	})
	return inOrder(found, rec), err
}

// inOrder sorts series in the order of the recording and removes duplicates.
func inOrder(found []*series.Series, rec *series.Recording) (all []*series.Series) {
	wanted := make(map[*series.Series]bool, len(found))
	for _, s := range found {
		wanted[s] = true
	}
	for _, s := range rec.Series {
		if wanted[s] {
			all = append(all, s)
		}
	}
	return all
}

// matching returns the logs that match a search.
func matching(search *ddquery.Search, rec *series.Recording) ([]series.Log, error) {
	match, err := evaluate.CompileSearch(search)
	if err != nil {
		return nil, err
	}
	found := []series.Log{}
	for i := range rec.Logs {
		if match(evaluate.Document{Log: &rec.Logs[i]}) {
			found = append(found, rec.Logs[i])
		}
	}
	return found, nil
}
