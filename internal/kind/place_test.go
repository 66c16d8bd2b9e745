package kind

import (
	"strings"
	"testing"

	"ddmon/internal/ddtest"
)

// TestMisplacedFields: each field of a monitor's options is known at the top level and in extra, and none of them is
// answered with the advice to use extra.
func TestMisplacedFields(t *testing.T) {
	k := Named("monitor")
	options := k.Body.Fields["options"].Type
	for name, f := range options.Fields {
		if f.ReadOnly {
			continue
		}
		for place, body := range map[string]map[string]any{"top": {name: nil}, "extra": {extraKey: map[string]any{name: nil}}} {
			problems := Check(k.Body, with(with(body, "type", "query alert"), "query", "q"), CheckOptions{})
			if len(problems) != 1 || problems[0].Severity != Error || problems[0].Code != CodeUnknownField ||
				!strings.Contains(problems[0].Detail, "options { "+name) {
				t.Errorf("%s in %s: %+v", name, place, problems)
			}
		}
	}
}

// TestElsewhere: a name that the tables or Terraform know leads to its place; extra is only for other names.
func TestElsewhere(t *testing.T) {
	const monitor = `"type":"query alert","query":"q"`
	for body, want := range map[string]string{
		`{` + monitor + `,"monitor_thresholds":{}}`:                          "options { thresholds { ... } }",
		`{` + monitor + `,"extra":{"monitor_threshold_windows":{}}}`:         "options { threshold_windows { ... } }",
		`{` + monitor + `,"critical":5}`:                                     "options { thresholds { critical = ... } }",
		`{` + monitor + `,"options":{"priority":5}}`:                         "top level of the block",
		`{` + monitor + `,"options":{"extra":{"message":"x"}}}`:              "top level of the block",
		`{` + monitor + `,"options":{"thresholds":{"notify_no_data":true}}}`: "options { notify_no_data = ... }",
		`{` + monitor + `,"newer":1}`:                                        "extra = { ... }",
		`{` + monitor + `,"extra":{"newer":1}}`:                              "",
		`{` + monitor + `,"extra":{"priority":1}}`:                           "",
		`{` + monitor + `,"options":{"variables":[{"data_source":"logs","name":"a","compute":{"aggregation":"count"},"event_query":{}}]}}`: "directly in variables",
	} {
		problems := Check(Named("monitor").Body, ddtest.Object(t, body), CheckOptions{})
		switch {
		case want == "" && len(problems) == 0:
		case want == "" || len(problems) != 1 || !strings.Contains(problems[0].Detail, want):
			t.Errorf("%s: %+v", body, problems)
		}
	}
}
