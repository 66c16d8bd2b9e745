package report

import (
	"ddmon/internal/render/safe"
)

// model is the data of the page template.
type model struct {
	Title, Generated, Summary safe.Text
	// Class is the CSS class for the result of the whole page.
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
	Notifications                       []notification
	NotificationsLeft                   int
}

// Zoomed reports whether the page initially shows only a part of the recording.
func (m sectionModel) Zoomed() bool { return m.View != [2]float64{0, 1} }

type phaseModel struct {
	At         float64
	Name, Time safe.Text
}

type eventModel struct {
	At                float64
	Time, Title, Text safe.Text
}

// tick is a mark on the time axis below the timelines.
type tick struct {
	At   float64
	Text safe.Text
}

type plotModel struct {
	Title, Unit, Tags, Note, Summary safe.Text
	Lines                            []legendModel
	Others                           []safe.Text
}

// legendModel is an entry of a plot's legend; Line is its index in the plot's data.
type legendModel struct {
	Line        int
	Label, Kind safe.Text
	Color       int
}

type monitorModel struct {
	Address, Name, Query, Detail safe.Text
	Timelines                    []timeline
	Left                         int
}

// quietModel is a monitor without timelines. States are the constant states of its groups, or the number of changes.
type quietModel struct{ Address, States safe.Text }

type skippedModel struct{ Address, Name, Reason safe.Text }
