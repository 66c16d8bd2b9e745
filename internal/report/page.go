package report

import (
	"errors"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// Page is a report.
type Page struct {
	Title string
	// Generated says when and by what the page was made, as it is to stand there; it may be empty.
	Generated string
	Sections  []Section
}

// Section is one test, or one recording that was replayed without expectations.
type Section struct {
	// Name is the test's or the recording's.
	Name string
	// Passed is the verdict; Unjudged says that there is none, because nothing was expected.
	Passed, Unjudged bool
	// Failures are texts of one or more lines, such as an expectation with a timeline.
	Failures  []string
	Recording *series.Recording
	Result    *replay.Result
	// Monitors are those that were replayed. Their queries say which metrics are plotted; without monitors all are.
	Monitors []replay.Monitor
	// Inputs says by a monitor's address what of the recording its query finds. Where it has no entry, all series of
	// the metrics in the query count, and logs are shown by service.
	Inputs map[string]Input
}

// Input is what of a recording a monitor's query finds.
type Input struct {
	// Series are those in the scope of the query.
	Series []*series.Series
	// Logs are those that a log query matches, ordered by time; nil for other queries.
	Logs []series.Log
}

func (s *Section) check() error {
	switch {
	case s.Recording == nil || s.Recording.End <= s.Recording.Start:
		return errors.New("the HTML report: the section " + s.Name + " has no recording")
	case s.Result == nil:
		return errors.New("the HTML report: the section " + s.Name + " has no result")
	}
	return nil
}

// verdict is what the page says of a section: its class and the words.
func (s *Section) verdict() (class, text safe.Text) {
	switch {
	case s.Unjudged:
		return "replayed", "replayed"
	case s.Passed:
		return "passed", "passed"
	}
	return "failed", "failed"
}
