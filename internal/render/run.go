package render

import (
	"time"

	"ddmon/internal/planfile"
)

// TestRun is what became of tests, as it is shown and as JSON.
type TestRun struct {
	FormatVersion string `json:"format_version"`
	Passed        int    `json:"passed"`
	Failed        int    `json:"failed"`
	Tests         []Test `json:"tests"`
	// Replays are what the monitors did, each once for all tests that were held against it; nil unless asked for.
	Replays  []ReplayRun `json:"replays,omitempty"`
	Coverage *Coverage   `json:"coverage,omitempty"`
}

// ReplayRun is what the monitors did over a recording.
type ReplayRun struct {
	Recording string     `json:"recording"`
	Monitors  []Replayed `json:"monitors"`
}

// Test is one test.
type Test struct {
	Name      string `json:"name"`
	Recording string `json:"recording,omitempty"`
	Passed    bool   `json:"passed"`
	// Error is why it could not be run. As text it is told apart, with its place.
	Error    string        `json:"error,omitempty"`
	Failures []TestFailure `json:"failures,omitempty"`
	// Replay is the place among TestRun.Replays of what the test was held against; -1 if there is nothing.
	Replay int             `json:"replay"`
	Range  *planfile.Range `json:"range,omitempty"`
}

// TestFailure is an expectation that does not hold.
type TestFailure struct {
	Address   string          `json:"address"`
	Group     string          `json:"group,omitempty"`
	Attribute string          `json:"attribute,omitempty"`
	Expected  string          `json:"expected"`
	Actual    string          `json:"actual"`
	Timeline  string          `json:"timeline,omitempty"`
	Range     *planfile.Range `json:"range,omitempty"`
}

// Replayed is what one monitor did.
type Replayed struct {
	Address       string         `json:"address"`
	Name          string         `json:"name"`
	Reason        string         `json:"not_evaluated,omitempty"`
	Transitions   []Transition   `json:"transitions,omitempty"`
	Notifications []Notification `json:"notifications,omitempty"`
}

// Transition is a change of state. Datadog evaluates at a second that nobody knows: it lies between Earliest and
// Latest, and Share of all seconds see it.
type Transition struct {
	Group    string    `json:"group"`
	From     string    `json:"from"`
	To       string    `json:"to"`
	Earliest time.Time `json:"earliest"`
	Latest   time.Time `json:"latest"`
	Share    float64   `json:"share"`
	// Value is what was compared with the threshold; nil where data is missing, and in a composite.
	Value *float64 `json:"value"`
}

// Notification is a message that would have been sent.
type Notification struct {
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`
	Group   string    `json:"group"`
	Title   string    `json:"title"`
	Message string    `json:"message"`
	Handles []string  `json:"handles"`
}
