// Package replay evaluates monitors over a recording as Datadog would: which monitors would have alerted, when, and
// which notifications they would have sent.
//
// It is pure: the same monitors and recording give the same result. It uses no clock, files or network. Start reading
// at Run. replaySingle and replayComposite in replay_monitor.go show the steps:
//
//	a monitor's query -> evaluate (a value for each group and window) -> machine (the status of each group over time)
//	-> merge (all phases) and notify (messages and handles)
//
// # Supported monitors
//
// Metric monitors, including change alerts, cumulative windows and as_count; formulas over metrics, logs and events;
// log and event monitors; service checks, including cluster alerts; composites; custom schedules. If a monitor is not supported, Evaluated is false and Reason says
// "not evaluated: …" and why. Not supported are anomalies, outliers and forecast, distributions (percentiles),
// regression functions, autosmooth, dt, calendar_shift, regular expressions and template variables in a scope, SLOs,
// data that recordings do not include (RUM, traces, …), unknown functions, and windows longer than the recording.
//
// # Evaluation times
//
// Monitors are evaluated every minute, every 10 minutes for windows of a day, and every 30 minutes for windows of two
// days and longer. The second of that cycle, the phase, is unknown and differs between monitors. The window is
// [now-delay-length, now-delay). Evaluations that need data before the start of the recording are skipped, because they
// would alert on missing data. A group is assumed to be OK before its first evaluation.
//
// The result is that of one phase, Options.Phase. Each transition has its earliest and latest time over all phases, and
// the share of phases in which it occurs. Phases are run once if no sample enters or leaves the window between them
// (phases.go). A composite and its members have their own phases: the composite is evaluated in the same second as one
// of its members or up to 59 s later. Its intervals are the bounds over all combinations of phases, its shares refer to
// the combinations that are tried. For members with many phases, only the earliest and latest are combined
// (composite_phases.go). In the primary run, all have the same phase. Notifications are from the primary run.
//
// # Assumptions
//
// Where Datadog's documentation is incomplete or unclear:
//
//   - The bucket length is from DefaultRollups, unless the query has a coarser rollup. The coarsest of several rollups
//     applies to the whole query. Buckets are aligned to Unix time. With an explicit interval, a bucket that starts before
//     the window is excluded. Otherwise it starts with the window. An incomplete last bucket is included.
//   - Gaps are interpolated only to combine several series, or with .fill(). A gap without an end keeps the last value.
//   - A count or rate with as_count or as_rate is 0 where it has no sample; so is a group that only another operand has.
//     In arithmetic and with default_zero, an empty window is 0 too, from the first sample of the group on. Otherwise it
//     is missing data. A metric that is not recorded and has as_count or as_rate is a count.
//   - Arithmetic with as_count sums over the window, whatever the time aggregation is.
//   - Functions only see the window, except moving_rollup, default_zero and default. Functions of a difference directly
//     over a metric are applied before space aggregation.
//   - A count without as_count or as_rate is averaged, like a gauge.
//   - Without on_missing_data, a query that counts logs or events evaluates missing data as zero. Other queries show No
//     Data after no_data_timeframe, or after twice the window.
//   - A new group is a group that appears after the first evaluation.
//   - Recovery from a No Data status that did not notify does not notify either, unless there was an alert before it.
//   - A custom schedule evaluates exactly at its times. Each evaluation is independent of the previous one: recovery
//     thresholds do not apply, each status other than OK notifies, and there is no recovery or renotification.
//   - In a cluster alert, by("*") is all checks together. A check that no longer reports counts with its last status until
//     it is dropped.
//   - A recorded log is in every index and arrives at its timestamp.
//
// # Limits
//
// See evaluate.Budget: a replay counts steps and memory. It ends with a LimitError, or when its context is done.
//
// The cost of an evaluation is proportional to the number of buckets in the window: at most about 300 with the default
// intervals, regardless of the length of the window and the recording.
package replay
