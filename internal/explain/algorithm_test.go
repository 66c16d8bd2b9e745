package explain

import (
	"fmt"
	"strings"
	"testing"
)

// explained returns what Monitor says about a query, in one line.
func explained(t *testing.T, query, options string) string {
	t.Helper()
	body := fmt.Sprintf(`{"name":"n","type":"query alert","query":%q,"message":"@x","options":{%s}}`, query, options)
	return strings.Join(strings.Fields(show(Monitor(decode(t, []byte(body)), called))), " ")
}

// TestAnomalies: every share, comparison, direction and window of an anomaly monitor is described.
func TestAnomalies(t *testing.T) {
	for _, tt := range []struct{ call, end, options, want string }{
		{"", ">= 1", "", "Alerts when all values are outside the expected range"},
		{"", "> 1", "", "more than 100% of the values are outside the expected range"},
		{"", ">= 0.5", "", "at least 50% of the values are outside the expected range"},
		{"", "> 0", "", "more than 0% of the values are outside the expected range"},
		{"", "<= 0", "", "Alerts when no value is outside the expected range"},
		{"", "< 0.5", "", "fewer than 50% of the values are outside the expected range"},
		{", direction='above'", ">= 1", "", "all values are above the expected range"},
		{", direction='below'", ">= 1", "", "all values are below the expected range"},
		{", direction='both'", ">= 1", "", "all values are outside the expected range"},
		{"", ">= 1", "", "(algorithm basic, 2 deviations)"},
		{", alert_window='last_15m'", ">= 1", "", "The trigger window is 15 minutes."},
		{", alert_window='last_15m'", ">= 1", `"threshold_windows":{"trigger_window":"last_30m"}`, "The trigger window is 30 minutes."},
		{"", ">= 1", `"threshold_windows":{"trigger_window":"last_30m","recovery_window":"last_20m"}`, "The recovery window is 20 minutes."},
	} {
		query := "avg(last_4h):anomalies(avg:a.b{*}, 'basic', 2" + tt.call + ") " + tt.end
		got := explained(t, query, tt.options)
		if !strings.Contains(strings.ReplaceAll(got, "`", ""), tt.want) {
			t.Errorf("%s %s: no %q in %s", query, tt.options, tt.want, got)
		}
		if windows := strings.Count(got, " window is "); windows != strings.Count(tt.options, "last_")+boolCount(tt.options == "" && strings.Contains(tt.call, "window")) {
			t.Errorf("%s %s: %d windows in %s", query, tt.options, windows, got)
		}
	}
}

// TestRankedGroups: both forms of top and bottom name the number, the direction and the value that ranks the groups.
func TestRankedGroups(t *testing.T) {
	const q = "avg:a.b{*} by {host}"
	for call, want := range map[string]string{
		"top(" + q + ", 5, 'max', 'desc')": "the 5 groups with the highest max in",
		"top(" + q + ", 5, 'max', 'asc')":  "the 5 groups with the lowest max in",
		"top(" + q + ", 5, 'max')":         "the 5 groups with the highest max in",
		"top(" + q + ", 5)":                "the 5 groups with the highest mean in",
		"top5(" + q + ")":                  "the 5 groups with the highest mean in",
		"top10_last(" + q + ")":            "the 10 groups with the highest last in",
		"bottom5(" + q + ")":               "the 5 groups with the lowest mean in",
		"bottom10_area(" + q + ")":         "the 10 groups with the lowest area in",
	} {
		if got := explained(t, "avg(last_5m):"+call+" > 1", ""); !strings.Contains(got, want) {
			t.Errorf("%s: no %q in %s", call, want, got)
		}
	}
}

func boolCount(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestForecastsAndOutliers: the arguments of both algorithms are described, each where it is set and nowhere else.
func TestForecastsAndOutliers(t *testing.T) {
	for query, want := range map[string][]string{
		"max(next_1w):forecast(avg:a.b{*}, 'linear', 1) >= 100":               {"(algorithm `linear`, 1 deviation)", "the forecast is at or above 100"},
		"max(next_1w):forecast(avg:a.b{*}, 'linear', 2, history='1w') >= 100": {"(algorithm `linear`, 2 deviations, based on 1 week of history)"},
		"min(next_1d):forecast(avg:a.b{*}, 'seasonal', 1) < 5":                {"(algorithm `seasonal`, 1 deviation)", "the forecast is below 5"},
		"avg(last_5m):outliers(avg:a.b{*} by {host}, 'DBSCAN', 2) > 0":        {"(algorithm `DBSCAN`, tolerance 2)", "Alerts for each host that does not behave like the others.", "Recovers when it behaves like the others again."},
		"avg(last_5m):outliers(avg:a.b{*} by {host,queue}, 'MAD', 3) > 0":     {"(algorithm `MAD`, tolerance 3)", "each combination of host and queue that does not behave"},
	} {
		got := explained(t, query, "")
		for _, text := range want {
			if !strings.Contains(got, text) {
				t.Errorf("%s: no %q in %s", query, text, got)
			}
		}
		if strings.Contains(got, "history)") != strings.Contains(query, "history=") {
			t.Errorf("%s: %s", query, got)
		}
	}
}

// TestAlgorithmsWithoutArguments: a query that Datadog would reject is explained as far as possible.
func TestAlgorithmsWithoutArguments(t *testing.T) {
	for _, name := range []string{"anomalies", "forecast", "outliers", "top", "top5", "timeshift", "moving_rollup"} {
		for _, call := range []string{name + "()", name + "(avg:a.b{*})", name + "(avg:a.b{*}, 1)"} {
			if got := explained(t, "avg(last_5m):"+call+" > 1", ""); got == "" {
				t.Errorf("%s is not explained", call)
			}
		}
	}
}
