package report

import (
	"ddmon/internal/render/safe"
)

// model is the data of the page template.
type model struct {
	Title, Generated, Summary safe.Text
	// Class is the CSS class for the result of the whole page.
	Class    safe.Text
	Tests    []testModel
	Sections []sectionModel
	Data     pageData
	Assets   assets
}

// Contents reports whether the page has a table of contents.
func (m *model) Contents() bool { return len(m.Tests)+len(m.Sections) > 2 }

// testModel is a test with its expectations. Section is the section of its recording, or nil.
type testModel struct {
	ID, Name, Class, Verdict, Problem safe.Text
	Answer                            answer
	Warnings                          []safe.Text
	Checks                            []check
	ChecksLeft                        int
	Section                           *linkModel
}

// Failed reports whether the test failed.
func (m testModel) Failed() bool { return m.Class == "failed" }

// linkModel is a link to another part of the page.
type linkModel struct{ ID, Name, Class safe.Text }

// sectionModel is a replayed recording.
type sectionModel struct {
	ID, Name, Note, Source, Span, Zone safe.Text
	// Answer is nil if only tests replayed the recording: each of them has its own.
	Answer     *answer
	Tests      []linkModel
	Phases     []phaseModel
	Events     []eventModel
	EventsLeft int
	Ticks      []tick
	View       [2]float64
	// QuietPlots are those of monitors without state changes, if others have some.
	Plots, QuietPlots []plotModel
	PlotsLeft         int
	Monitors          []monitorModel
	Quiet, More       []quietModel
	QuietStates       safe.Text
	Skipped           []skippedModel
	Streams           []stream
	StreamsLeft       int
	Excerpts          []excerpt
	ExcerptsLeft      int
	Changes           []change
	ChangesLeft       int
	Notifications     []notification
	NotificationsLeft int
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
	// Index is the plot's index in the section's data.
	Index                            int
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
	// Missing is the data of the query that the recording does not have.
	Missing   []safe.Text
	Timelines []timeline
	Left      int
}

// quietModel is a monitor without timelines. States are the constant states of its groups, or the number of changes.
type quietModel struct{ Address, Name, Query, States safe.Text }

type skippedModel struct{ Address, Name, Reason safe.Text }
