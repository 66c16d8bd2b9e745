// Package evaluate computes the queries of monitors over a recording as Datadog does: metric queries with their functions
// and modifiers, formulas, and searches over logs and events.
//
// NewMetricQuery, NewFormulaQuery and NewLogQuery compile a query; its At method returns a value for each group over a
// window. What a value means, for a threshold or for missing data, is not known here: that is the business of replay. An
// error is the reason why a query is not evaluated, as NotEvaluated writes it.
//
// Everything that is computed or kept is counted in an Account of a Budget, so that what a query costs has a bound that
// does not depend on the machine. The package is pure: it reads no clock, no file and no network.
package evaluate
