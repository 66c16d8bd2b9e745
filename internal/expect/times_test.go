package expect

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/diag"
	"ddmon/internal/series"
)

// wrongTimes are attributes of an expect block, and the error about a phase or time that the recording does not have.
var wrongTimes = []struct{ attributes, want string }{
	{`after = "incident_star"`, `after: unknown_phase The recording rec has no phase "incident_star". Did you mean "incident_start"? PHASES`},
	{`at = "start+1m"`, `at: unknown_phase The recording rec has no phase "start". PHASES`},
	{"recovers_within = \"1m\"\nrecovered_after = \"zzz\"", `recovered_after: unknown_phase The recording rec has no phase "zzz". PHASES`},
	{`at = "12:00:00"`, `at: invalid_value The time 12:00:00 is outside the recording (10:00:00 to 11:00:00).`},
	{`at = "incident_end+1h"`, `at: invalid_value The time incident_end+1h is outside the recording (10:00:00 to 11:00:00).`},
	{`at = "2025-11-09T10:00:00Z"`, `at: invalid_value The time 2025-11-09T10:00:00Z is outside the recording (10:00:00 to 11:00:00).`},
	{`at = "alarm"`, ``},
	{"within = \"9m\"\nrecovers_within = \"5m\"", ``},
}

// TestTimeErrors: a phase or a time that the recording does not have is an error at its place in the test and no failure
// of the monitor. Other tests of the recording run.
func TestTimeErrors(t *testing.T) {
	var tests strings.Builder
	for i, c := range wrongTimes {
		fmt.Fprintf(&tests, "test \"%d\" {\n  recording = \"rec\"\n  expect \"monitor.depth\" {\nstatus = \"Alert\"\n%s\n}\n}\n", i, c.attributes)
	}
	stack := loaded(t, tests.String())
	outcomes := Run(stack.Tests, series.Load, Options{})
	if len(outcomes) != len(wrongTimes) {
		t.Fatalf("%d outcomes", len(outcomes))
	}
	for i, o := range outcomes {
		c := wrongTimes[i]
		var got []string
		for _, d := range o.Err {
			line := strings.Split(tests.String(), "\n")[d.Subject.Start.Line-1]
			name, _, _ := strings.Cut(line, " ")
			got = append(got, name+": "+diag.Code(d)+" "+d.Detail)
		}
		want := strings.ReplaceAll(c.want, "PHASES", "Its phases: incident_start, alarm, incident_end.")
		if d := cmp.Diff(want, strings.Join(got, "\n")); d != "" {
			t.Errorf("%s: %s", c.attributes, d)
		}
		if valid := c.want == ""; valid != (o.Result != nil) || o.Recording == nil || !valid && (o.Passed() || len(o.Failures()) > 0) {
			t.Errorf("%s: passed %t, %d failures, replayed %t", c.attributes, o.Passed(), len(o.Failures()), o.Result != nil)
		}
	}
}

// TestDefaultPhaseIsMissing: the error about a phase that the test does not name says where it comes from.
func TestDefaultPhaseIsMissing(t *testing.T) {
	tests := "test \"t\" {\n  recording = \"rec\"\n  expect \"monitor.depth\" {\n    status = \"Alert\"\n    within = \"5m\"\n    recovers_within = \"5m\"\n  }\n}\n"
	for header, want := range map[string]string{
		"phases {\n  begin = \"10:20:00\"\n}\n": "The recording rec has no phase \"incident_start\". Its phases: begin. within counts from this phase unless after names another.\n" +
			"The recording rec has no phase \"incident_end\". Its phases: begin. recovers_within counts from this phase unless recovered_after names another.",
		"": "The recording rec has no phases. Add phases { incident_start = \"HH:MM:SS\" } to its recording.hcl. within counts from this phase unless after names another.\n" +
			"The recording rec has no phases. Add phases { incident_end = \"HH:MM:SS\" } to its recording.hcl. recovers_within counts from this phase unless recovered_after names another.",
	} {
		before, rest, _ := strings.Cut(recordingText, "phases {")
		_, after, _ := strings.Cut(rest, "}\n")
		dir := ddtest.Folder(t, map[string]string{"stack.hcl": stackText, "a.test.hcl": tests, "rec/recording.hcl": before + header + after})
		outcomes := Run(mustLoad(t, dir).Tests, series.Load, Options{})
		var got []string
		for _, d := range outcomes[0].Err {
			got = append(got, d.Detail)
		}
		if d := cmp.Diff(want, strings.Join(got, "\n")); d != "" {
			t.Error(d)
		}
	}
}
