package expect

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/config"
	"ddmon/internal/ddtest"
	"ddmon/internal/diag"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// stackText is the stack of the tests below. Over recordingText, depth warns, alerts and recovers; hosts does the same
// for host b only; quiet stays OK; strange is not evaluated; gone loses its data; both is a composite.
const stackText = `stack "s" {}
variable "limit" { default = 10 }
monitor "depth" {
  name    = "depth"
  type    = "query alert"
  query   = "min(last_1m):sum:queue.depth{*} > ${var.limit}"
  message = "{{#is_alert}}deep: {{value}} @pager @chat{{/is_alert}}{{#is_warning}}deeper @chat{{/is_warning}}{{#is_recovery}}fine again @chat{{/is_recovery}}"
  options {
    thresholds {
      warning = 5
    }
  }
}
monitor "hosts" {
  name    = "load"
  type    = "query alert"
  query   = "min(last_1m):sum:load{*} by {host} > 3"
  message = "load on {{host.name}} @chat"
}
monitor "quiet" {
  name    = "quiet"
  type    = "query alert"
  query   = "min(last_1m):sum:queue.depth{*} > 50"
  message = "@pager"
}
monitor "gone" {
  name    = "gone"
  type    = "query alert"
  query   = "min(last_1m):sum:ends{*} > 50"
  message = "no data @chat"
  options {
    on_missing_data = "show_and_notify_no_data"
  }
}
monitor "nowhere" {
  name    = "nowhere"
  type    = "query alert"
  query   = "min(last_1m):sum:load{host:c} by {host} > 3"
  message = "@chat"
}
monitor "strange" {
  name    = "strange"
  type    = "query alert"
  query   = "avg(last_5m):anomalies(avg:queue.depth{*}, 'basic', 2) >= 1"
  message = "@pager"
}
monitor "both" {
  name    = "both"
  type    = "composite"
  query   = "${monitor.depth.id} && ${monitor.hosts.id}"
  message = "both @pager"
}
`

// recordingText is a one-hour recording, sampled every 15 s, with an incident from 10:20 to 10:30.
const recordingText = `
name = "rec"
note = "made up"
start    = "2025-11-09T10:00:00+05:30"
end      = "2025-11-09T11:00:00+05:30"
timezone = "Asia/Kolkata"
interval = "15s"
phases {
  incident_start = "10:20:00"
  alarm          = "10:26:00"
  incident_end   = "10:30:00"
}
series "queue.depth" {
  type   = "gauge"
  values = "0x80 0+1x40 0x120"
}
series "load" {
  type   = "gauge"
  tags   = ["host:a"]
  values = "1x240"
}
series "load" {
  type   = "gauge"
  tags   = ["host:b"]
  values = "1x80 5x40 1x120"
}
series "ends" {
  type   = "gauge"
  values = "1x160"
}
`

// loaded returns the stack above with the tests of a test file.
func loaded(t testing.TB, tests string) *testfile.Stack {
	t.Helper()
	dir := ddtest.Folder(t, map[string]string{"stack.hcl": stackText, "a.test.hcl": tests, "rec/recording.hcl": recordingText})
	return mustLoad(t, dir)
}

func mustLoad(t testing.TB, dir string) *testfile.Stack {
	t.Helper()
	stack, diags := testfile.Load(config.Options{Dir: dir})
	for _, d := range diags {
		if diag.SeverityOf(d) == diag.SeverityError {
			t.Fatal(d)
		}
	}
	for i := range stack.Tests { // paths are relative to the working directory
		if !strings.HasPrefix(stack.Tests[i].Recording, dir) {
			stack.Tests[i].Recording = filepath.Join(dir, stack.Tests[i].Recording)
		}
	}
	return stack
}

// failuresOf runs one test and describes its failures: attribute, group, expected and actual.
func failuresOf(t testing.TB, expects string) string {
	t.Helper()
	stack := loaded(t, "test \"t\" {\n  recording = \"rec\"\n"+expects+"\n}\n")
	outcomes := Run(stack.Tests, series.Load, Options{})
	if len(outcomes) != 1 || outcomes[0].Result == nil {
		t.Fatalf("%+v", outcomes)
	}
	return describe(outcomes[0].Failures())
}

func describe(failures []Comparison) string {
	var lines []string
	for _, f := range failures {
		name := f.Address
		if f.Group != "" {
			name += "{" + f.Group + "}"
		}
		lines = append(lines, fmt.Sprintf("%s %s:%d\n  expected: %s\n  actual:   %s", name, f.Attribute, f.Range.Start.Line, f.Expected, f.Actual))
	}
	return strings.Join(lines, "\n")
}

// replayed replays the monitors of a stack.
func replayed(t testing.TB, stack *testfile.Stack, rec *series.Recording, o replay.Options) *replay.Result {
	t.Helper()
	res, err := replay.Run(Monitors(stack.Objects), rec, o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}
