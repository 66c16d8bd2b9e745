package terminal_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"ddmon/internal/apply"
	"ddmon/internal/object"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

func TestEvents(t *testing.T) {
	a := object.Address{Kind: "monitor", Name: "a"}
	for _, test := range []struct {
		event apply.Event
		want  string
	}{
		{apply.Event{Phase: apply.Started, Step: apply.Create}, "monitor.a: Creating...\n"},
		{apply.Event{Phase: apply.Started, Step: apply.Update, ID: "1\x07"}, "monitor.a: Modifying... [id=1\\x07]\n"},
		{apply.Event{Phase: apply.Started, Step: apply.Mark, ID: "1"}, "monitor.a: Marking as replaced... [id=1]\n"},
		{apply.Event{Phase: apply.Done, Step: apply.Delete, ID: "1"}, "monitor.a: Destruction complete after 1.5s [id=1]\n"},
		{apply.Event{Phase: apply.Done, Step: apply.Mark, ID: "1"}, ""},
		{apply.Event{Phase: apply.Done, Step: apply.Create, Theirs: true, ID: "1"}, "monitor.a: Created by a concurrent run [id=1]\n"},
		{apply.Event{Phase: apply.Failed, Step: apply.Create, Err: errors.New("x")}, "monitor.a: Failed after 1.5s\n"},
		{apply.Event{Phase: apply.Skipped}, ""},
	} {
		test.event.Address = a
		var b bytes.Buffer
		if err := terminal.Event(&b, test.event, 1500*time.Millisecond, safe.Style{}); err != nil || b.String() != test.want {
			t.Errorf("%q, want %q (%v)", b.String(), test.want, err)
		}
	}
}

func TestOutcomes(t *testing.T) {
	for _, test := range []struct {
		result apply.Result
		want   string
	}{
		{apply.Result{Added: 1}, "\nApply complete! Resources: 1 added, 0 changed, 0 destroyed.\n"},
		{apply.Result{Failed: 1, Skipped: 2}, "\nApply incomplete. Resources: 0 added, 0 changed, 0 destroyed, 1 failed, 2 skipped.\n"},
		{apply.Result{Interrupted: true, Changed: 3}, "\nApply interrupted. Resources: 0 added, 3 changed, 0 destroyed.\n"},
	} {
		var b bytes.Buffer
		if err := terminal.Outcome(&b, "Apply", &test.result, safe.Style{}); err != nil || b.String() != test.want {
			t.Errorf("%q, want %q (%v)", b.String(), test.want, err)
		}
	}
}
