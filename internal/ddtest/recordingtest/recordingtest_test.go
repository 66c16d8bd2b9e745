package recordingtest_test

import (
	"testing"

	"ddmon/internal/ddtest/recordingtest"
)

func TestNew(t *testing.T) {
	logs := map[string]string{"l": `{"timestamp": "+1m", "message": "m"}` + "\n"}
	rec := recordingtest.New(t, recordingtest.Gauge("m", "a:1 b:2", "1x240")+"logs \"l\" {}\n", logs)
	if rec.Points() != 240 || len(rec.Logs) != 1 || rec.End-rec.Start != 3_600_000 || len(rec.Metric("m")[0].Tags) != 2 {
		t.Errorf("%+v", rec)
	}
	short := recordingtest.New(t, "start = \"2025-01-01T00:00:00Z\"\nend = \"2025-01-01T00:01:00Z\"\n"+recordingtest.Series("c", "count", "", "1x4"), nil)
	if short.End-short.Start != 60_000 || short.Metric("c")[0].Type != "count" {
		t.Errorf("%+v", short)
	}
}
