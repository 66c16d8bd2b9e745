package report_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/shop"
	"ddmon/internal/expect"
	"ddmon/internal/replay"
	"ddmon/internal/report"
)

// byHand is a hand-written result over incident-5, so that the golden file does not depend on the replay.
func byHand(t testing.TB) report.Section {
	rec := shop.Recording(t, "incident-5")
	at := func(clock string) time.Time {
		moment, err := time.ParseInLocation(time.DateTime, "2025-11-09 "+clock, rec.Location)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	limit := func(v float64) *float64 { return &v }
	backlog := replay.MonitorResult{
		Address: "monitor.backlog", Name: "shipping-task has a backlog", Evaluated: true, Every: time.Minute, Window: 2 * time.Minute,
		Comparator: ">", Thresholds: replay.Thresholds{Critical: limit(10), CriticalRecovery: limit(5)},
		Groups: []replay.GroupResult{{
			Group: "*", Start: at("19:20:00"), Initial: replay.OK,
			Transitions: []replay.Transition{
				{From: replay.OK, To: replay.Alert, At: at("19:53:00"), Earliest: at("19:52:20"), Latest: at("19:53:19"), Share: 1, Value: 14, HasValue: true},
				{From: replay.Alert, To: replay.OK, At: at("19:59:00"), Earliest: at("19:58:20"), Latest: at("19:59:19"), Share: 1, HasValue: true},
			},
			Elsewhere: []replay.Transition{{From: replay.OK, To: replay.NoData, At: at("20:10:00"), Earliest: at("20:10:00"), Latest: at("20:10:10"), Share: 0.004}},
		}},
		Notifications: []replay.Notification{{
			At: at("19:53:00"), Kind: replay.KindAlert, From: replay.OK, To: replay.Alert, Group: "*",
			Title: "[P5] [Triggered] shipping-task has a backlog", Message: "A **backlog**, see [the runbook](https://example.com/backlog).\n\n\n\n1. `kubectl get pods`\n2. look at <b>the queue</b>\n\n@slack-orders", Handles: []string{"@slack-orders"},
		}},
	}
	for minute := range 20 {
		backlog.Groups[0].Values = append(backlog.Groups[0].Values, replay.Value{
			At: at("19:45:00").Add(time.Duration(minute) * time.Minute), Value: float64(max(0, minute-5) * 2), HasValue: minute != 12, Status: replay.OK,
		})
	}
	skipped := replay.MonitorResult{Address: "monitor.anomaly", Name: "anomaly", Reason: "not evaluated: anomalies()"}
	monitors := []replay.Monitor{
		{Address: "monitor.backlog", Body: map[string]any{"type": "query alert", "priority": 5.0, "query": "min(last_2m):sum:rabbitmq.queue.messages{queue:shipping-task} > 10"}},
		{Address: "monitor.anomaly", Body: map[string]any{"type": "query alert", "query": "avg(last_4h):anomalies(avg:kubernetes.cpu.usage.total{*}, 'basic', 2) >= 1"}},
	}
	return report.Section{
		Name: "consumer failure is detected", Passed: true, Recording: rec, Monitors: monitors,
		Result: &replay.Result{Monitors: []replay.MonitorResult{backlog, skipped}},
		Comparisons: []expect.Comparison{
			{
				Address: "monitor.backlog", Attribute: "status", Holds: true, Expected: "Alert between 2m and 7m after incident_start (19:49:17 to 19:54:17)",
				Actual:  "Alert at 19:52:20–19:53:19, 5m3s to 6m2s after incident_start",
				Margins: []expect.Margin{{Attribute: "within", Left: 58 * time.Second, Of: 7 * time.Minute}, {Attribute: "not_before", Left: 183 * time.Second, Of: 2 * time.Minute}},
			},
			{Address: "monitor.backlog", Attribute: "notifies", Holds: true, Expected: "Alert notifies @slack-orders", Actual: "notifies @slack-orders"},
		},
		Inputs: map[string]report.Input{"monitor.backlog": {Series: rec.Metric("rabbitmq.queue.messages")}},
	}
}

var dataBlock = regexp.MustCompile(`(?s)<script type="application/json" id="ddmon-data">(.*?)</script>`)

// dataOf returns the data in a page.
func dataOf(t testing.TB, page string) []byte {
	t.Helper()
	found := dataBlock.FindStringSubmatch(page)
	if found == nil || !json.Valid([]byte(found[1])) {
		t.Fatal("the page holds no data")
	}
	return []byte(found[1])
}

func TestData(t *testing.T) {
	ddtest.Golden(t, "testdata/data.json", indent(t, dataOf(t, write(t, report.Page{Title: "t", Sections: []report.Section{byHand(t)}}))))
}

// indent writes JSON with a line for each object, not for each number.
func indent(t testing.TB, raw []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", " "); err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`\s*\n\s+([-0-9.]+,?)`).ReplaceAllString(b.String(), "$1")
}

// TestText pins the text of the page without scripts.
func TestText(t *testing.T) {
	page := write(t, report.Page{Title: "ddmon test", Generated: "2025-11-10, ddmon", Sections: []report.Section{byHand(t)}})
	ddtest.Golden(t, "testdata/text.txt", seen(page))
}

// seen is the text between the tags of a page.
func seen(page string) string {
	page = page[strings.Index(page, "<body>"):strings.Index(page, "<footer")]
	text := regexp.MustCompile(`<svg.*?</svg>|<(?:noscript)>.*?</noscript>|<[^>]*>`).ReplaceAllString(page, " ")
	text = regexp.MustCompile(`[ \t]+`).ReplaceAllString(text, " ")
	return regexp.MustCompile(`\s*\n\s*`).ReplaceAllString(text, "\n")
}
