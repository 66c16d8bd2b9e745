package operation_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ddmon/internal/object"
	"ddmon/internal/operation"
)

// recorded is an incident from 10:20 to 10:30: the queue grows to 39.
const recorded = `name = "rec"
note = "made up"
start    = "2025-11-09T10:00:00Z"
end      = "2025-11-09T11:00:00Z"
timezone = "UTC"
interval = "15s"
phases {
  incident_start = "10:20:00"
  incident_end   = "10:30:00"
}
series "queue.depth" {
  type   = "gauge"
  values = "0x80 0+1x40 0x120"
}
`

// replayed creates a stack with a recording and a test that expects the monitor depth to alert.
func replayed(t *testing.T, blocks string) *operation.Workspace {
	t.Helper()
	w := workspace(t, blocks)
	write(t, w.Dir, map[string]string{"rec/recording.hcl": recorded, "a.test.hcl": `test "alerts" {
  recording = "rec"
  expect "monitor.depth" { status = "Alert" }
}
test "at once" {
  recording = "rec"
  expect "monitor.depth" {
    status = "Alert"
    within = "1m"
  }
}
`})
	return w
}

// TestEffects: a plan reports the effects of its changes on the recordings. If a test or a recording cannot be read,
// the effects are incomplete.
func TestEffects(t *testing.T) {
	client := datadog(t)
	w := replayed(t, threshold("5"))
	applied(t, client, w)
	for name, tt := range map[string]struct {
		blocks     string
		files      map[string]string
		regressed  bool
		incomplete bool
	}{
		"no change":          {threshold("5"), nil, false, false},
		"sooner":             {threshold("4"), nil, false, false},
		"never any more":     {threshold("100"), nil, true, false},
		"a broken recording": {threshold("4"), map[string]string{"rec/recording.hcl": "name = 1 +"}, true, true},
		"a broken test":      {threshold("4"), map[string]string{"rec/recording.hcl": recorded, "b.test.hcl": "test {}\n"}, true, true},
	} {
		write(t, w.Dir, map[string]string{"rec/recording.hcl": recorded, "b.test.hcl": ""})
		write(t, w.Dir, tt.files)
		edit(t, w, tt.blocks)
		p := planned(t, client, input(t, w))
		if (len(p.RegressionErrors("-")) > 0) != tt.regressed || p.Incomplete != tt.incomplete {
			t.Errorf("%s: regressed %t, incomplete %t: %+v %v", name, len(p.RegressionErrors("-")) > 0, p.Incomplete, p.Effects, p.Diagnostics)
		}
		if p.Incomplete && p.Diagnostics.HasErrors() {
			t.Errorf("%s blocks the apply: %v", name, p.Diagnostics)
		}
		if !p.Changes.Empty() && !tt.incomplete && (p.Effects == nil) {
			t.Errorf("%s: no effects", name)
		}
	}
}

// TestEffectsOnTheStack: a monitor that is not targeted stays unchanged and can still alert if a targeted one does not.
func TestEffectsOnTheStack(t *testing.T) {
	client, w := datadog(t), replayed(t, threshold("5")+other)
	applied(t, client, w)
	edit(t, w, threshold("100")+other)
	in := input(t, w)
	in.Targets = []object.Address{{Kind: "monitor", Name: "depth"}}
	stack := planned(t, client, in).Effects.Recordings[0].Stack
	if !stack.After.Detected || stack.After.By.Name != "other" {
		t.Errorf("%+v", stack)
	}
}

