package render_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/markdown"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

// section is the text below a heading of a comment.
func section(text, title string) string {
	_, text, _ = strings.Cut(text, "#### "+title+"\n\n")
	text, _, _ = strings.Cut(text, "\n#### ")
	return text
}

// TestEscalationRecipients: the handles of an escalation message count only if the monitor renotifies.
func TestEscalationRecipients(t *testing.T) {
	monitor := func(interval, escalation string) string {
		return threshold("m", 50, "@slack-shipping", `,"options":{"renotify_interval":`+interval+`,"escalation_message":"Still. `+escalation+`"}`)
	}
	recipients := func(before, after string) string {
		p := build(t, []*object.Object{desired(t, "monitor.m", after)}, []*object.Object{live(t, "monitor.m", "1", before)})
		return section(asMarkdown(t, markdown.Input{Plan: shownPlan(p)}), "Recipients")
	}
	got := recipients(monitor("60", "@pagerduty-orders @slack-shipping"), monitor("60", "@slack-shipping"))
	if want := "| `monitor.m` | `@slack-shipping`, `@pagerduty-orders` | `@slack-shipping` | **removed** `@pagerduty-orders` |\n"; !strings.HasSuffix(got, want) {
		t.Error(got)
	}
	got = recipients(monitor("0", "@pagerduty-orders"), monitor("0", ""))
	if want := "| `monitor.m` | `@slack-shipping` | unchanged |  |\n"; !strings.HasSuffix(got, want) {
		t.Error(got)
	}
	p := build(t, []*object.Object{desired(t, "monitor.m", monitor("60", ""))}, []*object.Object{live(t, "monitor.m", "1", monitor("60", "@pagerduty-orders"))})
	if got := headlineOf(asMarkdown(t, markdown.Input{Plan: shownPlan(p)})); got != "1 monitor loosened: `@pagerduty-orders` will no longer be notified" {
		t.Error(got)
	}
}

// TestRecipients: the table shows the recipients of every changed monitor before and after, even if there are none.
func TestRecipients(t *testing.T) {
	secret := desired(t, "monitor.secret", threshold("secret", 70, "@webhook-token", ""))
	secret.Sensitive = map[string][]string{"message": {"token"}}
	p := build(t,
		[]*object.Object{
			desired(t, "monitor.new", threshold("new", 50, "@slack-a", "")), desired(t, "monitor.mute", threshold("mute", 60, "", "")),
			desired(t, "monitor.same", threshold("same", 50, "@slack-a", "")), secret,
		},
		[]*object.Object{
			live(t, "monitor.mute", "1", threshold("mute", 50, "", "")), live(t, "monitor.same", "2", threshold("same", 50, "@slack-a", "")),
			live(t, "monitor.gone", "3", threshold("gone", 50, "@slack-b", "")), live(t, "monitor.secret", "4", threshold("secret", 50, "@webhook-old", "")),
		})
	want := "| Monitor | In Datadog | After apply | Change |\n|---|---|---|---|\n" +
		"| `monitor.gone` | `@slack-b` | *deleted* | **removed** `@slack-b` |\n" +
		"| `monitor.new` | *does not exist* | `@slack-a` | added `@slack-a` |\n" +
		"| `monitor.mute` | no one | unchanged |  |\n" +
		"| `monitor.secret` | *sensitive* | *sensitive* |  |\n"
	if got := section(asMarkdown(t, markdown.Input{Plan: shownPlan(p)}), "Recipients"); got != want {
		t.Error(got)
	}
}

// headlineOf is the headline of a comment.
func headlineOf(text string) string {
	_, text, _ = strings.Cut(text, "### ")
	text, _, _ = strings.Cut(text, "\n")
	return text
}

