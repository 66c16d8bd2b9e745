package lint

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// noisyStack has many findings, which quote the word zulu and the number 73519.
var noisyStack = stack{
	"monitor.a": `{"name":"zulu  {{zulu.name}}","type":"metric alert","query":"avg(last_5m):avg:system.load.1{zulu:ZULU} by {zulu} > 73519",
		"message":"{{#is_zulu}}@zulu-x{{/is_zulu}} {{zulu}} {zulu} @Zulu","tags":["Zulu:A","zulu b","zulu"],"priority":73519,
		"options":{"thresholds":{"critical":73519,"warning":73520,"critical_recovery":73521},"renotify_interval":0,"escalation_message":"zulu",
			"no_data_timeframe":1,"notify_no_data":true,"evaluation_delay":73519,"new_group_delay":73519}}`,
	"monitor.b": `{"name":"b","type":"query alert","query":"avg(last_5m):avg:system.load.1{zulu:ZULU} by {zulu} > 73519","message":"@zulu"}`,
	"monitor.c": `{"name":"c","type":"composite","query":"73519 && ${monitor.a.id}","message":"{{zulu.value}} @zulu"}`,
	"monitor.d": `{"name":"d","type":"query alert","query":"sum(last_5m):sum:zulu{zulu}.as_count( > 73519","message":"@zulu"}`,
	"dashboard.d": `{"title":"zulu","layout_type":"ordered","template_variables":[{"name":"zulu","prefix":"zulu"}],"widgets":[
		{"definition":{"type":"timeseries","requests":[{"q":"avg:zulu{$zulu2,zulu"},{"queries":[{"data_source":"metrics","name":"zulu","query":"avg:zulu{$other}"}],
			"formulas":[{"formula":"zulu2 * 73519"}]}]}},
		{"definition":{"type":"alert_value","alert_id":"73519"}}]}`,
}

// TestRedacted: no finding quotes a sensitive value, whichever value is sensitive. All codes, summaries and locations
// are unchanged, and so are details that do not depend on it.
func TestRedacted(t *testing.T) {
	all := func(objects []*object.Object) hcl.Diagnostics {
		in := inputOf(objects)
		for _, r := range Rules() {
			in.Options.Enable = append(in.Options.Enable, r.Code)
		}
		return append(Validate(in), Lint(in)...)
	}
	want := all(noisyStack.objects(t))
	if len(want) < 15 {
		t.Fatalf("only %d findings", len(want))
	}
	redacted, kept := 0, 0
	for i, o := range noisyStack.objects(t) {
		for _, path := range leaves(o.Body, nil) {
			objects := noisyStack.objects(t)
			objects[i].Sensitive = map[string][]string{path.String(): {"v"}}
			found := all(objects)
			if len(found) != len(want) {
				t.Fatalf("%s %s: %d findings, want %d", o.Address, path, len(found), len(want))
			}
			for k, d := range found {
				if d.Summary != want[k].Summary || diag.Code(d) != diag.Code(want[k]) || *d.Subject != *want[k].Subject {
					t.Errorf("%s %s: got %s, want %s", o.Address, path, d.Summary, want[k].Summary)
				}
				if strings.Contains(d.Detail, "is not shown") {
					redacted++
				} else if kept++; d.Detail != want[k].Detail {
					t.Errorf("%s %s: got %s, want %s", o.Address, path, d.Detail, want[k].Detail)
				}
			}
			checkUnquoted(t, objects[i], path)
		}
	}
	if redacted == 0 || kept < redacted {
		t.Errorf("%d details redacted, %d kept", redacted, kept)
	}
}

// checkUnquoted replaces the sensitive value with a unique word and searches the findings for it.
func checkUnquoted(t *testing.T, o *object.Object, path object.Path) {
	t.Helper()
	word := "Xq7-Word"
	text, ok := path.In(o.Body).(string)
	if !ok {
		return
	}
	changed := newObject(o.Address, replacedAt(o.Body, path, strings.NewReplacer("zulu", word, "Zulu", word, "ZULU", word).Replace(text)).(map[string]any))
	changed.Sensitive = o.Sensitive
	for _, d := range append(Validate(inputOf([]*object.Object{changed})), Lint(inputOf([]*object.Object{changed}))...) {
		if strings.Contains(strings.ToLower(d.Summary+d.Detail), strings.ToLower(word)) {
			t.Errorf("%s %s: %s: %s", o.Address, path, diag.Code(d), d.Detail)
		}
	}
}

func leaves(v any, p object.Path) []object.Path {
	var all []object.Path
	switch v := v.(type) {
	case map[string]any:
		for _, key := range object.SortedKeys(v) {
			all = append(all, leaves(v[key], p.With(key))...)
		}
	case []any:
		for i, e := range v {
			all = append(all, leaves(e, p.With(i))...)
		}
	case string, json.Number, bool, object.Text:
		all = append(all, p)
	}
	return all
}

func replacedAt(v any, p object.Path, with any) any {
	if len(p) == 0 {
		return with
	}
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, e := range v {
			out[k] = e
		}
		out[p[0].(string)] = replacedAt(v[p[0].(string)], p[1:], with)
		return out
	case []any:
		out := append([]any(nil), v...)
		out[p[0].(int)] = replacedAt(v[p[0].(int)], p[1:], with)
		return out
	}
	return v
}
