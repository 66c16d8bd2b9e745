package ddquery

import "encoding/json"

func sourcesOf(t string) []string { return nil }

type Monitor struct{ Type, Query, Message string }
type Problem struct {
	Severity    Severity
	Code, Field, Message, Hint string
	Offset, End int
}
type Severity int

const SeverityError Severity = 0

func Check(m *Monitor) []Problem { return nil }
func MonitorFromJSON(b []byte) (*Monitor, error) {
	var m Monitor
	return &m, json.Unmarshal(b, &m)
}
