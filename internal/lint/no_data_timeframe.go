package lint

import "ddmon/internal/diag"

func noDataTimeframe() Rule {
	return Rule{Code: "no_data_timeframe", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			o := &m.view.Options
			q := m.metric()
			if q == nil || !isTrue(o.NotifyNoData) || o.NoDataTimeframe == nil {
				continue
			}
			minutes := q.Window.Duration().Minutes()
			if *o.NoDataTimeframe > 0 && *o.NoDataTimeframe < 2*minutes {
				p.addFinding(m.field("options", "no_data_timeframe"), "no_data_timeframe is shorter than two windows",
					"The monitor reports missing data after %s minutes, less than twice its window of %s, so a few late points can trigger it. Set at least %s.",
					decimal(*o.NoDataTimeframe), decimal(minutes), decimal(2*minutes))
			}
		}
	}}
}
