package report

import (
	"errors"

	"ddmon/internal/expect"
	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// Page is the content of a report.
type Page struct {
	Title string
	// Generated is a line such as the time and the version of ddmon, or empty.
	Generated string
	Sections  []Section
	// Hide removes sensitive values from a message before its Markdown is rendered, which could split them; nil removes
	// nothing.
	Hide func(string) string
}

// Section is a test, or a recording that was replayed without a test. Sections with the same Recording and Result share
// its plots and states.
type Section struct {
	// Name is the name of the test or recording.
	Name string
	// Passed is the result of the test. Untested says that the section is not a test and has no result.
	Passed, Untested bool
	// Problem says why the test has no result; "" if it has one.
	Problem string
	// Comparisons are the expectations of the test.
	Comparisons []expect.Comparison
	// Warnings are expectations that hold only for lack of data.
	Warnings []expect.Warning

	Recording *series.Recording
	Result    *replay.Result
	// Monitors are the replayed monitors. The page plots the metrics of their queries; without monitors, all metrics.
	Monitors []replay.Monitor
	// Inputs maps a monitor's address to the data that its query matches. Without an entry, all series of the query's
	// metrics are shown, and logs by service.
	Inputs map[string]Input
}

// Input is the data of a recording that a monitor's query matches.
type Input struct {
	// Series are the series in the scope of the query.
	Series []*series.Series
	// Logs are the logs that a log query matches, ordered by time; nil for other queries.
	Logs []series.Log
}

func (s *Section) check() error {
	switch {
	case s.Problem != "":
		return nil
	case s.Recording == nil || s.Recording.End <= s.Recording.Start:
		return errors.New("HTML report: section " + s.Name + " has no recording")
	case s.Result == nil:
		return errors.New("HTML report: section " + s.Name + " has no result")
	}
	return nil
}

// verdict returns the result of a section as a CSS class and as text.
func (s *Section) verdict() (class, text safe.Text) {
	switch {
	case s.Untested:
		return "replayed", "replayed"
	case s.Passed:
		return "passed", "passed"
	}
	return "failed", "failed"
}
