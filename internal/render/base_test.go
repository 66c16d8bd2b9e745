package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/markdown"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

// noon is the current time of the tests.
func noon() time.Time { return time.Date(2026, 1, 1, 12, 0, 30, 0, time.UTC) }

// threshold is the body of a monitor that alerts above a number and notifies recipients.
func threshold(name string, n int, recipients, more string) string {
	return fmt.Sprintf(`{"name":%q,"type":"query alert","query":"min(last_5m):avg:rabbitmq.queue.messages{*} > %d","message":%q%s}`, name, n, "The queue is long. "+recipients, more)
}

// threeSides is a plan for a changed configuration with drift in Datadog: one object of each sort.
func threeSides(t testing.TB) (*plan.Plan, *plan.Base) {
	t.Helper()
	const modified = `,"modified":"2026-01-01T10:00:00+00:00"`
	before := []*object.Object{
		desired(t, "monitor.own", threshold("own", 50, "@pagerduty-orders @slack-shipping", "")),
		desired(t, "monitor.both", threshold("both", 50, "@slack-shipping", "")),
		desired(t, "monitor.adopted", threshold("adopted", 50, "", "")),
		desired(t, "monitor.gone", threshold("gone", 50, "@slack-shipping", "")),
		desired(t, "monitor.drifted", threshold("drifted", 50, "@slack-shipping", "")),
		desired(t, "monitor.missing", threshold("missing", 50, "", "")),
	}
	after := []*object.Object{
		desired(t, "monitor.own", threshold("own", 70, "@slack-shipping", "")),
		desired(t, "monitor.both", threshold("both", 70, "@slack-shipping", "")),
		desired(t, "monitor.adopted", threshold("adopted", 60, "", "")),
		desired(t, "monitor.new", threshold("new", 50, "", "")),
		before[4], before[5],
	}
	live := []*object.Object{
		live(t, "monitor.own", "1", threshold("own", 50, "@pagerduty-orders @slack-shipping", "")),
		live(t, "monitor.both", "2", threshold("both", 60, "@slack-shipping", modified)),
		live(t, "monitor.adopted", "3", threshold("adopted", 60, "", "")),
		live(t, "monitor.gone", "4", threshold("gone", 50, "@slack-shipping", "")),
		live(t, "monitor.drifted", "5", threshold("drifted", 90, "@slack-other", modified)),
	}
	in := plan.Input{Stack: "s", Kinds: kind.All(), Desired: after, Live: live}
	p, _ := plan.Build(in)
	own, _ := plan.Between(in, before)
	in.Desired = before
	set, _ := plan.Build(in)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action == plan.Delete {
			c.Referrers = []string{"monitor [4,gone] is referenced in composite monitors: [99,checkout of the shop is down]"}
			c.ReferredBy = []object.Address{{Kind: "monitor", Name: "both"}}
		}
	}
	return p, p.SplitDrift("origin/main (merge base 1a2b3c4)", own, set)
}

func onTerminal(t testing.TB, v terminal.View, s safe.Style) string {
	t.Helper()
	var out bytes.Buffer
	if err := terminal.Plan(&out, v, s); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPlanBase(t *testing.T) {
	p, base := threeSides(t)
	v := terminal.View{Plan: shownPlan(p), Base: showBase(base), Effects: report(), Now: noon()}
	golden(t, "base.txt", onTerminal(t, v, safe.Style{Width: 80}))
	golden(t, "base_color.txt", onTerminal(t, v, safe.Style{Width: 80, Color: true}))
}

// TestPlanBaseOfNothing: an identical configuration is reported, and the plan still lists the drift.
func TestPlanBaseOfNothing(t *testing.T) {
	p, base := threeSides(t)
	base.Config = &plan.Plan{Stack: "s"}
	got := onTerminal(t, terminal.View{Plan: shownPlan(p), Base: showBase(base), Now: noon()}, safe.Style{})
	if !strings.HasPrefix(got, "Changed since origin/main (merge base 1a2b3c4)\n\n  Nothing: the configuration is identical.\n\nDrift: ") ||
		!strings.Contains(got, "Plan: 2 to add") {
		t.Error(got)
	}
}

func TestMarkdownBase(t *testing.T) {
	p, base := threeSides(t)
	golden(t, "markdown_base.md", asMarkdown(t, markdown.Input{Plan: shownPlan(p), Base: showBase(base), Effects: report(), Links: markdown.AppLinks("https://app.datadoghq.eu")}))
}

// TestHeadlineWithBase: drift is reported separately from the changes of the pull request.
func TestHeadlineWithBase(t *testing.T) {
	p, base := threeSides(t)
	quiet := *base
	quiet.Drift = &plan.Plan{Stack: "s"}
	drift := *base
	drift.Config = &plan.Plan{Stack: "s"}
	settled := &plan.Plan{Stack: "s"}
	for _, test := range []struct {
		name, want string
		m          markdown.Input
	}{
		{
			name: "both sides", m: markdown.Input{Plan: shownPlan(p), Base: showBase(base)},
			want: "3 monitors loosened, 1 monitor deleted, 1 monitor created: `@pagerduty-orders` will no longer be notified; " +
				"2 objects edited in Datadog are reverted, 1 object missing in Datadog is created: `@slack-other` will no longer be notified",
		},
		{
			name: "no drift", m: markdown.Input{Plan: shownPlan(p), Base: showBase(&quiet)},
			want: "3 monitors loosened, 1 monitor deleted, 1 monitor created: `@pagerduty-orders`, `@slack-other` will no longer be notified",
		},
		{
			name: "only drift", m: markdown.Input{Plan: shownPlan(p), Base: showBase(&drift)},
			want: "This pull request changes nothing; 2 objects edited in Datadog are reverted, 1 object missing in Datadog is created: " +
				"`@pagerduty-orders`, `@slack-other` will no longer be notified",
		},
		{
			name: "all of it is live", m: markdown.Input{Plan: shownPlan(settled), Base: showBase(&quiet)},
			want: "3 monitors loosened, 1 monitor deleted, 1 monitor created, already applied in Datadog",
		},
		{
			name: "nothing at all", m: markdown.Input{Plan: shownPlan(settled), Base: showBase(&plan.Base{Config: settled, Drift: settled})},
			want: "No changes: Datadog matches the configuration",
		},
	} {
		if got := headlineOf(asMarkdown(t, test.m)); got != test.want {
			t.Errorf("%s: %s", test.name, got)
		}
	}
}

// TestMarkdownBaseKeepsItsBudget: a large change leaves room for the drift, and a large drift for the change.
func TestMarkdownBaseKeepsItsBudget(t *testing.T) {
	few, lots := many(t, 8), many(t, 400)
	for name, base := range map[string]*plan.Base{
		"change": {Name: "b", Config: lots, Drift: few}, "drift": {Name: "b", Config: few, Drift: lots}, "all": {Name: "b", Config: lots, Drift: lots},
	} {
		for n := range 30 {
			budget := 8192 + n*1999
			got := asMarkdown(t, markdown.Input{Plan: shownPlan(lots), Base: showBase(base), Effects: report(), Budget: budget})
			if len(got) > budget {
				t.Errorf("%s: a budget of %d bytes is exceeded by %d", name, budget, len(got)-budget)
			}
			_, drift, ok := strings.Cut(got, "#### Drift")
			if !ok || !strings.Contains(got, "#### Changes in this pull request") || !strings.Contains(drift, "- ") && !strings.Contains(drift, "<b>") {
				t.Errorf("%s: a budget of %d bytes has no room for one of the sections", name, budget)
			}
		}
	}
}
