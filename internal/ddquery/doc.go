// Package ddquery parses Datadog's query languages: all forms of monitor queries, widget queries and formulas, log
// search, and the template language of notification messages.
//
// ParseMonitor, ParseMetric, ParseFormula, ParseSearch and ParseTemplate return typed nodes with byte offsets into the
// source. Print formats a node, and Walk visits it. Every error has a position, and most have a hint on what to write.
//
// The parser of metric queries is a recursive-descent parser: expressions contain sources, filters and windows, and any
// of them can report an error. This is why its twelve files depend on each other. Each has one kind of node.
//
// The parser accepts unknown functions, modifiers and methods. Package monitorcheck checks whether Datadog accepts a
// query. The package is pure and a leaf: no other package of ddmon, no HCL, no network, no clock.
package ddquery