// TestTests: tests are selected by name, and a failed expectation fails the test.
func TestTests(t *testing.T) {
	w := replayed(t, threshold("5"))
	for run, want := range map[string]string{"": "alerts passed, at once failed", "alerts": "alerts passed", "once$": "at once failed", "none": "no test matches --run \"none\""} {
		o := operation.TestOptions{Second: operation.AllSeconds, Parallel: 1, Coverage: run == "alerts"}
		if run != "" {
			o.Run = regexp.MustCompile(run)
		}
		tested, diags, err := operation.Test(t.Context(), w, o)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		var got []string
		for i := range tested.Outcomes {
			verdict := " failed"
			if tested.Outcomes[i].Passed() {
				verdict = " passed"
			}
			got = append(got, tested.Outcomes[i].Test.Name+verdict)
		}
		text := strings.Join(got, ", ")
		if err != nil {
			text = err.Error()
		}
		if !strings.HasPrefix(text, want) || err == nil && text != want {
			t.Errorf("%q: %s", run, text)
		}
		if (tested.Coverage != nil) != o.Coverage {
			t.Errorf("%q: coverage %+v", run, tested.Coverage)
		}
		if o.Coverage && (len(tested.Coverage.Mutants) == 0 || len(tested.Coverage.Monitors) != 1) {
			t.Errorf("%q: coverage %+v", run, tested.Coverage)
		}
	}
	if _, _, err := operation.Test(t.Context(), workspace(t, threshold("5")), operation.TestOptions{}); err == nil {
		t.Error("a stack without tests passes")
	}
	if _, diags, err := operation.Test(t.Context(), replayed(t, "monitor {}\n"), operation.TestOptions{}); err != nil || !diags.HasErrors() {
		t.Error("the tests of a broken stack run", err)
	}
}

// TestReplay: a recording from any path is replayed, at one second of the minute or at all.
func TestReplay(t *testing.T) {
	w := replayed(t, threshold("5"))
	stack := input(t, w).Stack
	for _, second := range []int{operation.AllSeconds, 7} {
		r, diags, err := operation.Replay(stack, filepath.Join(w.Dir, "rec"), operation.ReplayOptions(t.Context(), second, false))
		if err != nil || r == nil || len(r.Result.Monitors) != 1 || len(r.Result.Monitors[0].Groups) != 1 {
			t.Fatal(r, diags, err)
		}
		first := r.Result.Monitors[0].Groups[0].Transitions[1]
		if one := first.Earliest.Equal(first.Latest); one != (second == 7) {
			t.Errorf("second %d: from %s to %s", second, first.Earliest, first.Latest)
		}
	}
	if r, diags, err := operation.Replay(stack, t.TempDir(), operation.ReplayOptions(t.Context(), 0, false)); r != nil || err != nil || codes(diags) == "" {
		t.Errorf("a folder without a recording: %v %s %v", r, codes(diags), err)
	}
	if _, _, err := operation.Replay(stack, filepath.Join(w.Dir, "rec"), operation.ReplayOptions(t.Context(), 99, false)); err == nil {
		t.Error("second 99 is accepted")
	}
}

// TestRecordingStaysInTheStack: a test's recording must be in the stack's folder.
func TestRecordingStaysInTheStack(t *testing.T) {
	w := replayed(t, "")
	if rec, diags := w.Recording(filepath.Join(w.Dir, "rec")); rec == nil {
		t.Error(diags)
	}
	outside := replayed(t, "")
	if rec, diags := w.Recording(filepath.Join(outside.Dir, "rec")); rec != nil || codes(diags) != "outside_stack" {
		t.Error(rec, diags)
	}
	w.Dir = filepath.Join(w.Dir, "none")
	if rec, diags := w.Recording("rec"); rec != nil || codes(diags) != "unreadable_directory" {
		t.Error(rec, diags)
	}
}

// TestExplain: a monitor of the stack is explained. The error for another address lists the monitors.
func TestExplain(t *testing.T) {
	stack := input(t, workspace(t, threshold("5")+both)).Stack
	sections, err := operation.Explain(stack, object.Address{Kind: "monitor", Name: "depth"})
	if err != nil || len(sections) == 0 {
		t.Error(sections, err)
	}
	_, err = operation.Explain(stack, object.Address{Kind: "monitor", Name: "none"})
	if err == nil || !strings.HasSuffix(err.Error(), "its monitors: monitor.both, monitor.depth") {
		t.Error(err)
	}
}
