package config

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/diag"
	"ddmon/internal/guide"
)

// guideText returns a stack with a guide that has one valid step, and other blocks.
func guideText(blocks string) string {
	return `monitor "m" {
  name    = "m"
  type    = "query alert"
  query   = "avg(last_5m):avg:a.b{*} > 5"
  message = "${guide.g.summary} (${guide.g.name}) @a"
}
guide "g" {
  probe "logs" { logs = "*" }
  step "one" {
    metric = "sum:a.b{*} by {c}"
    expect { last = ">= 1" }
    ok     = "ok"
    failed = "failed"
  }
` + blocks + "\n}\n"
}

// stepText returns a step with one line of its own.
func stepText(line string) string {
	return "step \"two\" {\n" + line + "\n  ok     = \"ok\"\n  failed = \"failed\"\n}"
}

func TestGuide(t *testing.T) {
	stack, diags := loadText(t, guideText(`
  summary  = "a summary"
  monitors = [monitor.m]
  control {
    offset    = "-2d"
    window    = "1h"
    traffic   = "sum:orders{*} > 0"
    recording = "testdata/healthy"
  }
  step "two" {
    logs   = "service:a"
    by     = ["pod_name"]
    window = "1m"
    probe  = probe.logs
    control { window = "2h" }
    expect {
      count  = 3
      gap    = "< 2m"
      change = "<= 150%"
      trend  = "flat or growing"
      basis  = "measured"
    }
    ok     = "ok"
    failed = "failed"
  }
  step "three" {
    monitor = monitor.m
    expect { status = "ok or no data" }
    ok     = "ok"
    failed = "failed"
  }
  conclusion "c" {
    when      = step.one.failed && !(step.two.ok || step.three.unknown)
    within    = "1m"
    findings  = [step.one, step.two]
    recovered = step.one.ok
    severity  = "high"
  }`))
	if diags.HasErrors() {
		t.Fatal(describe(diags))
	}
	g := stack.Guides[0]
	two, three := g.Step("two"), g.Step("three")
	e := two.Expect
	got := fmt.Sprintf("%s: %s %v\n%s %s %s %s\n%v %s %s %s\n%v %s\n%s %v\n%s %v", g.Name, g.Summary, g.Monitors,
		g.Control.Offset, g.Control.Window, g.Control.Traffic, g.Control.Recording,
		two.Question, two.Window, two.Probe, two.Control.Window, e.Trend, e.Basis,
		three.Question.Query, three.Expect.Status, g.Conclusions[0].Within, g.Conclusions[0].Findings)
	want := "g: a summary [monitor.m]\n48h0m0s 1h0m0s sum:orders{*} " + g.Control.Recording +
		"\n{logs service:a [pod_name]} 1m0s logs 2h0m0s\n[flat growing] measured\nmonitor.m [OK No Data]\n1m0s [one two]"
	if got != want || !strings.HasSuffix(g.Control.Recording, "testdata/healthy") {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if e.Count.Text != "== 3" || e.Gap.Value != 120 || e.Change.Value != 1.5 {
		t.Errorf("comparisons: %+v", e)
	}
	verdicts := map[string]guide.Verdict{"one": guide.Failed, "two": guide.Failed, "three": guide.OK}
	if holds := g.Conclusions[0].When.Eval(verdicts); holds != guide.True {
		t.Errorf("the condition is %s", holds)
	}
	if message := stack.Objects[0].Body["message"]; message != "a summary (g) @a" {
		t.Errorf("message: %v", message)
	}
}

// TestInvalidGuides: every mistake in a guide is one error at its position.
func TestInvalidGuides(t *testing.T) {
	const expect = "expect { present = true }"
	for _, c := range []struct{ blocks, code, says string }{
		{"steps \"x\" {}", "unexpected_block", `Did you mean "step"?`},
		{"summry = \"x\"", "unknown_field", `Did you mean "summary"?`},
		{"monitors = \"monitor.m\"", "wrong_type", "monitors = [monitor.consumer_failure]"},
		{"monitors = [monitor.n]", "unknown_name", `The stack has no monitor "n".`},
		{"monitors = [\"monitor.m\"]", "invalid_value", "without quotes"},
		{"monitors = [monitor.m.id]", "invalid_value", "without quotes"},
		{"control { offset = \"1d\" }", "invalid_value", "negative duration"},
		{"control { window = \"0s\" }", "invalid_value", "from 1s to 7d"},
		{"control { traffic = \"orders\" }", "invalid_value", "Invalid query"},
		{"control {}\ncontrol {}", "duplicate_block", "The first control block is at"},
		{"probe \"logs\" { logs = \"*\" }", "duplicate_name", "logs"},
		{"probe \"p\" {}", "missing_field", "Set one of metric, logs, events"},
		{stepText(expect), "missing_field", "Set one of metric, logs, events, monitor"},
		{stepText("logs = \"*\"\nmetric = \"avg:a{*}\"\n" + expect), "missing_field", "exactly one question"},
		{stepText("http = \"x\"\n" + expect), "unknown_field", "http"},
		{stepText("logs = \"service:(\"\n" + expect), "invalid_value", "Invalid query"},
		{stepText("metric = \"avg:a{\"\n" + expect), "invalid_value", "Invalid query"},
		{stepText("metric = \"avg:a{*}\"\nby = [\"x\"]\n" + expect), "invalid_value", "Group a metric in its query"},
		{stepText("logs = \"*\""), "missing_field", "needs an expect block"},
		{stepText("logs = \"*\"\nexpect {}"), "missing_field", "expects nothing"},
		{stepText("logs = \"*\"\nexpect { basis = \"measured\" }"), "missing_field", "expects nothing"},
		{stepText("logs = \"*\"\n" + expect + "\n" + expect), "duplicate_block", "all attributes must hold"},
		{stepText("logs = \"*\"\nexpect { last = \">= 1\" }"), "invalid_value", "last does not apply to logs"},
		{stepText("metric = \"avg:a{*}\"\nexpect { count = \"> 1\" }"), "invalid_value", "count does not apply to metric"},
		{stepText("metric = \"avg:a{*}\"\nexpect { last = \"=> 1\" }"), "invalid_value", "not a valid comparison"},
		{stepText("metric = \"avg:a{*}\"\nexpect { trend = \"rising\" }"), "invalid_value", `must be one of "growing", "draining", "flat"`},
		{stepText("logs = \"*\"\nexpect { change = \"< 2\" }"), "invalid_value", `change = "< 2x"`},
		{stepText("logs = \"*\"\nexpect { gap = \"< 2\" }"), "invalid_value", `gap = "< 2m"`},
		{stepText("logs = \"*\"\nexpect {\n  present = true\n  absent = true\n}"), "invalid_value", "contradict each other"},
		{stepText("monitor = monitor.m\nexpect { status = \"Fine\" }"), "invalid_value", "not a status of a monitor"},
		{stepText("logs = \"*\"\nprobe = probe.log\n" + expect), "unknown_name", `Did you mean "logs"?`},
		{stepText("logs = \"*\"\nprobe = \"logs\"\n" + expect), "invalid_value", "probe.NAME"},
		{"step \"one\" {}", "duplicate_name", "one"},
		{"step \"x\" {\n  logs = \"*\"\n  " + expect + "\n  ok = \"x\"\n}", "missing_field", `failed = "..."`},
		{"conclusion \"c\" {}", "missing_field", "needs a condition"},
		{"conclusion \"c\" { when = step.one.ok && step.one.failed }", "invalid_value", "can never hold"},
		{"conclusion \"c\" { when = step.none.ok }", "unknown_name", `no step "none"`},
		{"conclusion \"c\" { when = step.one.fine }", "invalid_value", "step.NAME.ok"},
		{"conclusion \"c\" { when = step.one }", "invalid_value", "step.NAME.ok"},
		{"conclusion \"c\" { when = true }", "invalid_value", "Combine the verdicts"},
		{"conclusion \"c\" { when = step.one.ok == step.one.ok }", "invalid_value", "Combine the verdicts"},
		{"conclusion \"c\" {\n  when = step.one.ok\n  findings = step.one\n}", "wrong_type", "findings = [step.deployment]"},
		{"conclusion \"c\" {\n  when = step.one.ok\n  findings = [step.two]\n}", "unknown_name", `no step "two"`},
		{"conclusion \"c\" {\n  when = step.one.ok\n  within = \"soon\"\n}", "invalid_value", "not a valid duration"},
	} {
		_, diags := loadText(t, guideText(c.blocks))
		found := false
		for _, d := range diags {
			found = found || diag.Code(d) == c.code && d.Subject != nil && strings.Contains(d.Summary+": "+d.Detail, c.says)
		}
		if !found || len(diags) != 1 {
			t.Errorf("%s\nwant one %s with %q, got:\n%s", c.blocks, c.code, c.says, describe(diags))
		}
	}
}

func TestGuideReferences(t *testing.T) {
	for text, want := range map[string]string{
		"locals { a = guide.g.summary }":                                                              "The guide \"g\" does not exist",
		"locals { a = guide.x.summary }\nguide \"g\" { summary = local.a }":                           "guide",
		"variable \"s\" {\n  sensitive = true\n  default = \"x\"\n}\n" + guideText("summary = var.s"): "must not be sensitive",
	} {
		_, diags := loadText(t, text)
		if !strings.Contains(describe(diags), want) {
			t.Errorf("%s\nwant %s, got:\n%s", text, want, describe(diags))
		}
	}
}

// TestGuideLimits: the work for a guide is limited.
func TestGuideLimits(t *testing.T) {
	steps, any := "", "step.one.ok"
	for i := range 6 {
		name := fmt.Sprintf("s%d", i)
		steps += strings.Replace(stepText("logs = \"*\"\nexpect { present = true }"), "two", name, 1) + "\n"
		any += " && step." + name + ".ok"
	}
	long := strings.Repeat("step.one.ok || ", 20_000) + any
	for name, text := range map[string]string{
		"steps":      strings.Repeat(stepText("logs = \"*\"\nexpect { present = true }")+"\n", 101),
		"conditions": steps + "conclusion \"c\" { when = " + long + " }\nconclusion \"d\" { when = " + long + " }\n",
		"findings":   "conclusion \"c\" {\n  when = step.one.ok\n  findings = [" + strings.Repeat("step.one, ", 101) + "]\n}",
	} {
		if _, diags := loadText(t, guideText(text)); !strings.Contains(describe(diags), "limit ") {
			t.Errorf("%s: no limit:\n%.500s", name, describe(diags))
		}
	}
}
