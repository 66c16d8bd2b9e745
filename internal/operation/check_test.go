package operation_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ddmon/internal/diag"
	"ddmon/internal/lint"
	"ddmon/internal/operation"
)

// emptyLive is a lint.Live without metrics, or with an error.
type emptyLive struct {
	lint.Live
	err error
}

func (a emptyLive) MetricTags(context.Context, string) ([]string, bool, error) {
	return nil, false, a.err
}
func (a emptyLive) Handles(context.Context) ([]string, error)            { return nil, a.err }
func (a emptyLive) Exists(context.Context, string, string) (bool, error) { return true, a.err }

// noHandle is depth without a handle in its message, which lint reports.
const noHandle = `monitor "depth" {
  name    = "depth"
  type    = "query alert"
  query   = "min(last_1m):sum:queue.depth{*} > 5"
  message = "queue is long"
  tags    = ["team:shop"]
  priority = 3
}
`

// TestChecks: only the selected checks run, and ignore comments suppress findings until their date.
func TestChecks(t *testing.T) {
	at := func(day string) time.Time {
		now, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	all := operation.Checks{Lint: true, MinSeverity: diag.SeverityInfo, Now: at("2026-01-01")}
	with := func(change func(*operation.Checks)) operation.Checks {
		c := all
		change(&c)
		return c
	}
	for name, tt := range map[string]struct {
		blocks string
		checks operation.Checks
		want   string
	}{
		"lint":                           {noHandle, all, "no_handle"},
		"no lint":                        {noHandle, with(func(c *operation.Checks) { c.Lint = false }), ""},
		"no lint, and nothing to ignore": {"# ddmon:ignore no_handle for a test\n" + noHandle, with(func(c *operation.Checks) { c.Lint = false }), ""},
		"errors alone":                   {noHandle, with(func(c *operation.Checks) { c.MinSeverity = diag.SeverityError }), ""},
		"ignored":                        {"# ddmon:ignore no_handle for a test\n" + noHandle, all, ""},
		"snoozed":                        {"# ddmon:snooze no_handle until 2026-02-01 for a test\n" + noHandle, all, ""},
		"no longer":                      {"# ddmon:snooze no_handle until 2026-02-01 for a test\n" + noHandle, with(func(c *operation.Checks) { c.Now = at("2026-03-01") }), "no_handle"},
		"an error first":                 {"monitor {}\n", all, "invalid_labels"},
		"live":                           {noHandle, with(func(c *operation.Checks) { c.Live = emptyLive{} }), "metric_missing no_handle"},
	} {
		_, diags, err := workspace(t, tt.blocks).Check(t.Context(), tt.checks)
		if got := codes(diags); err != nil || got != tt.want {
			t.Errorf("%s: %q, want %q (%v)", name, got, tt.want, err)
		}
	}
	failure := errors.New("no answer")
	all.Live = emptyLive{err: failure}
	if _, _, err := workspace(t, noHandle).Check(t.Context(), all); !errors.Is(err, failure) {
		t.Error(err)
	}
}

// TestFindingsAreLocated: a finding in a query is reported at its part of the string.
func TestFindingsAreLocated(t *testing.T) {
	_, diags, err := workspace(t, threshold("5 or")).Check(t.Context(), operation.Checks{MinSeverity: diag.SeverityError})
	if err != nil || len(diags) == 0 {
		t.Fatal(diags, err)
	}
	if at := diags[0].Subject; at.Start.Line != 5 || at.Start.Column < 40 || at.End.Column-at.Start.Column > 10 {
		t.Errorf("%s at %v", diags[0].Summary, at)
	}
}
