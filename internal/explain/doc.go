// Package explain says in plain words what a monitor does: what is measured, how often and over which time it is
// looked at, when it alerts and recovers, what missing data means, and who is told. It is for the person who is woken
// by a monitor, so it avoids the words of the query language.
//
// It says only what Datadog documents; of an unknown function or option it gives the name. It is pure: it does no
// I/O, asks no server and does not judge, which is the business of monitorcheck and lint.
//
// The entry points are Monitor and Query.
package explain
