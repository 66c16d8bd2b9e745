package render

// Coverage is what tests leave out, as it is shown and as JSON.
type Coverage struct {
	Monitors  []Covered  `json:"monitors"`
	Incidents []Incident `json:"incidents"`
	Mutants   []Mutant   `json:"mutants"`
	// Untested are monitors of which no change is noticed.
	Untested []string `json:"untested"`
}

// Covered says which tests show a monitor in Alert.
type Covered struct {
	Address   string   `json:"address"`
	Exercised bool     `json:"exercised"`
	Tests     []string `json:"tests,omitempty"`
	Through   []string `json:"through,omitempty"`
	Reason    string   `json:"not_evaluated,omitempty"`
}

// Incident is a recorded one, and who tells of it.
type Incident struct {
	Recording string  `json:"recording"`
	CaughtBy  []Catch `json:"caught_by"`
}

// Catch is the first message of a monitor about an incident.
type Catch struct {
	Address string `json:"address"`
	Seconds int    `json:"after_seconds"`
}

// Mutant is a monitor with one number changed.
type Mutant struct {
	Address   string   `json:"address"`
	Field     string   `json:"field"`
	From      string   `json:"from"`
	To        string   `json:"to"`
	Verdict   string   `json:"verdict"`
	NoticedBy []string `json:"noticed_by,omitempty"`
}
