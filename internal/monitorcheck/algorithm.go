package monitorcheck

import (
	"slices"
	"strings"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// algorithmOf returns "anomalies", "outliers" or "forecast" if the expression calls one of them, else "".
func algorithmOf(x ddquery.Expr) string {
	if call, ok := x.(*ddquery.Call); ok {
		if f := function.Lookup(call.Name.Name); f != nil && f.Algorithm {
			return f.Name
		}
	}
	return ""
}

// arguments splits a call's arguments after the first into positional and keyword arguments.
func arguments(call *ddquery.Call) (positional []ddquery.Expr, named map[string]*ddquery.Named) {
	named = map[string]*ddquery.Named{}
	for i, arg := range call.Args {
		if n, ok := arg.(*ddquery.Named); ok {
			named[n.Name.Name] = n
		} else if i > 0 {
			positional = append(positional, arg)
		}
	}
	return positional, named
}

// algorithm checks anomalies, outliers and forecasts, and threshold windows, which only anomalies support.
func (k *checker) algorithm(q *ddquery.MetricQuery) {
	if k.m.Options.ThresholdWindows != nil && !ddquery.Calls(q.Expr, "anomalies") {
		k.noThresholdWindows()
	}
	name := algorithmOf(q.Expr)
	if name == "" {
		return
	}
	call := q.Expr.(*ddquery.Call)
	if q.Change != nil {
		k.at(q.Change, "change_algorithm", SeverityWarning, "Datadog may reject "+q.Change.Func.Name+" around "+name, "use one of the two")
	}
	positional, named := arguments(call)
	switch name {
	case "anomalies":
		k.algorithmName(call, positional, "basic", "agile", "robust")
		k.keywords(call, "direction", "alert_window", "interval", "count_default_zero", "seasonality", "timezone")
		k.operator(q.Cmp, name, ">", ">=")
		k.anomaly(q, positional, named)
	case "outliers":
		k.algorithmName(call, positional, "DBSCAN", "MAD", "scaledDBSCAN", "scaledMAD")
		k.operator(q.Cmp, name, ">")
		if v, ok := q.Cmp.Value(); ok && v != 0 {
			k.at(&q.Cmp.Operand, "outlier_threshold", SeverityError, "an outlier monitor must compare with 0", "end the query with > 0")
		}
		if len(k.groups) == 0 {
			k.at(call, "outlier_groups", SeverityWarning, "outliers need at least three groups", "add by {host} to the metric")
		}
	case "forecast":
		k.algorithmName(call, positional, "linear", "seasonal")
		k.keywords(call, "interval", "history", "model", "seasonality")
		k.operator(q.Cmp, name, ">=", "<=")
		k.forecast(call)
	}
}

// algorithmName checks the first argument after the query.
func (k *checker) algorithmName(call *ddquery.Call, positional []ddquery.Expr, allowed ...string) {
	if len(positional) == 0 {
		k.at(call, "algorithm", SeverityError, call.Name.Name+" needs an algorithm", "write "+call.Name.Name+"(query, '"+allowed[0]+"', 2)")
		return
	}
	s, ok := positional[0].(*ddquery.String)
	if !ok || !slices.Contains(allowed, s.Value) {
		k.at(positional[0], "algorithm", SeverityError, ddquery.Print(positional[0])+" is not an algorithm of "+call.Name.Name,
			"use '"+strings.Join(allowed, "', '")+"'")
	}
}

// keywords warns about undocumented keyword arguments.
func (k *checker) keywords(call *ddquery.Call, allowed ...string) {
	for _, arg := range call.Args {
		if n, ok := arg.(*ddquery.Named); ok && !slices.Contains(allowed, n.Name.Name) {
			k.at(n.Name, "unknown_argument", SeverityWarning, "unknown argument "+n.Name.Name, didYouMean(n.Name.Name, allowed))
		}
	}
}

func (k *checker) operator(cmp *ddquery.Comparison, what string, allowed ...string) {
	if !slices.Contains(allowed, cmp.Op) {
		k.at(cmp, "operator_unsupported", SeverityError, what+" does not support "+cmp.Op, "use "+strings.Join(allowed, " or "))
	}
}

// choice checks the value of a keyword argument.
func (k *checker) choice(n *ddquery.Named, allowed ...string) {
	if n == nil {
		return
	}
	if s, ok := n.Value.(*ddquery.String); !ok || !slices.Contains(allowed, s.Value) {
		k.at(n.Value, "argument_value", SeverityError, ddquery.Print(n.Value)+" is not a valid "+n.Name.Name, "use '"+strings.Join(allowed, "', '")+"'")
	}
}

// anomaly checks the arguments and windows of anomalies.
func (k *checker) anomaly(q *ddquery.MetricQuery, positional []ddquery.Expr, named map[string]*ddquery.Named) {
	k.choice(named["direction"], "above", "below", "both")
	k.choice(named["seasonality"], "hourly", "daily", "weekly")
	k.choice(named["count_default_zero"], "true", "false")
	if len(positional) > 0 && named["seasonality"] != nil {
		if s, ok := positional[0].(*ddquery.String); ok && s.Value == "basic" {
			k.at(named["seasonality"], "seasonality", SeverityWarning, "the basic algorithm does not use seasonality", "use agile or robust, or remove seasonality")
		}
	}
	if v, ok := q.Cmp.Value(); ok && (v < 0 || v > 1) {
		k.at(&q.Cmp.Operand, "anomaly_threshold", SeverityError, "the threshold is the fraction of anomalous points, between 0 and 1", "write >= 1 to require all of them")
	}
	alert := k.alertWindow(q, named["alert_window"])
	k.thresholdWindows(q, alert)
	interval, ok := named["interval"]
	if !ok || alert == nil {
		return
	}
	if n, ok := interval.Value.(*ddquery.Number); ok && time.Duration(n.Value)*time.Second > alert.Duration()/5 {
		k.at(n, "anomaly_interval", SeverityError, "the interval must be at most a fifth of the alert window "+alert.Text,
			"write at most interval="+number((alert.Duration()/5).Seconds()))
	}
}

// alertWindow parses alert_window. It returns nil if it is missing or invalid.
func (k *checker) alertWindow(q *ddquery.MetricQuery, n *ddquery.Named) *ddquery.Window {
	if n == nil {
		return nil
	}
	s, ok := n.Value.(*ddquery.String)
	if !ok {
		k.at(n.Value, "argument_value", SeverityError, "alert_window must be a string", "write alert_window='last_15m'")
		return nil
	}
	w, err := s.Window()
	if err != nil {
		k.syntax(err)
		return nil
	}
	if w.Duration() > q.Window.Duration() {
		k.at(s, "alert_window", SeverityError, "the alert window "+w.Text+" is longer than the query's window "+q.Window.Text, "make the query's window longer")
	}
	return w
}

// forecast reports functions that a forecast does not support.
func (k *checker) forecast(call *ddquery.Call) {
	ddquery.Walk(call, func(n ddquery.Node) bool {
		inner, ok := n.(*ddquery.Call)
		if !ok || inner == call {
			return true
		}
		if f := function.Lookup(inner.Name.Name); f != nil && f.NotInForecast {
			k.at(inner, "forecast_function", SeverityError, "a forecast does not support "+inner.Name.Name, "remove it")
		}
		return true
	})
}
