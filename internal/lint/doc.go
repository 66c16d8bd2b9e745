// Package lint checks the objects of a stack without requests to Datadog. Validate reports what Datadog would reject,
// Lint reports valid configuration that is probably a mistake. Both return diagnostics with the exact source positions.
//
// The package uses no network, clock or files; only CheckLive sends requests, through Live. Datadog validates more than
// this package does: an error is reported only for a known rejection, everything uncertain is a warning. Metric
// metadata is in metrics.txt and in integrations-core/metrics.txt, which command gen writes, and a stack can add to it.
//
// Each rule is in a file named after its code and has a section in docs. Start reading at Lint and Rules.
package lint
