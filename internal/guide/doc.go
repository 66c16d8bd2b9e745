// Package guide runs verification guides: ordered steps that each ask one question about a system, and conclusions
// drawn from their verdicts.
//
// A step asks for a metric, logs, events or the status of a monitor, over a window that ends at the time of the run. Its
// verdict is ok, failed or unknown. An absence (no logs, no points) is evidence only with a positive control: the same
// query had hits in a control window with traffic, there is traffic now, and a probe of the pipeline has hits while the
// query has none. Otherwise the verdict is unknown, and the step says which causes of an empty answer are excluded.
//
// Answers come through the interface Source: from Datadog, or from a recording (package recorded). The package is pure:
// it uses no clock, files or network of its own. Start reading at Run; judge.go compares answers with expectations, and
// absence.go handles empty answers.
package guide
