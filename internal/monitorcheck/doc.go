// Package monitorcheck validates a monitor: its query, its options, whether they match, and its message. It reports
// what Datadog rejects as errors, and probable mistakes that Datadog may accept as warnings.
//
// Check is the entry point. Datadog supports more than this package knows, so unknown functions, modifiers and options
// are only warnings. The package is pure and runs offline.
package monitorcheck
