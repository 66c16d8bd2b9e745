// Package replay evaluates monitors over a recording as Datadog would have: which of them would have alerted, when, and
// whom they would have told with what message.
//
// It is pure: same monitors, same recording, same result. It reads no clock, no file and no network. Start at Run;
// single and together in single.go are the order of the work.
//
//	a monitor's query -> evaluate (a value for each group and window) -> machine (a status for each group, again and again)
//	-> merge (all phases) and notify (messages and handles)
//
// # What is evaluated
//
// Metric monitors with change, cumulative windows and the as_count path; formulas over metrics, logs and events; log and
// event monitors; service checks over series of that type; composites. What is not imitated is reported: Evaluated is
// false, and Reason says "not evaluated: …" and why. That holds for anomalies, outliers and forecast, for distributions
// (percentiles), regression functions, autosmooth, dt, calendar_shift, regular expressions and template variables in a
// scope, custom schedules, SLOs, data that is not recorded (RUM, traces, …), unknown functions, and for windows longer
// than the recording.
//
// # When
//
// An evaluation takes place every minute, for windows of a day every ten, for two days and more every thirty, at a
// second of the cycle that is the monitor's own and unknown: the phase. The window is [now-delay-length, now-delay).
// Evaluations whose window, or what the query looks at before it, lies outside the recording are left out: they would
// alert on what was not recorded. What a group was before its first evaluation is taken as OK.
//
// The result is that of one phase, Options.Phase; each transition says between which times it lies over all phases,
// and what share of them see it. Phases between which no sample enters or leaves the window are run once (phases.go).
// The members of a composite have phases of their own, and so has the composite, which is evaluated in the same second
// as one of its members or up to 59 s later. Its intervals are the bounds over all combinations, its shares those of
// the combinations tried; of members with many phases only the earliest and the latest are combined
// (composite_phases.go). The primary run has all at one phase. Notifications are those of the primary run.
//
// # Choices
//
// Where Datadog's documentation is silent or unsure:
//
//   - Buckets: DefaultRollups unless the query has a coarser rollup; of several rollups the coarsest holds for all.
//     Buckets are aligned to UNIX time. With an explicit interval a bucket that starts before the window is left out,
//     else it begins with the window, so that nothing of the window is lost. The last one is kept as far as it got.
//   - Gaps are interpolated only where several series are put together or .fill() asks for it. A gap without end yet
//     goes on at the last value.
//   - Functions see the window only. Those of a difference, over a metric itself, come before its series are put
//     together; moving_rollup and default_zero also look back.
//   - A count without as_count or as_rate is averaged, as a gauge.
//   - Without on_missing_data a query that counts logs or events is evaluated as zero; any other shows No Data after
//     no_data_timeframe, or twice the window.
//   - A new group is one that comes after the first evaluation.
//   - A No Data that is not told ends without a recovery message, unless an alert was told before it.
//   - A recorded log is in every index, and arrives at its time.
//
// # Limits
//
// See evaluate.Budget: a replay counts its steps and what it keeps, and ends with a LimitError or when its context is done.
//
// An evaluation costs as much as its window has buckets, at most about 300 by the default intervals, however long
// window and recording are.
package replay
