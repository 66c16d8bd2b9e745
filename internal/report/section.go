package report

import (
	"maps"
	"slices"
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

func newSection(s *Section, id safe.Text, pool *linePool) (sectionModel, sectionData) {
	rec := s.Recording
	c := newClock(rec)
	m := sectionModel{
		ID: id, Name: shown(s.Name, maxName), Recording: shown(rec.Name, maxName), Note: shownLines(rec.Note, maxMessage),
		Source: shown(rec.Source, maxLine), Span: c.span(), Zone: c.offset(), View: view(rec, s.Result, c),
	}
	m.Class, m.Verdict = s.verdict()
	for _, f := range s.Failures {
		m.Failures = append(m.Failures, shownLines(f, maxMessage))
	}
	data := sectionData{ID: id, Zone: safe.Line(c.zone.String()), From: rec.Start, To: rec.End, View: m.View}
	m.marks(rec, c, &data)
	monitors := s.monitors()
	m.Plots, m.PlotsLeft, data.Plots = drawn(rec, monitors, c, pool)
	m.states(monitors, c)
	var lines []series.Log
	m.Streams, lines, m.StreamsLeft = streams(rec, monitors, c)
	m.Excerpts, m.ExcerptsLeft = excerpts(lines, moments(rec, s.Result), c)
	m.Changes, m.ChangesLeft = changes(s.Result, c)
	m.Notifications, m.NotificationsLeft = notifications(s.Result, c)
	return m, data
}

// monitors joins the replayed monitors with their results.
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
	return all
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

// states adds the timelines of the monitors. Among many monitors, those without transitions are only listed.
func (m *sectionModel) states(monitors []monitor, c clock) {
	const many, most = 12, 60
	for i := range monitors {
		one := &monitors[i]
		r := one.result
		if !r.Evaluated {
			m.Skipped = append(m.Skipped, skippedModel{shortAddress(r.Address), shown(r.Name, maxLine), shown(strings.TrimPrefix(r.Reason, "not evaluated: "), maxLine)})
			continue
		}
		if len(monitors) > many && one.transitionCount() == 0 && len(r.Unrecorded) == 0 {
			m.Quiet = append(m.Quiet, quietModel{shortAddress(r.Address), stateCounts(r)})
			continue
		}
		if len(m.Monitors) == most {
			m.More = append(m.More, quietModel{shortAddress(r.Address), safe.Count(one.transitionCount(), "change")})
			continue
		}
		row := monitorModel{Address: shortAddress(r.Address), Name: shown(r.Name, maxLine), Query: shown(one.query, maxLine), Detail: detail(r)}
		row.Timelines, row.Left = timelines(r, c)
		m.Monitors = append(m.Monitors, row)
	}
}

// stateCounts counts the states of the groups of a monitor without transitions.
func stateCounts(r replay.MonitorResult) safe.Text {
	if len(r.Groups) == 0 {
		return "no groups"
	}
	counts := map[replay.Status]int{}
	for _, g := range r.Groups {
		counts[g.Initial]++
	}
	var parts []safe.Text
	for _, s := range slices.Sorted(maps.Keys(counts)) {
		if text := statusText(s); len(r.Groups) == 1 {
			parts = append(parts, text)
		} else {
			parts = append(parts, safe.Int(counts[s])+" "+text)
		}
	}
	return safe.Join(parts, ", ")
}

// detail describes the evaluation interval and window of a monitor.
func detail(r replay.MonitorResult) safe.Text {
	text := "evaluated every " + durationText(r.Every)
	if r.Window > 0 {
		text += ", evaluation window " + durationText(r.Window)
	}
	if r.NoData {
		text += ", no data in any evaluation"
	}
	for _, u := range r.Unrecorded {
		text += "; missing: " + shown(u.String(), maxLine)
	}
	return text
}
