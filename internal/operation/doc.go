// Package operation is everything that a command does: reading and checking a stack, planning against Datadog or a base,
// saving a plan, carrying it out and confirming it, finding drift, and replaying recordings. It knows no flags, no
// terminal, no environment and no clock: what it needs of them is passed in, and what it finds out is returned as data.
// The entry points are Workspace, which reads, and the functions that take what it read: Plan, Compare, Restore, Apply,
// Confirm and Drift.
package operation
