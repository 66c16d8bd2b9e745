// Package behaviour shows how a plan would have changed the outcome of recorded incidents. It replays recordings
// through the live and the desired monitors of a stack and compares the two. Is an incident detected, and after how
// long? Who would have been paged on a healthy day?
//
// The incident of a recording lasts from the phase incident_start to incident_end. A monitor detects it if it notifies
// at least one recipient in that time. Alert, Warn and No Data all count, because any of them gets someone to look.
// What matters is that the rendered message contains a handle: a member of a composite that notifies no one detects
// nothing by itself. A notification at any other time is a false alarm, in every recording.
//
// Datadog evaluates each monitor at some second of the minute, and that second is unknown. All of them are replayed,
// and the worst one counts: the latest time at which a monitor can detect the incident, and the most false alarms that
// it can raise.
//
// The package is pure: no I/O, no network, no clock. Its entry point is Compare.
package behaviour
