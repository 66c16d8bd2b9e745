// Package operation implements the commands: reading and checking a stack, planning against Datadog or a base, saving,
// applying and confirming a plan, finding drift, and replaying recordings. It does not depend on flags, a terminal, the
// environment or a clock: callers pass these in, and results are returned as data. The entry points are Workspace,
// which reads a stack, and the functions Plan, Compare, Restore, Apply, Confirm and Drift.
package operation
