package explain

import (
	"encoding/json"
	"strings"
	"testing"

	"ddmon/internal/object"
)

// TestObjectHidesSecrets: the explanation omits whatever part of a monitor is sensitive and lists the omitted fields.
func TestObjectHidesSecrets(t *testing.T) {
	body := decode(t, []byte(`{"name":"load zulu","type":"query alert","priority":4,"query":"avg(last_5m):avg:app.zulu{key:zulu} by {zulu} > 73519",
		"message":"{{#is_alert}}call @zulu{{/is_alert}} {{value}}","tags":["zulu"],"options":{"thresholds":{"critical":73519,"warning":1234},
		"notify_by":["zulu"],"renotify_interval":4711,"evaluation_delay":4711,"escalation_message":"@zulu","notify_no_data":true,"no_data_timeframe":4711}}`))
	for path, secrets := range map[string][]string{
		"name":                       {"load zulu"},
		"priority":                   {"priority is 4"},
		"query":                      {"app.zulu", "key:zulu"},
		"message":                    {"call"},
		"options.thresholds.warning": {"1,234", "1234"},
		"options.thresholds":         {"1,234", "1234"},
		"options":                    {"4711", "4,711", "1,234", "1234"},
		"options.notify_by[0]":       nil,
		"options.escalation_message": nil,
		"options.renotify_interval":  nil,
		"options.evaluation_delay":   nil,
		"options.notify_no_data":     nil,
		"tags[0]":                    nil,
	} {
		o := &object.Object{Body: body, Sensitive: map[string][]string{path: {"v"}}}
		raw, err := json.Marshal(Object(o, called))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if strings.Contains(string(raw), secret) {
				t.Errorf("%s: %q is in %s", path, secret, raw)
			}
		}
		if !strings.Contains(string(raw), "`"+path+"`") {
			t.Errorf("%s is not named in %s", path, raw)
		}
	}
	open := &object.Object{Body: body}
	if got, want := show(Object(open, called)), show(Monitor(body, called)); got != want {
		t.Errorf("without secrets: %s, want %s", got, want)
	}
}

// TestObjectSaysWhatIsHidden: each option whose value would change a sentence makes it say so, and no other option does.
func TestObjectSaysWhatIsHidden(t *testing.T) {
	body := decode(t, []byte(`{"name":"n","type":"query alert","query":"avg(last_5m):avg:app.load{*} > 3","message":"@slack-ops",
		"options":{"on_missing_data":"show_no_data","notify_no_data":true,"no_data_timeframe":10,"renotify_interval":10,"renotify_statuses":["alert"],
		"renotify_occurrences":3,"evaluation_delay":60,"timeout_h":2}}`))
	const missing, renotify = "Its handling of missing data depends on a sensitive value", "Renotification depends on a sensitive value"
	shown := show(Monitor(body, called))
	for option := range body["options"].(map[string]any) {
		got := show(Object(&object.Object{Body: body, Sensitive: map[string][]string{"options." + option: {"v"}}}, called))
		hidesMissing := option == "on_missing_data" || option == "notify_no_data" || option == "no_data_timeframe"
		if strings.Contains(got, missing) != hidesMissing || strings.Contains(got, renotify) != strings.HasPrefix(option, "renotify") {
			t.Errorf("%s: %s", option, got)
		}
		if strings.Contains(shown, missing) || strings.Contains(shown, renotify) {
			t.Error(shown)
		}
	}
}

// TestObjectSaysThatRecipientsAreHidden: a sensitive message can have recipients, so the explanation must not deny
// them.
func TestObjectSaysThatRecipientsAreHidden(t *testing.T) {
	body := decode(t, []byte(`{"name":"n","type":"query alert","query":"avg(last_5m):avg:app.load{*} > 3","message":"@slack-ops",
		"options":{"renotify_interval":10,"escalation_message":"@pagerduty"}}`))
	for path, want := range map[string]string{
		"message":                    "Its message is a sensitive value, so its recipients are not shown.",
		"options.escalation_message": "The escalation message is a sensitive value, so its recipients are not shown.",
	} {
		got := show(Object(&object.Object{Body: body, Sensitive: map[string][]string{path: {"v"}}}, called))
		if !strings.Contains(got, want) || strings.Contains(got, "No one") {
			t.Errorf("%s: %s", path, got)
		}
	}
	body = decode(t, []byte(`{"name":"n","type":"query alert","query":"avg(last_5m):avg:app.load{*} > 3","message":"@slack-ops","priority":2,
		"options":{"renotify_interval":10,"notify_no_data":true,"no_data_timeframe":10}}`))
	for path, not := range map[string]string{
		"priority": "has no priority", "options.notify_no_data": "keeps its last state", "options.renotify_interval": "Renotifies every", "options": "keeps its last state",
	} {
		got := show(Object(&object.Object{Body: body, Sensitive: map[string][]string{path: {"v"}}}, called))
		if strings.Contains(got, not) || !strings.Contains(got, "sensitive value") {
			t.Errorf("%s: %s", path, got)
		}
	}
	o := &object.Object{Body: body, Sensitive: map[string][]string{"*": {"v"}, "message": {"v"}, "options": {"v"}}}
	if got := show(Object(o, called)); strings.Contains(got, "No one") {
		t.Error(got)
	}
}
