package replay

import (
	"time"

	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
)

// The actions for missing data.
const (
	keepStatus     = monitor.KeepStatus
	evaluateAsZero = monitor.EvaluateAsZero
	showNoData     = monitor.ShowNoData
	resolve        = monitor.Resolve
)

// missingData is monitor.MissingDataPolicy with the time in milliseconds.
type missingData struct {
	when    monitor.MissingDataAction
	notify  bool
	after   int64
	whenAll bool
}

// newMissingData decides how the monitor handles missing data.
func (c *compiled) newMissingData(query *evaluate.Query, window int64) missingData {
	d := c.options().MissingDataPolicy(monitor.Querying{
		Counts: query.Info().Counts && !query.FillsMissing, Events: query.Events, Grouped: len(c.keys) > 0, Comparator: c.limits.op,
		Window: time.Duration(window) * time.Millisecond,
	})
	return missingData{when: d.When, notify: d.Notify, after: d.After.Milliseconds(), whenAll: d.WhenAll}
}
