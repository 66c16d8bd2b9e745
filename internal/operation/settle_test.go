package operation_test

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/apply"
	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/operation"
	"ddmon/internal/plan"
)

// simple is a monitor whose other fields are $.
const simple = `monitor "a" {
  name    = "a"
  type    = "query alert"
  query   = "avg(last_5m):avg:app.load{*} > 2"
  message = "@slack-a"
  $
}
`

// simpleWith is simple with other fields.
func simpleWith(fields string) string { return strings.ReplaceAll(simple, "$", fields) }

// board is a dashboard whose other fields are $.
const board = `dashboard "a" {
  title       = "a"
  layout_type = "ordered"
  widget "note" { content = "x" }
  $
}
`

func boardWith(fields string) string { return strings.ReplaceAll(board, "$", fields) }

// settling are blocks with fields that Datadog fills, drops, rewrites or does not return, and the warnings of the plan
// after the apply.
func settling() map[string]struct{ blocks, warnings string } {
	const service = `monitor "a" {
  name    = "a"
  type    = "service check"
  query   = "\"app.up\".over(\"*\").by(\"host\").last(4).count_by_status()"
  %s
}
`
	const logs = `monitor "a" {
  name    = "a"
  type    = "log alert"
  query   = "logs(\"x\").index(\"*\").rollup(\"count\").last(\"5m\") > 2"
  %s
}
`
	const slo = `slo "a" {
  name       = "a"
  type       = "metric"
  query      = { numerator = "sum:a.ok{*}.as_count()", denominator = "sum:a.all{*}.as_count()" }
  thresholds = [{ timeframe = "7d", target = 99 }]
  %s
}
`
	const mute = `downtime "a" {
  scope              = "env:staging"
  monitor_identifier = { monitor_tags = ["*"] }
  %s
}
`
	const dropped = "dropped_field"
	return map[string]struct{ blocks, warnings string }{
		"assets":                       {simpleWith(`assets = [{ category = "runbook", name = "R", url = "https://x.example/r" }]`), ""},
		"assets with a resource":       {simpleWith(`assets = [{ category = "runbook", name = "R", url = "/n/1", resource_key = "1", resource_type = "notebook" }]`), ""},
		"no assets":                    {simpleWith(`assets = []`), ""},
		"restriction policy":           {simpleWith(`restriction_policy = { bindings = [{ relation = "editor", principals = ["org:abc"] }] }`), ""},
		"both":                         {simpleWith(`assets = [{ category = "runbook", name = "R", url = "/r" }]` + "\n" + `restriction_policy = { bindings = [{ relation = "editor", principals = ["org:abc"] }] }`), ""},
		"draft":                        {simpleWith(`draft_status = "draft"`), ""},
		"roles":                        {simpleWith(`restricted_roles = ["11111111-1111-1111-1111-111111111111"]`), ""},
		"unknown key":                  {simpleWith(`extra = { foo = 1 }`), dropped},
		"unknown object":               {simpleWith(`extra = { foo = { bar = [1, "a"] }, baz = true }`), dropped},
		"unknown empty values":         {simpleWith(`extra = { foo = null, bar = [], baz = false }`), ""},
		"unknown option":               {simpleWith(`options { extra = { foo = 1 } }`), ""},
		"dashboard with unknown key":   {boardWith(`extra = { foo = 1 }`), dropped},
		"unknown key in a widget":      {boardWith("widget \"note\" {\n content = \"y\"\n extra = { foo = 1 }\n }"), ""},
		"json with unknown key":        {`monitor "a" { json = jsondecode("{\"name\":\"a\",\"type\":\"query alert\",\"query\":\"avg(last_5m):avg:app.lag{*} > 2\",\"recommended_monitor_metadata\":{\"id\":\"x\"}}") }`, dropped},
		"no name":                      {`monitor "a" {` + "\n" + `type = "query alert"` + "\n" + `query = "avg(last_5m):avg:app.load{*} > 2"` + "\n" + `message = "m"` + "\n}\n", ""},
		"no name in json":              {`monitor "a" { json = jsondecode("{\"type\":\"query alert\",\"name\":null,\"query\":\"avg(last_5m):avg:app.lag{*} > 2\"}") }`, ""},
		"composite without name":       {simpleWith("") + "monitor \"b\" {\n type = \"composite\"\n query = \"${monitor.a.id} && ${monitor.a.id}\"\n}\n", ""},
		"no message":                   {strings.ReplaceAll(simpleWith(""), `message = "@slack-a"`, ""), ""},
		"mute without end":             {simpleWith(`options { silenced = { "*" = 0 } }`), ""},
		"null mute":                    {simpleWith(`options { silenced = { "*" = null, "host:a" = 0 } }`), ""},
		"mute with end":                {simpleWith(`options { silenced = { "*" = 4102444800 } }`), ""},
		"integer thresholds":           {simpleWith("options {\n thresholds {\n critical = 2\n warning = 1\n }\n }"), ""},
		"no thresholds":                {simpleWith(`options { thresholds = {} }`), ""},
		"null threshold":               {simpleWith(`options { thresholds = { critical = 2, warning = null } }`), ""},
		"priority 0":                   {simpleWith(`priority = 0`), ""},
		"priority":                     {simpleWith(`priority = 3`), ""},
		"white space":                  {strings.ReplaceAll(simpleWith("options {\n escalation_message = \" again \\n\"\n renotify_interval = 10\n }"), `"@slack-a"`, `"  @slack-a\n\n"`), ""},
		"query in a heredoc":           {strings.ReplaceAll(simpleWith(""), `"avg(last_5m):avg:app.load{*} > 2"`, "<<EOT\navg(last_5m):avg:app.load{*} > 2\nEOT\n"), ""},
		"metric alert":                 {strings.ReplaceAll(simpleWith(""), "query alert", "metric alert"), ""},
		"cumulative metric alert":      {strings.ReplaceAll(strings.ReplaceAll(simpleWith(`options { scheduling_options = { evaluation_window = { day_starts = "04:00" } } }`), "query alert", "metric alert"), "avg(last_5m)", "avg(current_1d)"), ""},
		"custom schedule":              {simpleWith("options {\n on_missing_data = \"default\"\n scheduling_options = { custom_schedule = { recurrences = [{ rrule = \"FREQ=DAILY\", timezone = \"UTC\" }] } }\n }"), ""},
		"new_group_delay":              {strings.ReplaceAll(simpleWith(`options { new_group_delay = 60 }`), "{*}", "{*} by {host}"), ""},
		"on_missing_data":              {simpleWith(`options { on_missing_data = "show_no_data" }`), ""},
		"default on_missing_data":      {simpleWith(`options { on_missing_data = "default" }`), ""},
		"notify_no_data":               {simpleWith("options {\n notify_no_data = true\n no_data_timeframe = 10\n }"), ""},
		"defaults":                     {simpleWith("options {\n notify_audit = false\n include_tags = true\n new_host_delay = 300\n notify_no_data = false\n require_full_window = false\n timeout_h = 0\n renotify_interval = 0\n evaluation_delay = 0\n locked = false\n }"), ""},
		"nulls in json":                {`monitor "a" { json = jsondecode("{\"name\":\"a\",\"type\":\"query alert\",\"query\":\"avg(last_5m):avg:app.lag{*} > 2\",\"priority\":null,\"restricted_roles\":null,\"options\":{\"no_data_timeframe\":null,\"threshold_windows\":null,\"renotify_interval\":null,\"timeout_h\":null,\"new_host_delay\":null}}") }`, ""},
		"tags in capitals":             {simpleWith(`tags = ["Team:Shop", "a", "B"]`), ""},
		"service check":                {fmt.Sprintf(service, "options {\n thresholds {\n critical = 3\n warning = 2\n ok = 1\n }\n }"), ""},
		"log alert":                    {fmt.Sprintf(logs, ""), ""},
		"log alert, one notification":  {fmt.Sprintf(logs, "options {\n groupby_simple_monitor = true\n enable_logs_sample = true\n }"), ""},
		"dashboard":                    {boardWith(""), ""},
		"dashboard with empty lists":   {boardWith("template_variables = []\n tags = []\n notify_list = []\n template_variable_presets = []\n restricted_roles = []\n description = \"\""), ""},
		"notify_list":                  {boardWith(`notify_list = ["b@example.com", "a@example.com"]`), ""},
		"dashboard roles":              {boardWith(`restricted_roles = ["22222222-2222-2222-2222-222222222222", "11111111-1111-1111-1111-111111111111"]`), ""},
		"tabs":                         {boardWith(`tabs = [{ name = "one", widget_ids = ["@1"] }]`), ""},
		"template variables":           {boardWith(`template_variables = [{ name = "env", prefix = "env", defaults = ["*"], available_values = [] }]`), ""},
		"reflow":                       {boardWith(`reflow_type = "auto"`), ""},
		"slo":                          {fmt.Sprintf(slo, ""), ""},
		"slo with tags":                {fmt.Sprintf(slo, `tags = ["Team:Shop", "a:b", "0"]`), ""},
		"slo with its first threshold": {fmt.Sprintf(slo, "timeframe = \"7d\"\n target_threshold = 99\n description = \"\""), ""},
		"slo with unknown key":         {fmt.Sprintf(slo, `extra = { foo = 1 }`), dropped},
		"downtime":                     {fmt.Sprintf(mute, ""), ""},
		"downtime with an end":         {fmt.Sprintf(mute, "schedule = { start = \"2099-01-01T00:00:00Z\", end = \"2099-01-02T00:00:00+00:00\" }\n message = \" x\\n\""), ""},
		"recurring downtime":           {fmt.Sprintf(mute, `schedule = { timezone = "UTC", recurrences = [{ rrule = "FREQ=DAILY", duration = "1h", start = "2099-01-01T00:00" }] }`), ""},
		"downtime with sets":           {fmt.Sprintf(mute, "notify_end_states = [\"warn\", \"alert\"]\n notify_end_types = [\"expired\", \"canceled\"]\n display_timezone = \"\""), ""},
	}
}

