// Package explain describes in plain words what a monitor does: what it measures, how it is evaluated, when it alerts
// and recovers, how it treats missing data, and who is notified. It is written for the engineer on call, so it avoids
// the syntax of queries.
//
// It states only what Datadog documents; unknown functions and options are shown by name. It is pure: it does no I/O
// and does not judge the monitor, which is the job of monitorcheck and lint.
//
// The entry points are Monitor, Object and Query.
package explain
