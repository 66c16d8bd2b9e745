package render

// Coverage says which monitors, incidents and mutations the tests cover. Its encoding is part of the JSON output.
type Coverage struct {
	Monitors  []MonitorCoverage `json:"monitors"`
	Incidents []Incident        `json:"incidents"`
	// Failing is how many tests fail. If any does, the mutants are not tested.
	Failing int `json:"failing_tests"`
	// NotRun is how many tests of the stack were not selected.
	NotRun int `json:"tests_not_run"`
	// Mutants begin with those that no test detects, the most severe first.
	Mutants []Mutant `json:"mutants"`
	// Detected of the Detectable mutants are detected. Equivalent mutants are not detectable.
	Detected   int `json:"detected"`
	Detectable int `json:"detectable"`
	// Untested are the monitors whose mutants all survive.
	Untested []string `json:"untested"`
}

// MonitorCoverage says which tests put a monitor in Alert.
type MonitorCoverage struct {
	Address   string   `json:"address"`
	Exercised bool     `json:"exercised"`
	Tests     []string `json:"tests,omitempty"`
	Through   []string `json:"through,omitempty"`
	Reason    string   `json:"not_evaluated,omitempty"`
}

// Incident is a recorded incident and the monitors that detect it.
type Incident struct {
	Recording  string      `json:"recording"`
	DetectedBy []Detection `json:"detected_by"`
}

// Detection is the first notification of a monitor about an incident.
type Detection struct {
	Address string `json:"address"`
	Seconds int    `json:"after_seconds"`
}

// Percent returns the percentage of detectable mutants that are detected, rounded down to a tenth.
func (c *Coverage) Percent() float64 {
	if c.Detectable == 0 {
		return 0
	}
	return float64(c.Detected*1000/c.Detectable) / 10
}

// Mutant is a monitor with one change, and whether a test detects that.
type Mutant struct {
	Address    string   `json:"address"`
	Field      string   `json:"field"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	Verdict    string   `json:"verdict"`
	DetectedBy []string `json:"detected_by,omitempty"`
	// Effect is what the change means for the people who are notified, Hint what would detect a gap.
	Effect string `json:"effect"`
	Hint   string `json:"hint,omitempty"`
}