// TestApplySettles: after an apply, nothing is left to apply, and nothing has drifted, whatever Datadog fills, drops,
// rewrites or does not return.
func TestApplySettles(t *testing.T) {
	for name, tt := range settling() {
		t.Run(name, func(t *testing.T) {
			client, w := datadog(t), workspace(t, tt.blocks)
			p := applied(t, client, w)
			if got := actions(p.Changes); !strings.HasPrefix(got, strings.TrimSpace(strings.Replace(firstAddress(tt.blocks), " ", ".", 1))) {
				t.Fatalf("the first apply does %q", got)
			}
			confirmed, err := operation.Confirm(t.Context(), client, p, noSleep)
			if err != nil || actions(confirmed.Left) != "" {
				t.Errorf("not confirmed: %s %v %v", actions(confirmed.Left), edits(confirmed.Left), err)
			}
			checkSettled(t, client, w, tt.warnings)
			// An edit by hand to another field is drift and nothing else is.
			if !strings.HasPrefix(tt.blocks, "monitor") || strings.Contains(tt.blocks, "json") {
				return
			}
			editMonitor(t, client, map[string]any{"priority": 5})
			again := planned(t, client, input(t, w))
			if got := strings.Join(edits(again.Changes), ", "); got != "priority" {
				t.Errorf("after an edit of the priority: %q", got)
			}
			applied(t, client, w)
			checkSettled(t, client, w, tt.warnings)
		})
	}
}

