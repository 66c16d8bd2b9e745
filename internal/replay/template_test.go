package replay

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddquery"

	"github.com/google/go-cmp/cmp"
)

func aLetter(from, to Status) *letter {
	critical, warning := 50.0, 20.5
	return &letter{
		notifier: &notifier{
			parsed: map[string]*ddquery.Template{},
			body:   fields{"priority": 2.0, "name": "Queue of {{queue.name}}"},
			limits: limits{Thresholds{Critical: &critical, Warning: &warning}, ">"},
		},
		kind: KindAlert, from: from, to: to, value: 54.25, tags: tagset{"queue:shipping-task", "dotted.key:d", "@http.code:503"},
		now: 1_700_000_120_000, first: 1_700_000_000_000, last: 1_700_000_060_000, sample: aLog(),
	}
}

// TestTemplate is monitors/notify/variables.md.
func TestTemplate(t *testing.T) {
	for _, test := range []struct {
		from, to       Status
		template, want string
	}{
		{OK, Alert, "{{value}} {{comparator}} {{threshold}}, {{warn_threshold}}", "54.25 > 50, 20.5"},
		{OK, Alert, "{{#is_alert}}a{{else}}b{{/is_alert}}{{^is_alert}}c{{/is_alert}}", "a"},
		{Alert, OK, "{{#is_alert}}a{{else}}b{{/is_alert}}{{^is_alert}}c{{/is_alert}}", "bc"},
		{Alert, OK, "{{#is_recovery}}r{{/is_recovery}}{{#is_alert_recovery}}a{{/is_alert_recovery}}{{#is_warning_recovery}}w{{/is_warning_recovery}}", "ra"},
		{NoData, OK, "{{#is_no_data_recovery}}n{{/is_no_data_recovery}}{{#is_alert_recovery}}a{{/is_alert_recovery}}", "n"},
		{Alert, Warn, "{{#is_warning}}w{{/is_warning}}{{#is_alert_to_warning}}d{{/is_alert_to_warning}}", "wd"},
		{OK, NoData, "{{#is_no_data}}n{{/is_no_data}}{{#is_unknown}}u{{/is_unknown}}{{#is_renotify}}r{{/is_renotify}}", "n"},
		{OK, Alert, `{{#is_match "queue.name" "ship" "bill"}}m{{/is_match}}{{#is_match "queue.name" "bill"}}x{{/is_match}}`, "m"},
		{OK, Alert, `{{#is_exact_match "queue.name" "shipping"}}x{{else}}no{{/is_exact_match}}`, "no"},
		{OK, Alert, `{{#is_exact_match "host.name" ""}}unset{{/is_exact_match}}{{#is_exact_match "value" "54.25"}}v{{/is_exact_match}}`, "unsetv"},
		{OK, Alert, `{{#is_priority 'P2'}}p{{/is_priority}}{{#is_priority 'P1'}}x{{/is_priority}}`, "p"},
		{OK, Alert, "{{queue.name}} {{[dotted.key].name}} {{[@http.code].name}} {{{queue.name}}} [{{host.name}}]", "shipping-task d 503 shipping-task []"},
		{OK, Alert, "{{log.message}}|{{log.service}}|{{log.attributes.http.status_code}}|{{log.tags.env}}|{{log.link}}",
			"Out of memory: killed process 42 (java) [oom-killer]|web-store|503|prod|"},
		{OK, Alert, `{{eval "value*100"}} {{eval "(threshold - value) / 0"}}x`, "5425 x"},
		{OK, Alert, "{{triggered_duration_sec}} {{first_triggered_at_epoch}} {{last_triggered_at}}", "120 1700000000 Tue Nov 14 2023 22:14:20 UTC"},
		{OK, Alert, "{{local_time 'last_triggered_at' 'Asia/Tokyo'}}", "2023-11-15 07:14:20 JST"},
		{OK, Alert, `{{urlencode "queue.name"}}{{override_priority 'P1'}}{{!-- c --}}`, "shipping-task"},
		{OK, Alert, "{{{{raw}}}}{{value}}{{{{/raw}}}}", "{{value}}"},
		{OK, Alert, "{{#is_alert}}unclosed {{value}", "unclosed {{value}"},
		{OK, Alert, "@slack-{{queue.name}} now", "@slack-shipping-task now"},
	} {
		if got := aLetter(test.from, test.to).render("message", test.template); got != test.want {
			t.Errorf("%s, from %s to %s: %q, want %q", test.template, test.from, test.to, got, test.want)
		}
	}
	if got := aLetter(OK, Alert).title(); got != "[P2] [Triggered on {queue:shipping-task,dotted.key:d,@http.code:503}] Queue of shipping-task" {
		t.Error(got)
	}
	none := aLetter(OK, NoData)
	none.value = math.NaN()
	if got := none.render("message", "[{{value}}]"); got != "[]" {
		t.Error(got)
	}
}

