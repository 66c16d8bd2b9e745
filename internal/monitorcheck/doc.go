// Package monitorcheck says what is wrong with a monitor: what Datadog would refuse of its query, of the options that must
// fit it and of its message, and what it would probably accept by mistake.
//
// Check is the entry point. It knows less than Datadog: unknown functions, modifiers and options are at most warned of. It
// is pure and runs offline.
package monitorcheck
