package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/markdown"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

// drifted is a report with an object of each class, and muted monitors.
func drifted() *plan.DriftReport {
	address := func(name string) object.Address { return object.Address{Kind: "monitor", Name: name} }
	const modified = "2026-01-01T10:00:00+00:00"
	return &plan.DriftReport{
		FormatVersion: "1.0", Stack: "shop",
		Drifted: []plan.Drifted{
			{Address: address("unapplied"), ID: "2", Title: "u", Class: plan.DriftUnapplied, Paths: []string{"message"}, ModifiedAt: modified},
			{
				Address: address("edited"), ID: "1", Title: "e", Class: plan.DriftEdited, ModifiedAt: modified,
				Paths: []string{"query", "options.thresholds.critical", "options.renotify_interval", "tags", "message"},
			},
			{Address: address("deleted"), Title: "d", Class: plan.DriftMissing},
			{Address: object.Address{Kind: "dashboard", Name: "extra"}, ID: "abc-def-ghi", Title: "x", Class: plan.DriftOrphaned, ModifiedAt: modified},
			{Address: address("contested"), ID: "4", Title: "c", Class: plan.DriftContested, Reason: "claimed by 2 objects (4, 5): keep one"},
			{Address: address("dependent"), ID: "6", Title: "p", Class: plan.DriftBlocked, Reason: "not compared", Paths: []string{"type"}},
			{Address: address("edited"), ID: "99", Title: "e", Class: plan.DriftDuplicate},
		},
		Silenced: []plan.Silenced{
			{Address: address("edited"), ID: "1", Title: "e", By: "mute", Scope: "*", Until: 1893456000},
			{Address: address("quiet"), ID: "5", Title: "q", By: "downtime", Scope: "env:staging,host:db-1"},
		},
	}
}

const wantDrift = `unapplied  monitor.unapplied  (2)
           message
edited     monitor.edited  (1, 2 h ago)
           query, options.thresholds.critical,
           options.renotify_interval, tags, message
missing    monitor.deleted
           deleted in Datadog, or never applied
orphaned   dashboard.extra  (abc-def-ghi)
           in Datadog but no longer in the configuration
contested  monitor.contested  (4)
           claimed by 2 objects (4, 5): keep one
blocked    monitor.dependent  (6)
           not compared
duplicate  monitor.edited
           monitor 99 has the same name and is unmanaged
7 objects differ: 1 edited, 1 missing, 1 contested, 1 blocked, 1 orphaned, 1 duplicate, 1 not applied yet. Run ` + "`ddmon plan`" + ` to see what apply would change.

Muted (not drift):
mute       monitor.edited  (1)
           entire monitor, until 2030-01-01 00:00 UTC
downtime   monitor.quiet  (5)
           env:staging,host:db-1, indefinitely
`

func TestDrift(t *testing.T) {
	var out bytes.Buffer
	if err := terminal.Drift(&out, showDrift(drifted()), safe.Style{Width: 64}, noon()); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(wantDrift, out.String()); d != "" {
		t.Error(d)
	}
	out.Reset()
	if err := terminal.Drift(&out, showDrift(&plan.DriftReport{Stack: "shop"}), safe.Style{}, noon()); err != nil {
		t.Fatal(err)
	}
	if want := "No drift. Datadog matches stack \"shop\".\n"; out.String() != want {
		t.Errorf("%q", out.String())
	}
}

func driftMarkdown(t testing.TB, r *plan.DriftReport) string {
	t.Helper()
	var out bytes.Buffer
	if err := markdown.Drift(&out, showDrift(r), markdown.AppLinks("https://app.datadoghq.eu")); err != nil {
		t.Fatal(err)
	}
	checkMarkdown(t, out.String())
	return out.String()
}

func TestDriftMarkdown(t *testing.T) {
	golden(t, "markdown_drift.md", driftMarkdown(t, drifted()))
	got := driftMarkdown(t, &plan.DriftReport{Stack: "shop"})
	if got != "<!-- ddmon:drift shop -->\n### No drift: Datadog matches stack `shop`\n" {
		t.Error(got)
	}
}

// TestDriftMarkdownKeepsItsBudget: unapplied changes are cut before edited objects.
func TestDriftMarkdownKeepsItsBudget(t *testing.T) {
	r := drifted()
	for i := range 1200 {
		d := r.Drifted[i%6]
		d.Address.Name = fmt.Sprint("m", i)
		r.Drifted = append(r.Drifted, d)
		r.Silenced = append(r.Silenced, r.Silenced[i%2])
	}
	got := driftMarkdown(t, r)
	if len(got) >= limit || !strings.Contains(got, "more objects not shown") || !strings.Contains(got, "more monitors not shown") {
		t.Errorf("%d bytes, or it is not said that some are missing", len(got))
	}
	if strings.Contains(got, "**unapplied**") || strings.Count(got, "**edited**") < 200 {
		t.Error("it is not cut from the least important end")
	}
}
