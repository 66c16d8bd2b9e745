package report

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

func newSection(s *Section, id safe.Text, b *builder) (sectionModel, sectionData) {
	rec := s.Recording
	c := newClock(rec)
	m := sectionModel{
		ID: id, Name: shown(rec.Name, maxName), Note: shownLines(rec.Note, maxMessage),
		Source: shown(rec.Source, maxLine), Span: c.span(), Zone: c.offset(), View: view(rec, s.Result, c),
	}
	data := sectionData{ID: id, Zone: safe.Line(c.zone.String()), From: rec.Start, To: rec.End, View: m.View}
	m.marks(rec, c, &data)
	monitors := s.monitors()
	m.Plots, m.QuietPlots, m.PlotsLeft, data.Plots = drawn(rec, monitors, c, b.pool)
	m.states(monitors, c)
	var lines []series.Log
	m.Streams, lines, m.StreamsLeft = streams(rec, monitors, c)
	m.Excerpts, m.ExcerptsLeft = excerpts(lines, moments(rec, s.Result), c)
	m.Changes, m.ChangesLeft = changes(s.Result, c)
	m.Notifications, m.NotificationsLeft = b.notifications(s.Result, c)
	return m, data
}

// monitors joins the replayed monitors with their results. Those that reacted first come first.
func (s *Section) monitors() []monitor {
	queries := map[string]queryMetrics{}
	for _, m := range s.Monitors {
		queries[m.Address] = readQuery(m)
	}
	all := make([]monitor, 0, len(s.Result.Monitors))
	for _, r := range s.Result.Monitors {
		m := monitor{queryMetrics: queries[r.Address], result: r}
		if input, ok := s.Inputs[r.Address]; ok && queries[r.Address].query != object.Redacted {
			m.input = &input
		}
		all = append(all, m)
	}
	slices.SortStableFunc(all, func(a, b monitor) int { return cmp.Compare(a.reacted(), b.reacted()) })
	return all
}

// reacted is the time of a monitor's first state change; the maximum if it has none.
func (m *monitor) reacted() int64 {
	first := int64(math.MaxInt64)
	for _, g := range m.result.Groups {
		for _, list := range [][]replay.Transition{g.Transitions, g.Elsewhere} {
			for _, t := range list {
				first = min(first, t.At.UnixMilli())
			}
		}
	}
	return first
}

// isQuiet reports whether a monitor has no state changes in any second of evaluation, although the recording has its data.
func (m *monitor) isQuiet() bool {
	return m.reacted() == math.MaxInt64 && len(m.result.Unrecorded) == 0
}

// maxEvents is the maximum number of events shown.
const maxEvents = 500

// marks adds phases, events, and the ticks of the time axis.
func (m *sectionModel) marks(rec *series.Recording, c clock, data *sectionData) {
	for _, p := range rec.Phases {
		name := shown(p.Name, maxName)
		m.Phases = append(m.Phases, phaseModel{At: c.share(p.At), Name: name, Time: c.ms(p.At)})
		data.Phases = append(data.Phases, markData{At: p.At, Name: name})
	}
	for _, e := range rec.Events[:min(len(rec.Events), maxEvents)] {
		m.Events = append(m.Events, eventModel{At: c.share(e.At), Time: c.ms(e.At), Title: shown(e.Title, maxName), Text: shown(e.Text, maxLine)})
		data.Events = append(data.Events, e.At)
	}
	m.EventsLeft = len(rec.Events) - len(m.Events)
	m.Ticks = ticks(m.View, c)
}

// states adds the timelines of the monitors that reacted, and lists the others.
func (m *sectionModel) states(monitors []monitor, c clock) {
	const most = 60
	counts := map[replay.Status]int{}
	for i := range monitors {
		one := &monitors[i]
		r := one.result
		if !r.Evaluated {
			m.Skipped = append(m.Skipped, skippedModel{shortAddress(r.Address), shown(r.Name, maxLine), shown(strings.TrimPrefix(r.Reason, "not evaluated: "), maxLine)})
			continue
		}
		if row := (quietModel{Address: shortAddress(r.Address), Name: shown(r.Name, maxLine), Query: shown(one.query, maxLine)}); one.isQuiet() {
			row.States = stateCounts(counted(r.Groups, counts))
			m.Quiet = append(m.Quiet, row)
			continue
		} else if len(m.Monitors) == most {
			row.States = safe.Count(one.transitionCount(), "change")
			m.More = append(m.More, row)
			continue
		}
		row := monitorModel{Address: shortAddress(r.Address), Name: shown(r.Name, maxLine), Query: shown(one.query, maxLine), Detail: detail(r)}
		for _, u := range r.Unrecorded {
			row.Missing = append(row.Missing, shown(u.String(), maxLine))
		}
		row.Timelines, row.Left = timelines(r, c)
		m.Monitors = append(m.Monitors, row)
	}
	m.QuietStates = stateCounts(counts)
}

// counted counts the states of groups without transitions, and adds each state once to all.
func counted(groups []replay.GroupResult, all map[replay.Status]int) map[replay.Status]int {
	counts := map[replay.Status]int{}
	for _, g := range groups {
		if counts[g.Initial]++; counts[g.Initial] == 1 {
			all[g.Initial]++
		}
	}
	return counts
}

// stateCounts lists counts of states, the most severe first.
func stateCounts(counts map[replay.Status]int) safe.Text {
	if len(counts) == 0 {
		return "no groups"
	}
	var parts []safe.Text
	for _, s := range slices.Backward(slices.Sorted(maps.Keys(counts))) {
		if len(counts) == 1 && counts[s] == 1 {
			return statusText(s)
		}
		parts = append(parts, safe.Int(counts[s])+" "+statusText(s))
	}
	return safe.Join(parts, ", ")
}

// detail describes the evaluation interval and window of a monitor, unless they are sensitive.
func detail(r replay.MonitorResult) safe.Text {
	var parts []safe.Text
	if r.Every > 0 {
		parts = append(parts, "evaluated every "+durationText(r.Every))
	}
	if r.Window > 0 {
		parts = append(parts, "evaluation window "+durationText(r.Window))
	}
	if r.NoData {
		parts = append(parts, "no data in any evaluation")
	}
	return safe.Join(parts, ", ")
}
