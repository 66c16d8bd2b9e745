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
	m.Told, m.ToldLeft = notifications(s.Result, c)
	return m, data
}

// monitors brings what was replayed and what came of it together.
func (s *Section) monitors() []monitor {
	looks := map[string]look{}
	for _, m := range s.Monitors {
		looks[m.Address] = lookAt(m)
	}
	all := make([]monitor, 0, len(s.Result.Monitors))
	for _, r := range s.Result.Monitors {
		m := monitor{look: looks[r.Address], result: r}
		if input, ok := s.Inputs[r.Address]; ok && looks[r.Address].query != object.Redacted {
			m.input = &input
		}
		all = append(all, m)
	}
	return all
}

// maxEvents is how many events of a recording are marked.
const maxEvents = 500

// marks are phases and events, and the axis of time.
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

// states are the bands of the monitors; of many, those in which nothing happened are set apart.
func (m *sectionModel) states(monitors []monitor, c clock) {
	const many, most = 12, 60
	for i := range monitors {
		one := &monitors[i]
		r := one.result
		if !r.Evaluated {
			m.Skipped = append(m.Skipped, skippedModel{short(r.Address), shown(r.Name, maxLine), shown(strings.TrimPrefix(r.Reason, "not evaluated: "), maxLine)})
			continue
		}
		if len(monitors) > many && one.happened() == 0 {
			m.Quiet = append(m.Quiet, quietModel{short(r.Address), always(r)})
			continue
		}
		if len(m.Monitors) == most {
			m.More = append(m.More, quietModel{short(r.Address), safe.Count(one.happened(), "change")})
			continue
		}
		row := monitorModel{Address: short(r.Address), Name: shown(r.Name, maxLine), Query: shown(one.query, maxLine), Detail: detail(r)}
		row.Bands, row.Left = bands(r, c)
		m.Monitors = append(m.Monitors, row)
	}
}

// always counts the states that the groups of a monitor without transitions are in.
func always(r replay.MonitorResult) safe.Text {
	if len(r.Groups) == 0 {
		return "no groups"
	}
	counts := map[replay.Status]int{}
	for _, g := range r.Groups {
		counts[g.Initial]++
	}
	var parts []safe.Text
	for _, s := range slices.Sorted(maps.Keys(counts)) {
		if text := nameOf(s); len(r.Groups) == 1 {
			parts = append(parts, text)
		} else {
			parts = append(parts, safe.Int(counts[s])+" "+text)
		}
	}
	return safe.Join(parts, ", ")
}

// detail says how often a monitor looks, and how far back.
func detail(r replay.MonitorResult) safe.Text {
	text := "evaluated every " + words(r.Every)
	if r.Window > 0 {
		text += ", looks back " + words(r.Window)
	}
	return text
}
