package expect

import (
	"strings"
	"testing"

	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// TestCoverage: only an expectation of Alert in a passing test covers a monitor. Through a composite, it covers the members that
// alert themselves.
func TestCoverage(t *testing.T) {
	stack := loaded(t, `
test "fails" {
  recording = "rec"
  expect "monitor.quiet" { status = "Alert" }
  expect "monitor.hosts" { status = "Alert" }
}
test "holds" {
  recording = "rec"
  expect "monitor.gone"  { status = "No Data" }
  expect "monitor.both"  { status = "Alert" }
  expect "monitor.depth" { never = "No Data" }
}
`)
	r := Coverage(stack.Objects, Run(stack.Tests, series.Load, Options{}), nil, replay.Options{})
	want := map[string]string{"monitor.both": "holds", "monitor.depth": "monitor.both", "monitor.hosts": "monitor.both"}
	for _, m := range r.Monitors {
		if got := strings.Join(append(m.Tests, m.Through...), " "); got != want[m.Address] || m.Exercised() != (got != "") {
			t.Errorf("%s is covered by %q", m.Address, got)
		}
		if notEvaluated := m.Address == "monitor.strange"; notEvaluated != (m.Reason != "") {
			t.Errorf("%s: %q", m.Address, m.Reason)
		}
	}
}
