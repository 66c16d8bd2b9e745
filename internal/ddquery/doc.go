// Package ddquery reads Datadog's query languages without asking Datadog: monitor queries of every form, widget
// queries and formulas, log search, and the template language of notification messages.
//
// ParseMonitor, ParseMetric, ParseFormula, ParseSearch and ParseTemplate turn text into typed nodes with byte
// offsets into that text; Print writes a node back, Walk visits it, and Check says what Datadog would refuse or what
// it would probably accept by mistake. An error always says where and what to write instead.
//
// It knows less than Datadog: unknown functions, modifiers and options are kept and at most warned of. It is pure and
// a leaf: no other package of ddmon, no HCL, no network, no clock.
package ddquery
