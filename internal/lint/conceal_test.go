package lint

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// findable is a stack in which much is found, which quotes the word zulu and the number 73519.
var findable = stack{
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

// TestConcealed: whatever value is sensitive, no finding quotes it; code, summary and place of every finding stay, and
// details that have nothing to do with it do.
func TestConcealed(t *testing.T) {
	all := func(objects []*object.Object) hcl.Diagnostics {
		in := inputOf(objects)
		for _, r := range Rules() {
			in.Options.Enable = append(in.Options.Enable, r.Code)
		}
		return append(Validate(in), Lint(in)...)
	}
	open := all(findable.objects(t))
	if len(open) < 15 {
		t.Fatalf("only %d findings", len(open))
	}
	concealed, kept := 0, 0
	for i, o := range findable.objects(t) {
		for _, path := range leaves(o.Body, nil) {
			objects := findable.objects(t)
			objects[i].Sensitive = map[string][]string{path.String(): {"v"}}
			found := all(objects)
			if len(found) != len(open) {
				t.Fatalf("%s %s: %d findings, want %d", o.Address, path, len(found), len(open))
			}
			for k, d := range found {
				if d.Summary != open[k].Summary || diag.Code(d) != diag.Code(open[k]) || *d.Subject != *open[k].Subject {
					t.Errorf("%s %s: %s is not %s", o.Address, path, d.Summary, open[k].Summary)
				}
				if strings.Contains(d.Detail, "detail is not shown") {
					concealed++
				} else if kept++; d.Detail != open[k].Detail {
					t.Errorf("%s %s: %s is not %s", o.Address, path, d.Detail, open[k].Detail)
				}
			}
			checkUnquoted(t, objects[i], path)
		}
	}
	if concealed == 0 || kept < concealed {
		t.Errorf("%d details are concealed and %d are kept", concealed, kept)
	}
}

// checkUnquoted replaces the sensitive value by a word that occurs nowhere else, and looks for that.
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
