// Package expect evaluates replay tests: whether a replay meets the expectations of a test, which monitors and recorded
// incidents have no coverage, and which changes to a threshold or window no test would notice.
//
// # Evaluation
//
// Datadog evaluates each monitor at some second of the minute, and that second is unknown. A replay tries all of them,
// and an expectation must hold at every one. A status counts as reached only if every second sees it. within applies to
// the latest time at which it is reached, not_before to the earliest. never and silent fail if any second sees what
// they exclude. Messages are taken from the primary second of the replay.
//
//   - A status is reached when a monitor changes to it. A monitor that is already in Alert before the phase in after
//     has not detected what begins there. OK is the resting status, so being OK is enough. If the expectation names no
//     phase, the initial status is enough too.
//   - Without group, a multi alert has the status of its worst group: the first group reaches Alert, Warn or No Data,
//     and all groups must be OK for OK. never, silent and recovers_within apply to every group.
//   - A monitor has recovered in time if all its groups are OK or gone at the deadline, or at the end of the recording
//     if that is earlier. If the expectation is about a single monitor, it must have had another status before.
//   - A message notifies only if it contains a handle.
//
// The package is pure: no input or output, no network, no clock. Start reading at Compare. Run evaluates many tests;
// Coverage and Mutate measure how good the tests are.
package expect