func firstAddress(blocks string) string {
	words := strings.Fields(blocks)
	return words[0] + "." + strings.Trim(words[1], `"`)
}

// checkSettled checks that a plan and drift find nothing.
func checkSettled(t *testing.T, client *ddapi.Client, w *operation.Workspace, warnings string) {
	t.Helper()
	in := input(t, w)
	p := planned(t, client, in)
	if got := actions(p.Changes); got != "" {
		t.Errorf("still planned: %s: %v", got, edits(p.Changes))
	}
	if got := codes(p.Diagnostics); got != warnings {
		t.Errorf("the plan warns of %q, want %q", got, warnings)
	}
	report, _, err := operation.Drift(t.Context(), client, in.Stack, in.Now)
	if err != nil || len(report.Drifted) > 0 {
		t.Errorf("drift: %+v %v", report.Drifted, err)
	}
}

// edits lists the paths of a plan's edits.
func edits(p *plan.Plan) []string {
	var paths []string
	for i := range p.Changes {
		for _, e := range p.Changes[i].Edits {
			paths = append(paths, e.Path.String())
		}
	}
	return paths
}

// editMonitor changes the monitor a in Datadog, like a user.
func editMonitor(t *testing.T, client *ddapi.Client, fields map[string]any) {
	t.Helper()
	monitors := kind.Named("monitor")
	if _, err := client.Update(t.Context(), monitors, liveMonitor(t, client).ID, fields, nil); err != nil {
		t.Fatal(err)
	}
}

