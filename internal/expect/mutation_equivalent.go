package expect

import (
	"fmt"
	"math"
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/replay"
)

// equivalent reports whether no data can distinguish a mutant from its monitor.
func (m mutant) equivalent(replays []*mutantReplay, o replay.Options) bool {
	if len(replays) == 0 {
		return false
	}
	switch m.change.field {
	case "critical", "warning", "critical_recovery", "warning_recovery", "comparator":
		return m.sameThresholds(replays, o)
	case "renotify_interval", "on_missing_data":
		return !slices.ContainsFunc(replays, func(s *mutantReplay) bool { return !m.unnoticed(s) })
	case "notify_no_data":
		return !slices.ContainsFunc(replays, func(s *mutantReplay) bool { return !s.withoutNoData() })
	}
	return false
}

// unnoticed reports whether a mutant differs only in notifications without a recipient.
func (m mutant) unnoticed(s *mutantReplay) bool {
	original := s.original()
	if original == nil {
		return false
	}
	before, _ := newMutable(original.Body)
	changed, from, to, ok := m.change.apply(original.Body)
	if !ok || len(before.handles()) > 0 || len(changed.handles()) > 0 {
		return false
	}
	if m.change.field == "renotify_interval" {
		return true
	}
	shows := []string{"show_no_data", "show_and_notify_no_data"}
	return slices.Contains(shows, from) && slices.Contains(shows, to) && !slices.ContainsFunc(s.monitors, func(m replay.Monitor) bool {
		return m.Address != s.Address && slices.Contains(s.affected, m.Address) && monitor.FromBody(m.Body).Options.NotifiesNoData()
	})
}

// withoutNoData reports whether the monitor is a composite that is never in No Data: its members do not notify of
// missing data, so it keeps its status.
func (s *mutantReplay) withoutNoData() bool {
	original := s.original()
	return original != nil && original.Body["type"] == "composite" && !slices.ContainsFunc(s.monitors, func(m replay.Monitor) bool {
		return slices.Contains(members(*original, s.monitors), m.Address) && monitor.FromBody(m.Body).Options.NotifiesNoData()
	})
}

// sameThresholds reports whether a monitor has only whole numbers, and a mutant has the same thresholds over whole
// numbers, as > 5 and >= 6 are.
func (m mutant) sameThresholds(replays []*mutantReplay, o replay.Options) bool {
	parts := 1
	for _, s := range replays {
		original := s.original()
		if original == nil {
			return false
		}
		n, ok := wholeParts(*original, s.recording, o)
		if !ok {
			return false
		}
		parts = max(parts, n)
	}
	return !slices.ContainsFunc(replays, func(s *mutantReplay) bool {
		original := s.original()
		before, valid := newMutable(original.Body)
		changed, _, _, ok := m.change.apply(original.Body)
		return !valid || !ok || !sameOverWhole(before, changed, float64(parts))
	})
}

// sameOverWhole reports whether two versions of a monitor differ only in thresholds that are the same for whole
// numbers divided by parts.
func sameOverWhole(a, b *mutable, parts float64) bool {
	x, y := a.query.Comparison(), comparisonOf(b)
	if x == nil || y == nil || x.Number == nil || y.Number == nil {
		return false
	}
	rest := func(m *mutable, c *ddquery.Comparison) string { return m.text[:c.Pos()] + m.text[c.End():] }
	return rest(a, x) == rest(b, y) && slices.Equal(wholeBounds(a, x, parts), wholeBounds(b, y, parts))
}

// comparisonOf returns the comparison of a changed query.
func comparisonOf(m *mutable) *ddquery.Comparison {
	kind, _ := m.of["type"].(string)
	q, err := ddquery.ParseMonitor(kind, m.text)
	if err != nil {
		return nil
	}
	return q.Comparison()
}

// wholeBounds returns, for each threshold, the last whole number that is past it. A recovery threshold that is not set
// is its threshold.
func wholeBounds(m *mutable, c *ddquery.Comparison, parts float64) []string {
	critical, _ := c.Value()
	var bounds []string
	for _, of := range [][2]string{{"critical", "critical_recovery"}, {"warning", "warning_recovery"}} {
		limit, ok := m.number(of[0])
		if of[0] == "critical" {
			limit, ok = critical, true
		}
		recovery, has := m.number(of[1])
		if !has {
			recovery = limit
		}
		if ok {
			bounds = append(bounds, fmt.Sprint(of[0], wholeBound(c.Op, limit*parts), wholeBound(c.Op, recovery*parts)))
		}
	}
	return bounds
}

func wholeBound(op string, limit float64) string {
	switch op {
	case ">":
		return ">=" + decimal(math.Floor(limit)+1)
	case ">=":
		return ">=" + decimal(math.Ceil(limit))
	case "<":
		return "<=" + decimal(math.Ceil(limit)-1)
	case "<=":
		return "<=" + decimal(math.Floor(limit))
	}
	return op + decimal(limit)
}
