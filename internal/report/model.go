package report

import (
	"ddmon/internal/render/safe"
)

// model is what the template of the page shows.
type model struct {
	Title, Generated, Summary safe.Text
	// Class is the verdict of the whole page.
	Class    safe.Text
	Sections []sectionModel
	Data     pageData
	Assets   assets
}

type sectionModel struct {
	ID, Name, Class, Verdict            safe.Text
	Recording, Note, Source, Span, Zone safe.Text
	Failures                            []safe.Text
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
	Name, Time safe.Text
}

type eventModel struct {
	At                float64
	Time, Title, Text safe.Text
}

// tick is a mark of the axis below the bands.
type tick struct {
	At   float64
	Text safe.Text
}

type plotModel struct {
	Title, Unit, Tags, Note, Gist safe.Text
	Lines                         []legendModel
	Others                        []safe.Text
}

// legendModel is an entry of a plot's legend; Line is its number in the plot's data.
type legendModel struct {
	Line        int
	Label, Kind safe.Text
	Color       int
}

type monitorModel struct {
	Address, Name, Query, Detail safe.Text
	Bands                        []band
	Left                         int
}

// quietModel is a monitor without bands; States says what its groups are in all the time, or how often they change.
type quietModel struct{ Address, States safe.Text }

type skippedModel struct{ Address, Name, Reason safe.Text }
