package kind

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddquery"
	"ddmon/internal/ddtest"
	"ddmon/internal/object"
)

// summaries formats problems as "code path", warnings with a "?" prefix.
func summaries(problems []Problem) []string {
	lines := []string{}
	for _, p := range problems {
		line := p.Code + " " + p.Path.String()
		if p.Severity == Warning {
			line = "?" + line
		}
		lines = append(lines, line)
	}
	return lines
}

const goodMonitor = `"type":"query alert","query":"avg(last_5m):avg:m{*} > 1"`

func TestCheckMonitor(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want []string
	}{
		"good":                         {`{` + goodMonitor + `,"options":{"thresholds":{"critical":1}}}`, nil},
		"unknown at the top":           {`{` + goodMonitor + `,"querry":1}`, []string{"unknown_field querry"}},
		"unknown inside":               {`{` + goodMonitor + `,"options":{"renotify":1}}`, []string{"unknown_field options.renotify"}},
		"extra takes what is new":      {`{` + goodMonitor + `,"extra":{"new":[1]},"options":{"extra":{"x":{"y":1}}}}`, nil},
		"extra is an object":           {`{` + goodMonitor + `,"extra":[1]}`, []string{"wrong_type extra"}},
		"extra is null":                {`{` + goodMonitor + `,"extra":null}`, nil},
		"extra and beside it":          {`{` + goodMonitor + `,"name":"a","extra":{"name":"b"}}`, []string{"duplicate_field extra.name"}},
		"extra fills what is required": {`{"type":"query alert","extra":{"query":"q"}}`, nil},
		"required missing":             {`{"type":"query alert"}`, []string{"missing_field query"}},
		"required null":                {`{"type":"query alert","query":null}`, []string{"missing_field query"}},
		"null is missing":              {`{` + goodMonitor + `,"name":null,"options":{"thresholds":null}}`, nil},
		"a query too long":             {`{"type":"query alert","query":"` + strings.Repeat("x", ddquery.MaxQuery+1) + `"}`, []string{"limit query"}},
		"a query long enough":          {`{"type":"query alert","query":"` + strings.Repeat("x", ddquery.MaxQuery) + `"}`, nil},
		"a message too long":           {`{` + goodMonitor + `,"message":"` + strings.Repeat("x", ddquery.MaxMessage+1) + `"}`, []string{"limit message"}},
		"an escalation too long":       {`{` + goodMonitor + `,"options":{"escalation_message":"` + strings.Repeat("x", ddquery.MaxMessage+1) + `"}}`, []string{"limit options.escalation_message"}},
		"number for a string":          {`{` + goodMonitor + `,"name":5}`, nil},
		"string for a number":          {`{` + goodMonitor + `,"options":{"thresholds":{"critical":"5"}}}`, nil},
		"word for a number":            {`{` + goodMonitor + `,"options":{"thresholds":{"critical":"6h"}}}`, []string{"wrong_type options.thresholds.critical"}},
		"fraction for an integer":      {`{` + goodMonitor + `,"priority":"60.5"}`, []string{"wrong_type priority"}},
		"bool for a number":            {`{` + goodMonitor + `,"priority":true}`, []string{"wrong_type priority"}},
		"string for a bool":            {`{` + goodMonitor + `,"options":{"notify_audit":"true"}}`, nil},
		"word for a bool":              {`{` + goodMonitor + `,"options":{"notify_audit":"yes"}}`, []string{"wrong_type options.notify_audit"}},
		"number for a bool":            {`{` + goodMonitor + `,"options":{"notify_audit":1}}`, []string{"wrong_type options.notify_audit"}},
		"string for a list":            {`{` + goodMonitor + `,"tags":"a"}`, []string{"wrong_type tags"}},
		"list for an object":           {`{` + goodMonitor + `,"options":[]}`, []string{"wrong_type options"}},
		"object for a list":            {`{` + goodMonitor + `,"tags":{}}`, []string{"wrong_type tags"}},
		"a fraction":                   {`{` + goodMonitor + `,"priority":1.5}`, []string{"wrong_type priority"}},
		"a whole number as a float":    {`{` + goodMonitor + `,"priority":2.0}`, nil},
		"element of a wrong type":      {`{` + goodMonitor + `,"tags":["a",[1]]}`, []string{"wrong_type tags[1]"}},
		"null in a list":               {`{` + goodMonitor + `,"tags":[null]}`, []string{"wrong_type tags[0]"}},
		"null in a map that allows it": {`{` + goodMonitor + `,"options":{"silenced":{"*":null}}}`, []string{"?deprecated_field options.silenced"}},
		"a map's value":                {`{` + goodMonitor + `,"options":{"silenced":{"*":"x"}}}`, []string{"?deprecated_field options.silenced", `wrong_type options.silenced["*"]`}},
		"a number both ways":           {`{` + goodMonitor + `,"options":{"renotify_interval":"0"}}`, nil},
		"no number both ways":          {`{` + goodMonitor + `,"options":{"renotify_interval":"often"}}`, []string{"wrong_type options.renotify_interval"}},
		"unknown value":                {`{"type":"metrik alert","query":"q"}`, []string{"invalid_value type"}},
		"unknown value in a list":      {`{` + goodMonitor + `,"options":{"renotify_statuses":["alert","later"]}}`, []string{"invalid_value options.renotify_statuses[1]"}},
		"deprecated":                   {`{` + goodMonitor + `,"options":{"locked":true}}`, []string{"?deprecated_field options.locked"}},
		"deprecated at its default":    {`{` + goodMonitor + `,"options":{"locked":false,"silenced":{}}}`, nil},
		"read-only":                    {`{` + goodMonitor + `,"id":5,"options":{"aggregation":{"x":1}}}`, []string{"?read_only_field id", "?read_only_field options.aggregation"}},
		"ordered by path":              {`{"zz":1,"aa":1,"type":"query alert","query":"q","tags":[{},"a",{},{},{},{},{},{},{},{},{}]}`, []string{"unknown_field aa", "wrong_type tags[0]", "wrong_type tags[2]", "wrong_type tags[3]", "wrong_type tags[4]", "wrong_type tags[5]", "wrong_type tags[6]", "wrong_type tags[7]", "wrong_type tags[8]", "wrong_type tags[9]", "wrong_type tags[10]", "unknown_field zz"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := Check(Named("monitor").Body, ddtest.Object(t, test.body), CheckOptions{})
			if test.want == nil {
				test.want = []string{}
			}
			if diff := cmp.Diff(test.want, summaries(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// inDashboard puts a widget's definition into a dashboard.
func inDashboard(definition string) string {
	return `{"title":"t","layout_type":"ordered","widgets":[{"definition":` + definition + `}]}`
}

func TestCheckDashboard(t *testing.T) {
	const w = "widgets[0].definition"
	for name, test := range map[string]struct {
		definition string
		want       []string
	}{
		"good":                 {`{"type":"note","content":"x"}`, nil},
		"required of its type": {`{"type":"note"}`, []string{"missing_field " + w + ".content"}},
		"typo in its type":     {`{"type":"note","content":"x","fontsize":"1"}`, []string{"unknown_field " + w + ".fontsize"}},
		"no type":              {`{"content":"x"}`, []string{"missing_field " + w + ".type"}},
		"type of a wrong type": {`{"type":3,"content":"x"}`, []string{"wrong_type " + w + ".type"}},
		"unknown type":         {`{"type":"timeserie","requests":[{"bad":1}]}`, []string{"invalid_value " + w + ".type"}},
		"type only in extra":   {`{"extra":{"type":"hologram","depth":3}}`, nil},
		"no object":            {`"x"`, []string{"wrong_type " + w}},
		"inside a group": {`{"type":"group","layout_type":"ordered","widgets":[{"definition":{"type":"note","content":[]}}]}`,
			[]string{"wrong_type " + w + ".widgets[0].definition.content"}},
		"a query by its data source": {`{"type":"timeseries","requests":[{"response_format":"timeseries","queries":[{"data_source":"metrics","name":"q","search":{}}]}]}`,
			[]string{"missing_field " + w + ".requests[0].queries[0].query", "unknown_field " + w + ".requests[0].queries[0].search"}},
		"an unknown data source": {`{"type":"timeseries","requests":[{"queries":[{"data_source":"metric","name":"q","query":"x"}]}]}`,
			[]string{"invalid_value " + w + ".requests[0].queries[0].data_source"}},
		"one of two definitions": {`{"type":"topology_map","requests":[{"request_type":"topology","query":{"data_source":"data_streams","service":"s","filters":[],"oops":1}}]}`,
			[]string{"unknown_field " + w + ".requests[0].query.oops"}},
		"a union of sorts":       {`{"type":"query_value","time":{"live_span":"1h"},"requests":[]}`, nil},
		"a union's wrong member": {`{"type":"query_value","time":{"type":"live","unit":"fortnight","value":1},"requests":[]}`, []string{"invalid_value " + w + ".time.unit"}},
		"deprecated with its use": {`{"type":"timeseries","requests":[{"q":"avg:m{*}"}]}`,
			[]string{"?deprecated_field " + w + ".requests[0].q"}},
		"an id is a string": {`{"type":"alert_graph","alert_id":12,"viz_type":"timeseries"}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := Check(Named("dashboard").Body, ddtest.Object(t, inDashboard(test.definition)), CheckOptions{})
			if test.want == nil {
				test.want = []string{}
			}
			if diff := cmp.Diff(test.want, summaries(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckText(t *testing.T) {
	ref := object.Text{{Ref: &object.Address{Kind: "monitor", Name: "a"}}}
	body := map[string]any{"type": ref, "query": ref, "priority": ref}
	want := []string{"wrong_type priority"}
	if diff := cmp.Diff(want, summaries(Check(Named("monitor").Body, body, CheckOptions{}))); diff != "" {
		t.Errorf("a Text is a string of unknown content (-want +got):\n%s", diff)
	}
	widget := map[string]any{"type": ref, "whatever": true}
	if got := Check(Named("dashboard").Body.Fields["widgets"].Type.Elem.Fields["definition"].Type, widget, CheckOptions{}); len(got) > 0 {
		t.Errorf("a widget whose type is not known yet: %v", summaries(got))
	}
}

// TestCheckRef: an id that is not known yet is accepted only as a number.
func TestCheckRef(t *testing.T) {
	ref := object.Ref{Of: object.Address{Kind: "monitor", Name: "a"}}
	body := map[string]any{
		"type": "query alert", "query": "q", "priority": ref, "name": ref,
		"options": map[string]any{"renotify_interval": ref, "thresholds": map[string]any{"critical": ref}, "notify_audit": ref},
	}
	want := []string{"wrong_type name", "wrong_type options.notify_audit"}
	if diff := cmp.Diff(want, summaries(Check(Named("monitor").Body, body, CheckOptions{}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCheckUnknownWarns: what is newer than the tables is a warning in an export, except for values that Datadog is
// recorded to reject.
func TestCheckUnknownWarns(t *testing.T) {
	body := ddtest.Object(t, `{"type":"new alert","query":"q","new":1,"priority":"x","options":{"on_missing_data":"newer"}}`)
	want := []string{"?unknown_field new", "?invalid_value options.on_missing_data", "wrong_type priority", "invalid_value type"}
	if diff := cmp.Diff(want, summaries(Check(Named("monitor").Body, body, CheckOptions{UnknownWarns: true}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCheckSaysWhatToDo(t *testing.T) {
	for body, want := range map[string]string{
		`{` + goodMonitor + `,"mesage":"x"}`:                              `The field "mesage" is not supported here. Did you mean "message"? If it is newer than this version of ddmon, write it in extra = { ... }.`,
		`{"type":"query alert"}`:                                          `The field "query" is required and must be a string. ` + Named("monitor").Body.Fields["query"].Note,
		`{` + goodMonitor + `,"priority":"high"}`:                         `"priority" must be an integer, not a string.`,
		`{` + goodMonitor + `,"tags":[{}]}`:                               `An element of "tags" must be a string, not an object.`,
		`{` + goodMonitor + `,"draft_status":"drafty"}`:                   `"drafty" is not a valid value for "draft_status". Use one of "draft", "published". Did you mean "draft"? If the value is newer than this version of ddmon, write extra = { draft_status = ... }.`,
		`{"type":"metrik alert","query":"q"}`:                             `"metrik alert" is not a valid value for "type". Did you mean "metric alert"?`,
		`{` + goodMonitor + `,"options":{"groupby_simple_monitor":true}}`: `Datadog has deprecated "groupby_simple_monitor". Use notify_by instead.`,
		`{` + goodMonitor + `,"created":"x"}`:                             `Only Datadog sets "created", so the value has no effect. Remove it.`,
		`{` + goodMonitor + `,"name":"a","extra":{"name":"b"}}`:           `The field "name" is set both in the object and in its extra. Remove one of them.`,
	} {
		got := Check(Named("monitor").Body, ddtest.Object(t, body), CheckOptions{})
		if len(got) != 1 || got[0].Detail != want {
			t.Errorf("%s:\n got %+v\nwant %s", body, got, want)
			continue
		}
		if words := len(strings.Fields(got[0].Summary)); words > 8 || strings.HasSuffix(got[0].Summary, ".") {
			t.Errorf("summary %q", got[0].Summary)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(`{"type":"query alert","query":"q","options":{"thresholds":{"critical":1}}}`)
	f.Add(inDashboard(`{"type":"funnel","requests":[{"query":{"data_source":"rum"}}]}`))
	f.Add(inDashboard(`{"type":"group","widgets":[{"definition":{"type":"group","widgets":[null,3]}}]}`))
	f.Add(inDashboard(`{"title_align":"left","requests":{"x":[]}}`))
	f.Add(`[{"extra":{"extra":{}}}]`)
	f.Fuzz(func(t *testing.T, text string) {
		v, err := object.Decode([]byte(text))
		if err != nil {
			return
		}
		merged := MergeExtra(v)
		for _, k := range All() {
			first := summaries(Check(k.Body, v, CheckOptions{}))
			if diff := cmp.Diff(first, summaries(Check(k.Body, v, CheckOptions{}))); diff != "" {
				t.Errorf("two runs differ: %s", diff)
			}
			Check(k.Body, merged, CheckOptions{UnknownWarns: true})
			if body, ok := v.(map[string]any); ok {
				k.Implied(body)
				k.References(body)
				k.Marker.Read(body)
			}
		}
	})
}

const typicalMonitor = `{"name":"queue is piling up","type":"query alert","query":"min(last_5m):sum:rabbitmq.queue.messages{queue:q} > 50",
"message":"something is wrong @pagerduty","priority":1,"tags":["severity:critical","service:queue-master","team:orders"],
"options":{"thresholds":{"critical":50,"warning":25},"renotify_interval":60,"on_missing_data":"default","include_tags":true,
"notify_audit":false,"new_group_delay":60,"require_full_window":false}}`

func BenchmarkCheckMonitor(b *testing.B) {
	body, typ := ddtest.Object(b, typicalMonitor), Named("monitor").Body
	b.ReportAllocs()
	for b.Loop() {
		if problems := Check(typ, body, CheckOptions{}); len(problems) > 0 {
			b.Fatal(summaries(problems))
		}
	}
}
