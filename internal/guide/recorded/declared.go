package recorded

import (
	"ddmon/internal/guide"
	"ddmon/internal/series"
)

var _ guide.Declarer = (*Source)(nil)

// WhyAbsent implements guide.Declarer with the recording's absent blocks.
func (s *Source) WhyAbsent(p guide.Product, metric string, tags []string) string {
	name := metric
	switch p {
	case guide.Logs:
		name = series.AbsentLogs
	case guide.Events:
		name = series.AbsentEvents
	case guide.Metric, guide.Monitor:
	}
	if absent := s.rec.DeclaredAbsent(name, tags); absent != nil {
		return absent.Reason
	}
	return ""
}
