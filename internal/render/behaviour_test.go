package render_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/behaviour"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

func effect(name string, kind behaviour.Kind, short string) behaviour.Effect {
	e := behaviour.Effect{Kind: kind, Short: short}
	if name != "" {
		e.Address = object.Address{Kind: "monitor", Name: name}
	}
	e.Before.Exists, e.After.Exists = true, true
	e.Regression = slices.Contains([]behaviour.Kind{behaviour.NoLongerDetected, behaviour.Later, behaviour.NewFalseAlarms}, kind)
	return e
}

// detected marks an effect whose monitor detects the incident before and after the change.
func detected(e behaviour.Effect) behaviour.Effect {
	e.Before.Detected, e.After.Detected = true, true
	return e
}

func report() *behaviour.Report {
	return &behaviour.Report{
		Recordings: []behaviour.RecordingReport{
			{
				Recording: "incident-5", Incident: true,
				Monitors: []behaviour.Effect{
					effect("consumer_failure", behaviour.NoLongerDetected, "would no longer detect the incident (still detected by monitor.no_replicas)"),
					detected(effect("no_replicas", behaviour.NoChange, "alerts after 3m30s")),
					effect("queue_depth", behaviour.NewlyDetected, "would detect the incident after 7m00s"),
					effect("quiet", behaviour.NoChange, "does not alert"),
				},
				Stack: detected(effect("", behaviour.NoChange, "alerts after 3m30s via monitor.no_replicas")),
			},
			{
				Recording: "healthy-day",
				Monitors:  []behaviour.Effect{effect("consumer_failure", behaviour.NoChange, "raises no false alarms")},
				Stack:     effect("", behaviour.NoChange, "raises no false alarms"),
			},
			{
				Recording: "busy-day",
				Monitors: []behaviour.Effect{
					effect("consumer_failure", behaviour.NoChange, "raises no false alarms"),
					effect("queue_depth", behaviour.NewFalseAlarms, "would raise 3 false alarms"),
				},
				Stack: effect("", behaviour.NewFalseAlarms, "would raise 3 false alarms"),
			},
			{
				Recording: "\x1b[1mold", Incident: true,
				Monitors: []behaviour.Effect{effect("consumer_failure", behaviour.NoChange, "does not alert")},
				Stack:    effect("", behaviour.NoChange, "does not detect the incident"),
			},
		},
		NotEvaluated: []behaviour.Effect{effect("odd", behaviour.NotEvaluated, "not evaluated: the function anomalies")},
		Skipped:      2,
	}
}

const wantBehaviour = `Behaviour
  What each monitor does now, and what it would do with this change. Times count
  from the start of the incident.
  incident-5   monitor.consumer_failure  would no longer detect the incident
                                         (still detected by monitor.no_replicas)
               monitor.no_replicas       alerts after 3m30s  (no change)
               monitor.queue_depth       would detect the incident after 7m00s
               the stack                 alerts after 3m30s via
                                         monitor.no_replicas  (no change)
               1 other                   not involved  (no change)
  healthy-day  no alerts                 (no change)
  busy-day     monitor.queue_depth       would raise 3 false alarms
  \x1b[1mold   monitor.consumer_failure  does not alert  (no change)
               monitor.odd               not evaluated: the function anomalies
  2 recordings not replayed: no data for the changed monitors.

`

// behaviourOf is the section on behaviour of a plan without changes.
func behaviourOf(t *testing.T, r *behaviour.Report, s safe.Style) string {
	t.Helper()
	text := onTerminal(t, terminal.View{Plan: shownPlan(&plan.Plan{}), Effects: r}, s)
	section, last := text[:strings.LastIndex(text[:len(text)-1], "\n")+1], text[strings.LastIndex(text[:len(text)-1], "\n")+1:]
	if !strings.Contains(last, "No changes.") {
		t.Errorf("the last line is %q", last)
	}
	return section
}

func TestBehaviour(t *testing.T) {
	got := behaviourOf(t, report(), safe.Style{Width: 80})
	if d := cmp.Diff(wantBehaviour, got); d != "" {
		t.Error(d)
	}
	for line := range strings.SplitSeq(got, "\n") {
		if len(line) > 80 {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
}

func TestBehaviourColor(t *testing.T) {
	got := behaviourOf(t, report(), safe.Style{Width: 200, Color: true})
	for _, want := range []string{
		"\x1b[31mwould no longer detect the incident (still detected by monitor.no_replicas)\x1b[0m", "\x1b[32mwould detect the incident",
		"\x1b[2malerts after 3m30s  (no change)\x1b[0m", "\x1b[31mwould raise 3 false alarms", "\x1b[33mnot evaluated",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%q", want, got)
		}
	}
}

// TestBehaviourNarrow: the text goes below an address that leaves no room for it.
func TestBehaviourNarrow(t *testing.T) {
	long := effect("a_name_that_is_rather_long_for_a_terminal_of_this_width", behaviour.Later, "alerts after 1m45s, would alert after 10m45s")
	r := &behaviour.Report{Recordings: []behaviour.RecordingReport{{Recording: "i", Monitors: []behaviour.Effect{long}}}}
	got := behaviourOf(t, r, safe.Style{})
	want := "Behaviour\n  What each monitor does now, and what it would do with this change.\n  i  monitor.a_name_that_is_rather_long_for_a_terminal_of_this_width\n" +
		"       alerts after 1m45s, would alert after 10m45s\n\n"
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestBehaviourOfNothing(t *testing.T) {
	got := behaviourOf(t, &behaviour.Report{Skipped: 3}, safe.Style{})
	if got != "" {
		t.Errorf("%q", got)
	}
}

// TestBehaviourLongName: a very long name does not widen all other lines.
func TestBehaviourLongName(t *testing.T) {
	r := report()
	r.Recordings[0].Recording = strings.Repeat("long ", 1000)
	r.Recordings[0].Monitors[0].Address.Key, r.Recordings[0].Monitors[0].Address.Keyed = strings.Repeat("long ", 1000), true
	got := behaviourOf(t, r, safe.Style{Width: 80})
	for line := range strings.SplitSeq(got, "\n") {
		if len(line) > 300 {
			t.Errorf("%d columns: %.100s", len(line), line)
		}
	}
}
