package expect_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/config"
	"ddmon/internal/ddtest/shop"
	"ddmon/internal/expect"
	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// testdata returns the folder with the recordings of the sock shop.
func testdata(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// sockShop loads the stack of the sock shop with other tests. RECORDINGS in the tests is the folder of the recordings.
func sockShop(t testing.TB, tests string) *testfile.Stack {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob("../../monitors/*.hcl")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".test.hcl") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text := strings.ReplaceAll(tests, "RECORDINGS", filepath.ToSlash(testdata(t)))
	if err := os.WriteFile(filepath.Join(dir, "own.test.hcl"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	stack, diags := testfile.Load(config.Options{Dir: dir})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return stack
}

// detected expects the monitors to detect the incident for which they were written.
const detected = `
test "the incident is detected" {
  recording = "RECORDINGS/incident-5"
  expect "monitor.consumer_failure" {
    status   = "Alert"
    within   = "8m"
    notifies = ["@pagerduty-orders"]
  }
  expect "monitor.no_replicas" {
    status = "Alert"
    within = "5m"
  }
  expect "monitor.unconsumed" {
    status = "Alert"
    within = "5m"
  }
  expect "monitor.queue_depth" { never = "Alert" }
}
`

// calm expects that no one is notified on a healthy day.
const calm = `
test "a healthy day is quiet" {
  recording = "RECORDINGS/healthy-day"
  expect { silent = true }
}
`

func ran(t testing.TB, stack *testfile.Stack) []expect.Outcome {
	t.Helper()
	outcomes := expect.Run(stack.Tests, series.Load, expect.Options{Parallel: 2})
	for _, o := range outcomes {
		for _, f := range o.Failures() {
			t.Errorf("%s: %s %s: expected %s, actual %s\n%s", o.Test.Name, f.Address, f.Attribute, f.Expected, f.Actual, f.Timeline)
		}
		if !o.Passed() {
			t.Fatal(o.Err)
		}
	}
	return outcomes
}

// described formats a coverage report.
func described(r expect.CoverageReport) string {
	var b strings.Builder
	for _, m := range r.Monitors {
		fmt.Fprintf(&b, "\n%s: %v %s", m.Address, m.Exercised(), strings.Join(append(m.Tests, m.Through...), ", "))
	}
	for _, in := range r.Incidents {
		fmt.Fprintf(&b, "\n%s %s-%s:", in.Recording, in.Start.Format(time.TimeOnly), in.End.Format(time.TimeOnly))
		for _, c := range in.DetectedBy {
			fmt.Fprintf(&b, " %s after %s", c.Address, c.After)
		}
	}
	return b.String()
}

// TestCoverageOfTheSockShop: rule 2 does not alert in the incident and no task is rejected, so no test covers these rules.
// The members of composites are covered through them. Three rules detect the incident, with or without a test that
// replays it.
func TestCoverageOfTheSockShop(t *testing.T) {
	stack := sockShop(t, detected+calm)
	tested := described(expect.Coverage(stack.Objects, ran(t, stack), shop.Recordings(t, "healthy-day", "incident-5"), replay.Options{}))
	want := `
monitor.backlog: true monitor.consumer_failure
monitor.consumer_failure: true the incident is detected
monitor.no_consumer: true monitor.consumer_failure, monitor.unconsumed
monitor.no_replicas: true the incident is detected
monitor.queue_depth: false 
monitor.rejected_tasks: false 
monitor.unconsumed: true the incident is detected
monitor.waiting: true monitor.unconsumed
incident-5 19:47:17-19:57:39: monitor.no_replicas after 3m30s monitor.unconsumed after 4m14s monitor.consumer_failure after 6m59s`
	if d := cmp.Diff(want, tested); d != "" {
		t.Error(d)
	}
	untested := described(expect.Coverage(stack.Objects, nil, shop.Recordings(t, "healthy-day", "incident-5"), replay.Options{}))
	if strings.Contains(untested, "true") || !strings.HasSuffix(untested, want[strings.Index(want, "\nincident-5"):]) {
		t.Errorf("without tests:%s", untested)
	}
}

// TestUndetectedIncident: without the rules that detect it, no monitor detects the incident.
func TestUndetectedIncident(t *testing.T) {
	stack := sockShop(t, calm)
	remaining := slices.DeleteFunc(stack.Objects, func(o *object.Object) bool {
		return slices.Contains([]string{"no_replicas", "consumer_failure", "unconsumed"}, o.Address.Name)
	})
	r := expect.Coverage(remaining, nil, shop.Recordings(t, "healthy-day", "incident-5"), replay.Options{})
	if len(r.Incidents) != 1 || len(r.Incidents[0].DetectedBy) > 0 {
		t.Errorf("%+v", r.Incidents)
	}
}

// mutated formats the mutants with a verdict.
func mutated(list []expect.Mutant, verdict expect.Verdict) string {
	var b strings.Builder
	for _, m := range list {
		if m.Verdict == verdict {
			fmt.Fprintf(&b, "\n%s %s %s -> %s: %s", strings.TrimPrefix(m.Address, "monitor."), m.Field, m.From, m.To, strings.Join(m.DetectedBy, ", "))
		}
	}
	return b.String()
}

// TestMutantsOfTheSockShop: each rule that alerts in a test has mutants that the test notices. Mutants without effect
// on any recording cannot be detected.
func TestMutantsOfTheSockShop(t *testing.T) {
	stack := sockShop(t, detected+calm)
	outcomes := ran(t, stack)
	list := expect.Mutate(stack.Objects, outcomes, expect.Options{Parallel: 2})
	if d := cmp.Diff(list, expect.Mutate(stack.Objects, outcomes, expect.Options{})); d != "" {
		t.Errorf("the result depends on Parallel:\n%s", d)
	}
	detected := mutated(list, expect.Detected)
	want := `
backlog critical 10 -> 20: the incident is detected
backlog window last_2m -> last_4m: the incident is detected
backlog comparison > 10 -> never: the incident is detected
consumer_failure negation monitor.no_consumer -> !monitor.no_consumer: the incident is detected
consumer_failure handle @pagerduty-orders -> none: the incident is detected
no_consumer critical 1 -> 2: a healthy day is quiet
no_consumer critical 1 -> 0: the incident is detected
no_consumer critical 1 -> 1.2: a healthy day is quiet
no_consumer window last_2m -> last_4m: the incident is detected
no_consumer comparison < 1 -> never: the incident is detected
no_consumer comparator < -> <=: a healthy day is quiet
no_replicas critical 1 -> 2: the incident is detected, a healthy day is quiet
no_replicas critical 1 -> 0: the incident is detected
no_replicas critical 1 -> 1.2: the incident is detected, a healthy day is quiet
no_replicas window last_3m -> last_6m: the incident is detected
no_replicas window last_3m -> last_1m: a healthy day is quiet
no_replicas comparison < 1 -> never: the incident is detected
no_replicas aggregator max -> avg: a healthy day is quiet
no_replicas aggregator max -> min: a healthy day is quiet
no_replicas comparator < -> <=: the incident is detected, a healthy day is quiet
no_replicas filter kube_deployment:queue-master -> none: the incident is detected
queue_depth aggregator min -> max: a healthy day is quiet
rejected_tasks critical 0 -> -1: a healthy day is quiet
rejected_tasks comparator > -> >=: a healthy day is quiet
unconsumed operator && -> ||: a healthy day is quiet
unconsumed negation monitor.no_consumer -> !monitor.no_consumer: the incident is detected, a healthy day is quiet
unconsumed negation monitor.waiting -> !monitor.waiting: the incident is detected
waiting window last_2m -> last_4m: the incident is detected
waiting comparison > 0 -> never: the incident is detected`
	if d := cmp.Diff(want, detected); d != "" {
		t.Error(d)
	}
	for _, m := range list {
		if m.Address == "monitor.queue_depth" && m.Field == "comparison" && m.Verdict != expect.Unrecorded {
			t.Errorf("%+v", m)
		}
		if m.Address == "monitor.backlog" && m.Field == "critical" && m.To == "11" && m.Verdict != expect.Survived {
			t.Errorf("%+v", m)
		}
	}
	if untested := expect.Untested(list); len(untested) > 0 {
		t.Error(untested)
	}
}

// TestMutantsMatchFullRun: Mutate finds the same failures as a run of the tests over the changed stack.
func TestMutantsMatchFullRun(t *testing.T) {
	stack := sockShop(t, detected+calm)
	outcomes := ran(t, stack)
	for _, m := range expect.Mutate(stack.Objects, outcomes, expect.Options{Parallel: 2}) {
		if m.Field != "critical" {
			continue
		}
		var failed []string
		for _, o := range expect.Run(withCritical(t, stack, m), series.Load, expect.Options{}) {
			if !o.Passed() {
				failed = append(failed, o.Test.Name)
			}
		}
		if d := cmp.Diff(m.DetectedBy, failed); d != "" {
			t.Errorf("%+v:\n%s", m, d)
		}
	}
}

// withCritical returns the tests of a stack over objects with a mutant's threshold, set by editing the query as text.
func withCritical(t testing.TB, stack *testfile.Stack, m expect.Mutant) []testfile.Test {
	t.Helper()
	objects := slices.Clone(stack.Objects)
	for i, o := range objects {
		if o.Address.String() != m.Address {
			continue
		}
		changed, body := *o, maps.Clone(o.Body)
		query := body["query"].(string)
		body["query"] = query[:strings.LastIndex(query, " ")+1] + m.To
		options := maps.Clone(body["options"].(map[string]any))
		thresholds := maps.Clone(options["thresholds"].(map[string]any))
		thresholds["critical"] = json.Number(m.To)
		options["thresholds"], body["options"] = thresholds, options
		changed.Body = body
		objects[i] = &changed
	}
	tests := slices.Clone(stack.Tests)
	for i := range tests {
		tests[i].Objects = objects
	}
	return tests
}
