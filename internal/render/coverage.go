package render

// Coverage says which monitors, incidents and mutations the tests cover. Its encoding is part of the JSON output.
type Coverage struct {
	Monitors  []MonitorCoverage `json:"monitors"`
	Incidents []Incident        `json:"incidents"`
	Mutants   []Mutant          `json:"mutants"`
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

// Mutant is a monitor with one number changed, and whether a test detects that.
type Mutant struct {
	Address    string   `json:"address"`
	Field      string   `json:"field"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	Verdict    string   `json:"verdict"`
	DetectedBy []string `json:"detected_by,omitempty"`
}
