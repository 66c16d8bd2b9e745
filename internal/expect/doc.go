// Package expect judges monitors by their tests: whether a replay did what a test expects, which monitors and
// recorded incidents no test or monitor covers, and which changes of a threshold or window no test would notice.
//
// # What holds
//
// Nobody knows the second of the minute at which Datadog evaluates a monitor, so a replay tries all of them, and an
// expectation holds only if it holds whichever it is. A status is reached for certain if each of them sees it; within
// is held against the latest moment, not_before against the earliest; never and silent fail if any of them sees what
// they exclude. Messages are those of the replay's primary second.
//
//   - A status is reached when a monitor comes to have it: one that is in Alert before the phase from which an
//     expectation counts is not taken to have noticed what begins there. OK is the status at rest, so that having it
//     is enough; and so it is for any status that the monitor begins with, if the expectation counts from no phase.
//   - Without a group, a multi alert is as bad as its worst group: Alert, Warn and No Data are reached by the first
//     group that does, OK when all groups are. Never, silent and recovery hold for every group.
//   - A monitor has recovered within a time if all its groups are OK, or gone, when that is over, or at the end of the
//     recording if that is earlier. Expected of one monitor it has to have been something else before.
//   - Somebody is told by a message that has a handle; one without is sent to nobody.
//
// The package is pure: no input or output, no network, no clock. Start reading at Check; Run does it for many tests,
// Coverage and Mutate look at how good the tests are.
package expect
