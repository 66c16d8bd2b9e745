package render

import (
	"time"

	"ddmon/internal/planfile"
)

// TestRun is the results of tests. Its encoding is the JSON output.
type TestRun struct {
	FormatVersion string `json:"format_version"`
	Passed        int    `json:"passed"`
	// Warned counts the tests with warnings.
	Warned int    `json:"warned"`
	Failed int    `json:"failed"`
	Tests  []Test `json:"tests"`
	// Replays are the replayed monitors, once for all tests that use the same replay; nil unless requested.
	Replays  []ReplayRun `json:"replays,omitempty"`
	Coverage *Coverage   `json:"coverage,omitempty"`
}

// ReplayRun is the result of replaying a recording.
type ReplayRun struct {
	Recording string     `json:"recording"`
	Monitors  []Replayed `json:"monitors"`
}

// Test is the result of one test.
type Test struct {
	Name      string `json:"name"`
	Recording string `json:"recording,omitempty"`
	Passed    bool   `json:"passed"`
	// Error says why the test could not run. The terminal shows it as a diagnostic instead, with its location.
	Error    string        `json:"error,omitempty"`
	Failures []TestFailure `json:"failures,omitempty"`
	// Warnings are expectations that hold only for lack of data.
	Warnings []TestWarning `json:"warnings,omitempty"`
	// Replay is the index in TestRun.Replays of the replay that the test checks; -1 without one.
	Replay int             `json:"replay"`
	Range  *planfile.Range `json:"range,omitempty"`
}

// TestFailure is an expectation that was not met.
type TestFailure struct {
	Address   string          `json:"address"`
	Group     string          `json:"group,omitempty"`
	Attribute string          `json:"attribute,omitempty"`
	Expected  string          `json:"expected"`
	Actual    string          `json:"actual"`
	Timeline  string          `json:"timeline,omitempty"`
	Range     *planfile.Range `json:"range,omitempty"`
}

// TestWarning is an expectation that holds only for lack of data.
type TestWarning struct {
	Address string          `json:"address"`
	Text    string          `json:"text"`
	Range   *planfile.Range `json:"range,omitempty"`
}

// Replayed is the transitions and notifications of one monitor.
type Replayed struct {
	Address string `json:"address"`
	Name    string `json:"name"`
	Reason  string `json:"not_evaluated,omitempty"`
	// Unrecorded is what the monitor queries and the recording does not have. NoData says that no evaluation had data.
	Unrecorded    []Unrecorded   `json:"unrecorded,omitempty"`
	NoData        bool           `json:"no_data"`
	Transitions   []Transition   `json:"transitions,omitempty"`
	Notifications []Notification `json:"notifications,omitempty"`
}

// Unrecorded is data that a recording does not have: a metric, tag or group, or logs or events that match Name. Of is
// what lacks the tag. Text says the same in words.
type Unrecorded struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Of      string `json:"of,omitempty"`
	Similar string `json:"similar,omitempty"`
	Text    string `json:"text"`
}

// Transition is a change of state. Its time depends on the second at which Datadog evaluates, which is unknown: it is
// between Earliest and Latest. Share is the share of the seconds of evaluation that see the transition.
type Transition struct {
	Group    string    `json:"group"`
	From     string    `json:"from"`
	To       string    `json:"to"`
	Earliest time.Time `json:"earliest"`
	Latest   time.Time `json:"latest"`
	Share    float64   `json:"share"`
	// Value is the value compared with the threshold; nil without data, and for a composite.
	Value *float64 `json:"value"`
}

// Notification is a message that Datadog would have sent.
type Notification struct {
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`
	Group   string    `json:"group"`
	Title   string    `json:"title"`
	Message string    `json:"message"`
	Handles []string  `json:"handles"`
}