// TestWhoIsTold: handles are those left when the conditionals are resolved.
func TestWhoIsTold(t *testing.T) {
	rec := recorded(t, gauge("m", "", "0x40 5x40 9x40 5x40 _x40 0x40"), nil)
	m := query("avg(last_1m):avg:m{*} > 8", "on_missing_data", "show_and_notify_no_data",
		"thresholds", map[string]any{"critical": 8, "warning": 4})
	m.Body["message"] = "@all {{#is_alert}}@pagerduty-x{{/is_alert}}{{#is_warning}} @slack-w @all{{/is_warning}}{{#is_recovery}} @slack-r{{/is_recovery}}"
	var got []string
	for _, n := range replayed(t, rec, m, Options{}).Notifications {
		got = append(got, n.At.UTC().Format(time.TimeOnly)+" "+string(n.Kind)+" from "+n.From.String()+": "+strings.Join(n.Handles, " "))
	}
	want := []string{
		"00:11:00 warn from OK: @all @slack-w",
		"00:21:00 alert from Warn: @all @pagerduty-x",
		"00:31:00 warn from Alert: @all @slack-w",
		"00:41:00 no data from Warn: @all",
		"00:51:00 recovery from No Data: @all @slack-r",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestRenotify is monitors/notify/_index.md: repeated while the status lasts, as often as is said.
func TestRenotify(t *testing.T) {
	rec := recorded(t, gauge("m", "", "0x40 9x160 0x40"), nil)
	for _, test := range []struct {
		options []any
		want    string
	}{
		{nil, "00:11:00 alert,00:51:00 recovery"},
		{[]any{"renotify_interval", 15}, "00:11:00 alert,00:26:00 renotify,00:41:00 renotify,00:51:00 recovery"},
		{[]any{"renotify_interval", 15, "renotify_occurrences", 1}, "00:11:00 alert,00:26:00 renotify,00:51:00 recovery"},
		{[]any{"renotify_interval", 15, "renotify_statuses", []any{"warn"}}, "00:11:00 alert,00:51:00 recovery"},
	} {
		m := query("min(last_1m):avg:m{*} > 8", append(test.options, "escalation_message", "{{#is_renotify}}still @boss{{/is_renotify}}")...)
		var got []string
		for _, n := range replayed(t, rec, m, Options{}).Notifications {
			got = append(got, n.At.UTC().Format(time.TimeOnly)+" "+string(n.Kind))
			if slices.Contains(n.Handles, "@boss") != (n.Kind == KindRenotify) {
				t.Errorf("%s tells %v", n.Kind, n.Handles)
			}
		}
		if got := strings.Join(got, ","); got != test.want {
			t.Errorf("%v: %s", test.options, got)
		}
	}
}

// TestNotifyBy: one notification for the groups that share the tags, on the worst status of them.
func TestNotifyBy(t *testing.T) {
	rec := recorded(t, gauge("m", "host:a pod:1", "0x40 9x80 0x120")+gauge("m", "host:a pod:2", "0x80 9x80 0x80")+gauge("m", "host:b pod:3", "0x60 9x20 0x160"), nil)
	for _, test := range []struct {
		by   []any
		want string
	}{
		{nil, "00:11 host:a,pod:1 alert; 00:16 host:b,pod:3 alert; 00:21 host:a,pod:2 alert; 00:21 host:b,pod:3 recovery; 00:31 host:a,pod:1 recovery; 00:41 host:a,pod:2 recovery"},
		{[]any{"host"}, "00:11 host:a alert; 00:16 host:b alert; 00:21 host:b recovery; 00:41 host:a recovery"},
		{[]any{"*"}, "00:11 * alert; 00:41 * recovery"},
	} {
		m := query("min(last_1m):avg:m{*} by {host,pod} > 8", "notify_by", test.by)
		var got []string
		for _, n := range replayed(t, rec, m, Options{}).Notifications {
			got = append(got, n.At.UTC().Format("15:04")+" "+n.Group+" "+string(n.Kind))
		}
		if got := strings.Join(got, "; "); got != test.want {
			t.Errorf("%v: %s", test.by, got)
		}
	}
}

func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{"{{#is_alert}}@x {{value}}{{/is_alert}}", `{{eval "value*"}}`, "{{[a].name}} @a-{{b.name}}", "{{#is_match}}", "{{log.attributes.}}", "{{a.value}}", "\xff{{{{raw}}}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, message string) {
		l := aLetter(Alert, OK)
		l.composite = &composite{}
		handles(l.render("message", message))
	})
}

// TestCompositeMessage: a is the first member of the query, b the second.
func TestCompositeMessage(t *testing.T) {
	rec := recorded(t, gauge("m", "h:1", "0x40 9x200")+gauge("n", "h:1", "3x240"), nil)
	m, n := query("min(last_1m):avg:m{*} by {h} > 8"), query("min(last_1m):avg:n{*} > 2")
	n.Address, n.ID = "monitor.n", "2"
	c := Monitor{Address: "monitor.c", Body: map[string]any{
		"type": "composite", "query": "2 && 1", "name": "both", "message": "{{h.name}}: {{a.value}} {{b.value}} {{b.status}} {{c.value}} {{value}}@x",
	}}
	r, err := Run([]Monitor{c, m, n}, rec, Options{})
	if err != nil {
		t.Fatal(err)
	}
	list := r.Monitors[0].Notifications
	if len(list) != 1 || list[0].Title != "[Triggered on {h:1}] both" || list[0].Message != "1: 3 9 Alert  @x" {
		t.Errorf("%+v", list)
	}
}

// TestEventMonitor: events are searched and told of like logs.
func TestEventMonitor(t *testing.T) {
	rec := recorded(t, "events \"e\" {\n source = \"kubernetes\"\n}\n", map[string]string{
		"e": `{"timestamp": "+21m30s", "title": "Killing", "text": "Stopping container q", "tags": ["pod:q-1"]}` + "\n",
	})
	m := monitor("event-v2 alert", `events("source:kubernetes killing").rollup("count").by("pod").last("5m") > 0`, "on_missing_data", "default")
	m.Body["message"] = "{{pod.name}}: {{event.title}}, {{event.text}} {{event.tags.pod}}"
	list := replayed(t, rec, m, Options{}).Notifications
	if len(list) != 2 || list[0].Message != "q-1: Killing, Stopping container q q-1" || list[0].At.Format(time.TimeOnly) != "00:22:00" || list[1].Kind != KindRecovery {
		t.Errorf("%+v", list)
	}
}
