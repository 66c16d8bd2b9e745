// Package behaviour says what a plan would have meant: recordings are replayed through the monitors of a stack as they
// are live and as they are desired, and the two are held against each other. Was an incident caught, and after how
// long? Whom would a healthy day have woken?
//
// An incident is what lies between the phases incident_start and incident_end of a recording. A monitor catches it if
// it tells somebody in that time that something is wrong. Alert, Warn and No Data all count, for whoever is told of any
// of them looks; what counts is that the rendered message still holds a handle. A half of a composite that tells nobody
// catches nothing by itself. Somebody told at any other time is a false alarm, whatever the recording.
//
// Datadog evaluates at a second of its own that nobody knows. All are replayed, and the worst decides: the latest time
// at which a monitor may catch, the most alarms that it may raise.
//
// The package is pure: no I/O, no network, no clock. Its entry point is Compare.
package behaviour
