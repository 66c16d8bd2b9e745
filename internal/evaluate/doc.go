// Package evaluate computes monitor queries over a recording as Datadog does: metric queries with functions and
// modifiers, formulas, and log and event searches.
//
// NewMetricQuery, NewFormulaQuery and NewLogQuery compile a query. Its At method returns a value for each group over a
// window. Package replay compares the values with thresholds and handles missing data. Errors are created by
// NotEvaluated and say why a query is not evaluated.
//
// An Account of a Budget counts all computation and memory, so that the limits on a query do not depend on the machine.
// The package is pure: it uses no clock, files or network.
package evaluate
