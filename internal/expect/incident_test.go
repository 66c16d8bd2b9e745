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

// testdata is where the recordings of the sock shop are.
func testdata(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// sockShop loads the stack of the sock shop with tests of our own beside it; RECORDINGS in them is where those are.
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

// caught expects of the incident what its rules were written for.
const caught = `
test "the incident is caught" {
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
  expect "monitor.queue_depth" { never = "Alert" }
}
`

// calm expects that a good day wakes nobody.
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
		for _, f := range o.Failures {
			t.Errorf("%s: %s %s: expected %s, actual %s\n%s", o.Test.Name, f.Address, f.Attribute, f.Expected, f.Actual, f.Timeline)
		}
		if !o.Passed() {
			t.Fatal(o.Err)
		}
	}
	return outcomes
}

// described writes a coverage report.
func described(r expect.CoverageReport) string {
	var b strings.Builder
	for _, m := range r.Monitors {
		fmt.Fprintf(&b, "\n%s: %v %s", m.Address, m.Exercised(), strings.Join(append(m.Tests, m.Through...), ", "))
	}
	for _, in := range r.Incidents {
		fmt.Fprintf(&b, "\n%s %s-%s:", in.Recording, in.Start.Format(time.TimeOnly), in.End.Format(time.TimeOnly))
		for _, c := range in.CaughtBy {
			fmt.Fprintf(&b, " %s after %s", c.Address, c.After)
		}
	}
	return b.String()
}

// TestCoverageOfTheSockShop: rule 2 is silent in the incident, so no test shows that it can alert; the halves of rule 1
// are exercised through it; and the incident is caught by two rules, whether any test replays it or not.
func TestCoverageOfTheSockShop(t *testing.T) {
	stack := sockShop(t, caught+calm)
	tested := described(expect.Coverage(stack.Objects, ran(t, stack), shop.Recordings(t, "healthy-day", "incident-5"), replay.Options{}))
	want := `
monitor.backlog: true monitor.consumer_failure
monitor.consumer_failure: true the incident is caught
monitor.no_consumer: true monitor.consumer_failure
monitor.no_replicas: true the incident is caught
monitor.queue_depth: false 
incident-5 19:47:17-19:57:39: monitor.no_replicas after 3m30s monitor.consumer_failure after 6m59s`
	if d := cmp.Diff(want, tested); d != "" {
		t.Error(d)
	}
	untested := described(expect.Coverage(stack.Objects, nil, shop.Recordings(t, "healthy-day", "incident-5"), replay.Options{}))
	if strings.Contains(untested, "true") || !strings.HasSuffix(untested, want[strings.Index(want, "\nincident-5"):]) {
		t.Errorf("without tests:%s", untested)
	}
}

// TestNobodyCatches: without the two rules that see it, nobody would know of the incident.
func TestNobodyCatches(t *testing.T) {
	stack := sockShop(t, calm)
	blind := slices.DeleteFunc(stack.Objects, func(o *object.Object) bool {
		return o.Address.Name == "no_replicas" || o.Address.Name == "consumer_failure"
	})
	r := expect.Coverage(blind, nil, shop.Recordings(t, "healthy-day", "incident-5"), replay.Options{})
	if len(r.Incidents) != 1 || len(r.Incidents[0].CaughtBy) > 0 {
		t.Errorf("%+v", r.Incidents)
	}
}

// mutated writes mutants of one verdict.
func mutated(list []expect.Mutant, verdict expect.Verdict) string {
	var b strings.Builder
	for _, m := range list {
		if m.Verdict == verdict {
			fmt.Fprintf(&b, "\n%s %s %s -> %s: %s", strings.TrimPrefix(m.Address, "monitor."), m.Field, m.From, m.To, strings.Join(m.NoticedBy, ", "))
		}
	}
	return b.String()
}

// TestMutantsOfTheSockShop: each rule that a test sees in Alert has mutants that it notices, the threshold of 100 that
// would have missed the incident among them; what no recording has cannot be noticed.
func TestMutantsOfTheSockShop(t *testing.T) {
	stack := sockShop(t, caught+calm)
	outcomes := ran(t, stack)
	list := expect.Mutate(stack.Objects, outcomes, expect.Options{Parallel: 2})
	if d := cmp.Diff(list, expect.Mutate(stack.Objects, outcomes, expect.Options{})); d != "" {
		t.Errorf("it depends on how much is done at the same time:\n%s", d)
	}
	noticed := mutated(list, expect.Noticed)
	want := `
backlog critical 10 -> 20: the incident is caught
backlog window last_2m -> last_4m: the incident is caught
backlog comparison > 10 -> never: the incident is caught
no_consumer critical 1 -> 0: the incident is caught
no_consumer comparison < 1 -> never: the incident is caught
no_replicas critical 1 -> 2: the incident is caught, a healthy day is quiet
no_replicas critical 1 -> 0: the incident is caught
no_replicas critical 1 -> 1.2: the incident is caught, a healthy day is quiet
no_replicas window last_3m -> last_6m: the incident is caught
no_replicas window last_3m -> last_1m: a healthy day is quiet
no_replicas comparison < 1 -> never: the incident is caught`
	if d := cmp.Diff(want, noticed); d != "" {
		t.Error(d)
	}
	for _, m := range list {
		if m.Address == "monitor.queue_depth" && m.Field == "comparison" && m.Verdict != expect.Equivalent {
			t.Errorf("%+v", m)
		}
		if m.Address == "monitor.backlog" && m.Field == "critical" && m.To == "11" && m.Verdict != expect.Survived {
			t.Errorf("%+v", m)
		}
	}
	if d := cmp.Diff([]string{"monitor.queue_depth"}, expect.Untested(list)); d != "" {
		t.Error(d)
	}
}

// TestMutantsAreJudgedInFull: what Mutate says of a mutant is what a run of the whole test over the changed stack says.
func TestMutantsAreJudgedInFull(t *testing.T) {
	stack := sockShop(t, caught+calm)
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
		if d := cmp.Diff(m.NoticedBy, failed); d != "" {
			t.Errorf("%+v:\n%s", m, d)
		}
	}
}

// withCritical returns a stack's tests over objects in which a mutant's threshold stands, put there by text alone.
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