// TestMarkdownUnplanned: a configuration that cannot be read replaces the same comment.
func TestMarkdownUnplanned(t *testing.T) {
	at := hcl.Range{Filename: "monitors/a.hcl", Start: hcl.Pos{Line: 7}}
	diags := hcl.Diagnostics{
		diag.Error("syntax", "Missing brace", "There is no closing brace.", at), diag.Warning("note", "Old field", "Use @another.", at),
	}
	m := markdown.Input{Stack: "shop", Diagnostics: showDiags(diags)}
	want := markdown.Marker("shop") + "\n### Planning failed, 1 error\n\n" +
		"Stack `shop`. The changes are unknown.\n\n" +
		"#### Errors\n\n- **Missing brace** (`syntax`) at `monitors/a.hcl:7`: There is no closing brace.\n\n" +
		"#### Warnings\n\n- **Old field** (`note`) at `monitors/a.hcl:7`: Use `@another`.\n"
	if got := asMarkdown(t, m); got != want {
		t.Error(got)
	}
	for range 2000 {
		diags = append(diags, diags[:2]...)
	}
	m.Diagnostics = showDiags(diags)
	got := asMarkdown(t, m)
	if len(got) >= limit || !strings.Contains(got, "more errors not shown") || !strings.Contains(got, "more warnings not shown") {
		t.Errorf("%d bytes, or it does not say that some are missing", len(got))
	}
}

// TestReferrers: references to a deleted or replaced object come before its attributes.
func TestReferrers(t *testing.T) {
	a := func(name string) object.Address { return object.Address{Kind: "monitor", Name: name} }
	body := map[string]any{"name": "n", "type": "query alert"}
	referrers := []string{"monitor [12,a] is referenced in composite monitors: [13,b]"}
	p := &plan.Plan{Stack: "s", Changes: []plan.Change{
		{Address: a("gone"), Action: plan.Delete, ID: "12", Before: body, ReferredBy: []object.Address{a("x"), a("y")}, Referrers: referrers},
		{
			Address: a("typed"), Action: plan.Replace, ID: "14", Before: body, After: body, Referrers: referrers,
			Edits: []plan.Edit{{Path: object.Path{"type"}, Op: plan.Modify, Before: "query alert", After: "log alert"}},
		},
	}}
	got := onTerminal(t, terminal.View{Plan: shownPlan(p), Now: noon()}, safe.Style{})
	for _, want := range []string{
		"{\n      # referenced by monitor.x, monitor.y\n      # Datadog says: monitor [12,a] is referenced in composite monitors: [13,b]\n      - name",
		"{\n      # Datadog says: monitor [12,a] is referenced in composite monitors: [13,b]\n      ~ type",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
	got = asMarkdown(t, markdown.Input{Plan: shownPlan(p), Links: links})
	for _, want := range []string{
		"<b>delete</b> <code>monitor.gone</code>: referenced from outside the stack</summary>\n\nReferenced by `monitor.x`, `monitor.y`.\n\n" +
			"Datadog says: `monitor [12,a] is referenced in composite monitors: [13,b]`.\n\n[Open in Datadog]",
		"<code>monitor.typed</code>: referenced from outside the stack</summary>\n\nDatadog says: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
}

func TestAppLinks(t *testing.T) {
	if markdown.AppLinks("") != nil {
		t.Error("links without an application")
	}
	links := markdown.AppLinks("https://app.datadoghq.eu/")
	for _, test := range []struct{ kind, id, want string }{
		{"monitor", "12", "https://app.datadoghq.eu/monitors/12"},
		{"dashboard", "abc-def-ghi", "https://app.datadoghq.eu/dashboard/abc-def-ghi"},
		{"dashboard", "a/b?c#d) e", "https://app.datadoghq.eu/dashboard/a%2Fb%3Fc%23d%29%20e"},
		{"monitor", " ", ""}, {"monitor", "", ""}, {"slo", "1", "https://app.datadoghq.eu/slo?slo_id=1"}, {"downtime", "1", ""}, {"hologram", "1", ""},
	} {
		if got := links(test.kind, test.id); got != test.want {
			t.Errorf("%s %q: %q", test.kind, test.id, got)
		}
	}
}
