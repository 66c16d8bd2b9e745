package report

import (
	"fmt"
	"strconv"
	"strings"

	"ddmon/internal/series"
)

// model is what the template of the page shows.
type model struct {
	Title, Generated, Summary string
	// Class is the verdict of the whole page.
	Class    string
	Sections []sectionModel
	Data     pageData
	Assets   assets
}

type sectionModel struct {
	ID, Name, Class, Verdict            string
	Recording, Note, Source, Span, Zone string
	Failures                            []string
	Phases                              []phaseModel
	Events                              []eventModel
	EventsLeft                          int
	Ticks                               []tick
	View                                [2]float64
	Plots                               []plotModel
	PlotsLeft                           int
	Monitors                            []monitorModel
	Quiet, More                         []quietModel
	Skipped                             []skippedModel
	Streams                             []stream
	StreamsLeft                         int
	Excerpts                            []excerpt
	ExcerptsLeft                        int
	Changes                             []change
	ChangesLeft                         int
	Told                                []told
	ToldLeft                            int
}

// Zoomed says that not the whole recording is shown at first.
func (m sectionModel) Zoomed() bool { return m.View != [2]float64{0, 1} }

type phaseModel struct {
	At         float64
	Name, Time string
}

type eventModel struct {
	At                float64
	Time, Title, Text string
}

// tick is a mark of the axis below the bands.
type tick struct {
	At   float64
	Text string
}

type plotModel struct {
	Title, Unit, Tags, Note, Gist string
	Lines                         []legendModel
	Others                        []string
}

// legendModel is an entry of a plot's legend; Line is its number in the plot's data.
type legendModel struct {
	Line        int
	Label, Kind string
	Color       int
}

type monitorModel struct {
	Address, Name, Query, Detail string
	Bands                        []band
	Left                         int
}

// quietModel is a monitor without bands; States says what its groups are in all the time, or how often they change.
type quietModel struct{ Address, States string }

type skippedModel struct{ Address, Name, Reason string }

// newModel works out what the page shows.
func newModel(page Page) (*model, error) {
	m := &model{Title: shown(page.Title, maxName), Generated: shown(page.Generated, maxName), Class: "passed", Assets: embedded()}
	pool := &linePool{at: map[*series.Series]int{}}
	counts := map[string]int{}
	for i := range page.Sections {
		s := &page.Sections[i]
		if err := s.check(); err != nil {
			return nil, err
		}
		section, data := newSection(s, "s"+strconv.Itoa(i+1), pool)
		m.Sections = append(m.Sections, section)
		m.Data.Sections = append(m.Data.Sections, data)
		counts[section.Verdict]++
	}
	m.Data.Lines = pool.lines
	var parts []string
	for _, v := range []string{"failed", "passed", "replayed"} {
		if counts[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[v], v))
		}
	}
	if counts["failed"] > 0 {
		m.Class = "failed"
	} else if counts["passed"] == 0 {
		m.Class = "replayed"
	}
	m.Summary = strings.Join(parts, ", ")
	return m, nil
}
