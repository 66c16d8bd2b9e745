// Package ddquery reads Datadog's query languages without asking Datadog: monitor queries of every form, widget
// queries and formulas, log search, and the template language of notification messages.
//
// ParseMonitor, ParseMetric, ParseFormula, ParseSearch and ParseTemplate turn text into typed nodes with byte
// offsets into that text; Print writes a node back, and Walk visits it. An error always says where and what to write
// instead.
//
// The parser of metric queries is one recursive descent: an expression holds sources, filters and windows, and an error is
// raised wherever the text ends it. So its twelve files depend on each other; each has one kind of node.
//
// It knows less than Datadog: unknown functions, modifiers and methods are kept. Whether Datadog would accept a query
// that parses is the business of monitorcheck. It is pure and a leaf: no other package of ddmon, no HCL, no network, no clock.
package ddquery
