package report_test

import (
	"html"
	"strings"
	"testing"

	"ddmon/internal/ddtest/shop"
	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/report"
)

// TestSecretsOfReports: for a monitor with a sensitive query, name or message, a page shows the states and their times,
// but not the text or anything that depends on it: thresholds, values, groups, recipients.
func TestSecretsOfReports(t *testing.T) {
	for _, field := range []string{"query", "name", "message"} {
		open := section(t, "slow-consumer")
		rec, monitors := shop.Recording(t, "slow-consumer"), shop.Monitors(t)
		for i := range monitors {
			monitors[i].Sensitive = &object.Object{Sensitive: map[string][]string{field: {"v"}, "options.thresholds": {"v"}}}
		}
		result, err := replay.Run(monitors, rec, replay.Options{Values: true})
		if err != nil {
			t.Fatal(err)
		}
		page := write(t, report.Page{Title: "Replay", Sections: []report.Section{{
			Name: "slow-consumer", Passed: true, Recording: rec, Result: result, Monitors: monitors, Inputs: inputs(rec, monitors),
		}}})
		plain := write(t, report.Page{Title: "Replay", Sections: []report.Section{open}})
		found := 0
		for _, m := range monitors {
			text, _ := m.Body[field].(string)
			for line := range strings.Lines(text) {
				line = html.EscapeString(strings.TrimSpace(line))
				if len(line) < 10 || strings.Contains(line, "{{") || !strings.Contains(plain, line) {
					continue
				}
				found++
				if strings.Contains(page, line) {
					t.Errorf("%s of %s: %q is in the page", field, m.Address, line)
				}
			}
		}
		if found == 0 {
			t.Errorf("the page without secrets has no %s either", field)
		}
		if hides := field == "query"; strings.Contains(page, "evaluation window") == hides || !strings.Contains(plain, "evaluation window") {
			t.Errorf("%s: whether the evaluation windows are shown is wrong", field)
		}
		if strings.Contains(page, `"limits":[{`) || !strings.Contains(plain, `"limits":[{`) {
			t.Errorf("%s: the thresholds are drawn", field)
		}
		if strings.Count(page, "12:") < 10 || !strings.Contains(page, "Alert") {
			t.Errorf("%s: the states are missing", field)
		}
	}
}
