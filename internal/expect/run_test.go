package expect

import (
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// runTests are two tests with the same objects, one with its own, and one whose recording does not exist.
const runTests = `
test "as written" {
  recording = "rec"
  expect "monitor.depth" { status = "Alert" }
}
test "once more" {
  recording = "rec"
  expect "monitor.depth" { never = "Alert" }
}
test "higher" {
  recording = "rec"
  variables = { limit = 100 }
  expect "monitor.depth" { never = "Alert" }
}
test "nowhere" {
  recording = "none"
  expect "monitor.depth" { never = "Alert" }
}
`

// counting returns a loader that counts how often each recording is loaded.
func counting(loads map[string]int) func(string) (*series.Recording, hcl.Diagnostics) {
	var mutex sync.Mutex
	return func(path string) (*series.Recording, hcl.Diagnostics) {
		mutex.Lock()
		loads[path]++
		mutex.Unlock()
		return series.Load(path)
	}
}

func TestRun(t *testing.T) {
	stack := loaded(t, runTests)
	for _, parallel := range []int{0, 1, 4} {
		loads := map[string]int{}
		outcomes := Run(stack.Tests, counting(loads), Options{Parallel: parallel})
		var got []string
		for _, o := range outcomes {
			verdict := "failed"
			if o.Passed() {
				verdict = "passed"
			}
			if o.Err.HasErrors() {
				verdict = "not run"
			}
			got = append(got, o.Test.Name+" "+verdict)
		}
		if d := cmp.Diff([]string{"as written passed", "once more failed", "higher passed", "nowhere not run"}, got); d != "" {
			t.Error(d)
		}
		for path, n := range loads {
			if n != 1 {
				t.Errorf("%s is loaded %d times", path, n)
			}
		}
		switch {
		case outcomes[0].Result != outcomes[1].Result || outcomes[0].Recording != outcomes[2].Recording:
			t.Error("the same replay or recording is not shared")
		case outcomes[0].Result == outcomes[2].Result:
			t.Error("a test with its own variables shares a replay")
		case outcomes[3].Result != nil || outcomes[3].Failures() != nil:
			t.Error("a test without a recording has a result")
		}
	}
}

func TestRunSelects(t *testing.T) {
	stack := loaded(t, runTests)
	loads := map[string]int{}
	outcomes := Run(stack.Tests, counting(loads), Options{Run: regexp.MustCompile("^(once|high)")})
	if len(outcomes) != 2 || outcomes[0].Test.Name != "once more" || outcomes[1].Test.Name != "higher" || len(loads) != 1 {
		t.Errorf("%+v, %v", outcomes, loads)
	}
}

// TestRunFindsValues: failures have values even if the result keeps none.
func TestRunFindsValues(t *testing.T) {
	stack := loaded(t, "test \"t\" {\n  recording = \"rec\"\n  expect \"monitor.quiet\" { status = \"Alert\" }\n}\n")
	o := Run(stack.Tests, series.Load, Options{})[0]
	if len(o.Failures()) != 1 || !strings.Contains(o.Failures()[0].Actual, "the highest value was") {
		t.Error(describe(o.Failures()))
	}
	for _, m := range o.Result.Monitors {
		for _, g := range m.Groups {
			if len(g.Values) > 0 {
				t.Errorf("%s keeps values", m.Address)
			}
		}
	}
}

// TestRunReportsBadOptions: an option that the replay rejects is an error of the test, not a failure.
func TestRunReportsBadOptions(t *testing.T) {
	stack := loaded(t, runTests)
	o := Options{}
	o.Replay.Phase = 60
	for _, out := range Run(stack.Tests[:1], series.Load, o) {
		if out.Passed() || len(out.Failures()) > 0 || len(out.Err) != 1 || diag.Code(out.Err[0]) != "replay_failed" {
			t.Errorf("%+v", out)
		}
	}
}

// TestRecordingTimes parses every form of time for a recording over midnight and for one of three days.
func TestRecordingTimes(t *testing.T) {
	night, long := hour(), hour()
	night.Start += 13 * 3600 * 1000 // 23:00
	night.End += 14 * 3600 * 1000   // 01:00 of the next day
	long.End += 3 * 24 * 3600 * 1000
	cases := []struct {
		rec  *series.Recording
		at   testfile.RecordingTime
		want string // the time, or a part of the error
	}{
		{night, testfile.RecordingTime{Text: "23:30:00"}, "2025-11-09T23:30:00Z"},
		{night, testfile.RecordingTime{Text: "00:30:00"}, "2025-11-10T00:30:00Z"},
		{night, testfile.RecordingTime{Text: "22:59:59"}, "is outside the recording (23:00:00 to 01:00:00)"},
		{night, testfile.RecordingTime{Text: "+90m"}, "2025-11-10T00:30:00Z"},
		{night, testfile.RecordingTime{Text: "+1d"}, "is outside"},
		{night, testfile.RecordingTime{Text: "2025-11-10T01:00:00+01:00"}, "2025-11-10T00:00:00Z"},
		{night, testfile.RecordingTime{Text: "soon"}, "is not a valid time"},
		{long, testfile.RecordingTime{Text: "+1d1h"}, "2025-11-10T11:00:00Z"},
		{long, testfile.RecordingTime{Text: "10:30:00"}, "ambiguous"},
		{long, testfile.RecordingTime{Text: "incident_end+2m", Phase: "incident_end", Offset: 120e9}, "2025-11-09T10:32:00Z"},
		{long, testfile.RecordingTime{Text: "incident_ende", Phase: "incident_ende"}, `Did you mean "incident_end"?`},
	}
	for _, c := range cases {
		at, err := clock{c.rec}.resolve(c.at)
		got := at.Format("2006-01-02T15:04:05Z07:00")
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s is %s, want %s", c.at.Text, got, c.want)
		}
	}
}

// FuzzRecordingTimes: every string is a time inside the recording or an error.
func FuzzRecordingTimes(f *testing.F) {
	for _, seed := range []string{"10:30:00", "+1d1h", "+99999999999d", "2025-11-09T10:30:00Z", "-1m", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := clock{hour()}
		at, err := c.resolve(testfile.RecordingTime{Text: text})
		if err == nil && (at.Before(c.start()) || at.After(c.end())) {
			t.Errorf("%q is %s", text, at)
		}
	})
}