// liveMonitor returns the monitor a.
func liveMonitor(t *testing.T, client *ddapi.Client) *object.Object {
	t.Helper()
	monitors := kind.Named("monitor")
	listing, err := client.List(t.Context(), monitors, object.StackSlug("shop"))
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range listing.Owned {
		if o := plan.FromLive(monitors, raw); o.Address.Name == "a" {
			return o
		}
	}
	t.Fatal("no monitor a")
	return nil
}

// TestUnreadableChangesAreApplied: a changed value is planned and applied even if Datadog does not return it, and no
// other user is blamed for the difference.
func TestUnreadableChangesAreApplied(t *testing.T) {
	const asset, policy = `assets = [{ category = "runbook", name = "R", url = "%s" }]`, `restriction_policy = { bindings = [{ relation = "%s", principals = ["org:abc"] }] }`
	for name, tt := range map[string]struct{ field, format, before, after string }{
		"assets":             {"assets[0].url", simpleWith(asset), "/a", "/b"},
		"restriction policy": {"restriction_policy.bindings", simpleWith(policy), "editor", "viewer"},
		"dropped key":        {"foo", simpleWith(`extra = { foo = "%s" }`), "a", "b"},
		"dropped type":       {"foo", simpleWith(`extra = { foo = %s }`), "1", `"1"`},
		"another value too":  {"message, restriction_policy.bindings", strings.ReplaceAll(strings.ReplaceAll(simpleWith(policy), "%s", "%[1]s"), "@slack-a", "@%[1]s"), "editor", "viewer"},
	} {
		t.Run(name, func(t *testing.T) {
			client, w := datadog(t), workspace(t, fmt.Sprintf(tt.format, tt.before))
			applied(t, client, w)
			edit(t, w, fmt.Sprintf(tt.format, tt.after))
			in := input(t, w)
			p := planned(t, client, in)
			if got := strings.Join(edits(p.Changes), ", "); got != tt.field {
				t.Errorf("planned %q, want %q", got, tt.field)
			}
			report, _, err := operation.Drift(t.Context(), client, in.Stack, in.Now)
			if err != nil || len(report.Drifted) != 1 || report.Drifted[0].Class != plan.DriftUnapplied {
				t.Errorf("drift: %+v %v", report, err)
			}
			if r := operation.Apply(t.Context(), client, p, func(apply.Event) {}); !r.OK() {
				t.Fatalf("%+v", r)
			}
			if after := planned(t, client, input(t, w)); actions(after.Changes) != "" {
				t.Errorf("after the apply: %v", edits(after.Changes))
			}
		})
	}
}

// TestUnreadableValuesSurviveEdits: if someone removes a link in Datadog, that is drift, and an apply restores it.
func TestUnreadableValuesSurviveEdits(t *testing.T) {
	client, w := datadog(t), workspace(t, simpleWith(`assets = [{ category = "runbook", name = "R", url = "/r" }]`))
	applied(t, client, w)
	editMonitor(t, client, map[string]any{"assets": []any{}})
	p := planned(t, client, input(t, w))
	if got := strings.Join(edits(p.Changes), ", "); got != "assets[0]" || !p.Changes.Changes[0].EditedOutside {
		t.Errorf("planned %q, %+v", got, p.Changes.Changes[0])
	}
	applied(t, client, w)
	checkSettled(t, client, w, "")
}

// TestGeneratedNameStays: a name that Datadog generated stays when other fields change.
func TestGeneratedNameStays(t *testing.T) {
	nameless := strings.ReplaceAll(simpleWith(""), `name    = "a"`, "")
	client, w := datadog(t), workspace(t, nameless)
	applied(t, client, w)
	generated := liveMonitor(t, client).Body["name"]
	for _, message := range []string{"@slack-b", "@slack-c"} {
		edit(t, w, strings.ReplaceAll(nameless, "@slack-a", message))
		if got := strings.Join(edits(applied(t, client, w).Changes), ", "); got != "message" {
			t.Errorf("planned %q", got)
		}
		if live := liveMonitor(t, client); live.Body["name"] != generated || generated == "" || live.Body["message"] != message {
			t.Errorf("live %v, was named %q", live.Body, generated)
		}
	}
	edit(t, w, simpleWith(""))
	applied(t, client, w)
	if live := liveMonitor(t, client); live.Body["name"] != "a" {
		t.Errorf("named %q", live.Body["name"])
	}
	checkSettled(t, client, w, "")
}
