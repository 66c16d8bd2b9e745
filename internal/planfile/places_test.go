package planfile

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// place is a body with one sensitive value, at a path. The value is too short to be found by its text.
type place struct {
	address, before, after string
	at                     object.Path
	isSet                  bool // whether the value is in a set, which is hidden as a whole
}

// places are values at every depth: fields, elements of lists and sets, whole objects, a number. before and after differ
// in the value and in other fields.
func places() map[string]place {
	const monitor = `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5",`
	const board = `{"title":"t","layout_type":"ordered",`
	note := func(content, color string) string {
		return board + `"widgets":[{"definition":{"type":"note","content":"first"}},{"definition":{"type":"note","content":"` + content +
			`","background_color":"` + color + `"}}]}`
	}
	return map[string]place{
		"field":   {"monitor.a", monitor + `"message":"qx1","priority":1}`, monitor + `"message":"qx2","priority":2}`, object.Path{"message"}, false},
		"title":   {"monitor.a", strings.Replace(monitor, `"n"`, `"qx1"`, 1) + `"priority":1}`, strings.Replace(monitor, `"n"`, `"qx2"`, 1) + `"priority":2}`, object.Path{"name"}, false},
		"option":  {"monitor.a", monitor + `"options":{"escalation_message":"qx1","renotify_interval":10}}`, monitor + `"options":{"escalation_message":"qx2","renotify_interval":20}}`, object.Path{"options", "escalation_message"}, false},
		"object":  {"monitor.a", monitor + `"priority":1,"options":{"thresholds":{"critical":5,"warning":3.71}}}`, monitor + `"priority":2,"options":{"thresholds":{"critical":5,"warning":3.72}}}`, object.Path{"options", "thresholds"}, false},
		"number":  {"monitor.a", monitor + `"options":{"renotify_interval":371,"timeout_h":1}}`, monitor + `"options":{"renotify_interval":372,"timeout_h":2}}`, object.Path{"options", "renotify_interval"}, false},
		"set":     {"monitor.a", monitor + `"priority":1,"tags":["a","qx1"]}`, monitor + `"priority":2,"tags":["a","qx2"]}`, object.Path{"tags", 1}, true},
		"the set": {"monitor.a", monitor + `"priority":1,"tags":["a","qx1"]}`, monitor + `"priority":2,"tags":["a","qx2"]}`, object.Path{"tags"}, true},
		"element": {"dashboard.d", note("qx1", "blue"), note("qx2", "pink"), object.Path{"widgets", 1, "definition", "content"}, false},
		"widget":  {"dashboard.d", note("qx1", "blue"), note("qx2", "blue"), object.Path{"widgets", 1}, false},
		"mutes":   {"monitor.a", monitor + `"priority":1,"options":{"silenced":{"host:qx1":0},"timeout_h":1}}`, monitor + `"priority":2,"options":{"silenced":{"host:qx2":0},"timeout_h":2}}`, object.Path{"options"}, false},
		"new":     {"monitor.a", monitor + `"priority":1}`, monitor + `"priority":2,"message":"qx2"}`, object.Path{"message"}, false},
		"removed": {"monitor.a", monitor + `"message":"qx1","priority":1}`, monitor + `"priority":2,"message":""}`, object.Path{"message"}, false},
	}
}

// planned returns the plan of a place's change.
func (p place) planned(t *testing.T) (c *plan.Plan, desired, live []*object.Object) {
	desired = []*object.Object{want(t, p.address, p.after, p.at.String())}
	live = []*object.Object{owned(t, "7", p.address, p.before)}
	return build(desired, live), desired, live
}

// TestPlacesAreHidden: a value that is too short to be found by its text is hidden at its place, on both sides, in
// bodies, edits and saved plans. Nothing else is hidden, and a saved plan is restored.
func TestPlacesAreHidden(t *testing.T) {
	for name, p := range places() {
		t.Run(name, func(t *testing.T) {
			planned, desired, live := p.planned(t)
			if len(planned.Changes) != 1 || planned.Changes[0].Action != plan.Update {
				t.Fatalf("%+v", planned.Changes)
			}
			shown := (Redactor{}).Plan(planned).Plan().Changes[0]
			for _, text := range []string{"qx1", "qx2", ":371", ":372", ":3.71", ":3.72"} {
				if all := fmt.Sprint(shown.Title, shown.Before, shown.After, shown.Edits); strings.Contains(all, text) {
					t.Errorf("%s is shown: %s", text, all)
				}
				if raw := save(t, planned); bytes.Contains(raw, []byte(text)) {
					t.Errorf("%s is saved: %s", text, raw)
				}
			}
			checkOthers(t, planned.Changes[0].After, shown.After, p.at, nil)
			for _, e := range shown.Edits {
				hidden := e.Before == any(Redacted) || e.After == any(Redacted)
				touches := desired[0].Touches(e.Path)
				if hidden && !touches || touches && p.isSet && (e.Before != any(Redacted) || e.After != any(Redacted)) {
					t.Errorf("edit of %s: %v -> %v", e.Path, e.Before, e.After)
				}
			}
			s := load(t, save(t, planned))
			if stale := s.Stale(live, kind.All()); len(stale) > 0 {
				t.Errorf("stale: %v", stale)
			}
			restored, err := s.Plan(desired, live)
			if err != nil {
				t.Fatal(err)
			}
			got := restored.Changes[0]
			if w := planned.Changes[0]; !reflect.DeepEqual(w.Before, got.Before) || !reflect.DeepEqual(w.After, got.After) || w.Title != got.Title {
				t.Errorf("restored %v, want %v", got, w)
			}
		})
	}
}

// checkOthers checks that only the value at hidden is Redacted in the shown body.
func checkOthers(t *testing.T, body, shown any, hidden, at object.Path) {
	t.Helper()
	if at.String() == hidden.String() {
		if shown != any(Redacted) && body != nil {
			t.Errorf("%s is shown as %v", at, shown)
		}
		return
	}
	switch body := body.(type) {
	case map[string]any:
		object, _ := shown.(map[string]any)
		for key, e := range body {
			checkOthers(t, e, object[key], hidden, at.With(key))
		}
	case []any:
		list, _ := shown.([]any)
		for i, e := range body {
			if i < len(list) {
				checkOthers(t, e, list[i], hidden, at.With(i))
			} else {
				t.Errorf("%s is not shown", at.With(i))
			}
		}
	default:
		if !reflect.DeepEqual(body, shown) {
			t.Errorf("%s is shown as %v, not %v", at, shown, body)
		}
	}
}

// TestEditsAroundAPlace: an edit of a value that contains a sensitive one shows the rest of the value, unless it is a
// set: the elements of the two sides have different positions.
func TestEditsAroundAPlace(t *testing.T) {
	o := &object.Object{Sensitive: map[string][]string{"options.thresholds.critical": {"v"}, "tags[1]": {"v"}}}
	in := func(v any) any { return map[string]any{"critical": v, "warning": "w"} }
	const no = "other"
	for name, tt := range map[string]struct{ edit, want plan.Edit }{
		"above":           {plan.Edit{Path: object.Path{"options", "thresholds"}, Op: plan.Modify, Before: in("x"), After: in("y")}, plan.Edit{Before: in(Redacted), After: in(Redacted)}},
		"at":              {plan.Edit{Path: object.Path{"options", "thresholds", "critical"}, Op: plan.Modify, Before: "x", After: "y"}, plan.Edit{Before: Redacted, After: Redacted}},
		"next to":         {plan.Edit{Path: object.Path{"options", "thresholds", "warning"}, Op: plan.Modify, Before: no, After: no}, plan.Edit{Before: no, After: no}},
		"an element":      {plan.Edit{Path: object.Path{"tags", 1}, Op: plan.Modify, Before: "x", After: "y"}, plan.Edit{Before: Redacted, After: Redacted}},
		"another element": {plan.Edit{Path: object.Path{"tags", 0}, Op: plan.Modify, Before: "x", After: no}, plan.Edit{Before: Redacted, After: no}},
		"a list":          {plan.Edit{Path: object.Path{"tags"}, Op: plan.Modify, Before: []any{"x", "x"}, After: []any{no, "y"}}, plan.Edit{Before: []any{Redacted, Redacted}, After: []any{no, Redacted}}},
		"a set":           {plan.Edit{Path: object.Path{"tags"}, Op: plan.Modify, IsSet: true, Before: []any{"x"}, After: []any{no}}, plan.Edit{Before: Redacted, After: Redacted}},
		"another set":     {plan.Edit{Path: object.Path{"restricted_roles"}, Op: plan.Modify, IsSet: true, Before: []any{no}, After: []any{no}}, plan.Edit{Before: []any{no}, After: []any{no}}},
		"a move":          {plan.Edit{Path: object.Path{"tags", 1}, Op: plan.Move, Before: 0, After: 1}, plan.Edit{Before: 0, After: 1}},
	} {
		got := redactEdit(o, tt.edit)
		if !reflect.DeepEqual(got.Before, tt.want.Before) || !reflect.DeepEqual(got.After, tt.want.After) {
			t.Errorf("%s: %v -> %v, want %v -> %v", name, got.Before, got.After, tt.want.Before, tt.want.After)
		}
	}
}

// TestTermsAreSaved: the strings of a "type" are Datadog's terms, at every depth. A secret that equals one is not hashed
// there, but everywhere else.
func TestTermsAreSaved(t *testing.T) {
	live := owned(t, "7", "dashboard.d", `{"title":"t","layout_type":"ordered","widgets":[{"definition":{"type":"note","content":"note"}}]}`)
	monitor := owned(t, "8", "monitor.a", `{"name":"query alert","type":"query alert","query":"avg(last_5m):avg:m{*} > 5"}`)
	o := options()
	o.Secrets = map[string][]string{"a": {"query alert"}, "b": {"note"}, "c": {"ordered"}}
	var b bytes.Buffer
	if err := Save(&b, build(nil, []*object.Object{live, monitor}), o); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		`"type":"query alert"`: true, `"layout_type":"ordered"`: true, `"type":"note"`: true,
		`"name":"query alert"`: false, `"content":"note"`: false, `"title":"query alert"`: false,
	} {
		if got := bytes.Contains(b.Bytes(), []byte(text)); got != want {
			t.Errorf("%s saved: %t, want %t\n%s", text, got, want, b.Bytes())
		}
	}
}

// TestSecretsInOnePlaceOnly: a text that was sensitive is hashed wherever it is: in the title, in either body, in a
// string with references, as a number.
func TestSecretsInOnePlaceOnly(t *testing.T) {
	const hidden = "hunter2pass"
	address := object.Address{Kind: "monitor", Name: "a"}
	body := func(v any) map[string]any { return map[string]any{"name": "n", "message": v} }
	text := object.Text{{Literal: hidden + " "}, {Ref: &address}}
	for name, c := range map[string]plan.Change{
		"created":        {Action: plan.Create, Title: "n", After: body("call " + hidden), Desired: &object.Object{Address: address, Body: body("call " + hidden)}},
		"created text":   {Action: plan.Create, Title: "n", After: body(text), Desired: &object.Object{Address: address, Body: body(text)}},
		"deleted":        {Action: plan.Delete, ID: "1", Title: "n", Before: body(hidden)},
		"deleted list":   {Action: plan.Delete, ID: "1", Title: "n", Before: body([]any{"a", hidden})},
		"title":          {Action: plan.Delete, ID: "1", Title: hidden, Before: map[string]any{"name": hidden}},
		"blocked":        {Action: plan.Blocked, Title: hidden, Desired: &object.Object{Address: address, Body: map[string]any{"name": hidden}}},
		"edit, new side": {Action: plan.Update, ID: "1", Title: "n", Before: body("x"), After: body(hidden), Edits: []plan.Edit{{Path: object.Path{"message"}, Op: plan.Modify, Before: "x", After: hidden}}, Desired: &object.Object{Address: address, Body: body(hidden)}},
		"edit, old side": {Action: plan.Update, ID: "1", Title: "n", Before: body(hidden), After: body("x"), Edits: []plan.Edit{{Path: object.Path{"message"}, Op: plan.Modify, Before: hidden, After: "x"}}, Desired: &object.Object{Address: address, Body: body("x")}},
	} {
		c.Address = address
		o := options()
		o.Secrets = map[string][]string{"v": {hidden}}
		var b bytes.Buffer
		if err := Save(&b, &plan.Plan{Stack: "s", Changes: []plan.Change{c}}, o); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(b.String(), hidden) || !strings.Contains(b.String(), markSensitive) {
			t.Errorf("%s: %s", name, b.String())
		}
	}
}

// TestAnyKeyIsUsed: a plan with sensitive values needs the key that it was saved with, however short, and one without
// sensitive values needs none.
func TestAnyKeyIsUsed(t *testing.T) {
	for _, key := range []string{"", "k", "ke", planKey} {
		for _, secret := range []bool{true, false} {
			p := build(pinned(t, pin), nil)
			if !secret {
				p = build([]*object.Object{want(t, "monitor.a", `{"name":"a","type":"query alert","query":"q"}`)}, nil)
			}
			o := options()
			o.Key, o.KeyName = []byte(key), "THE_KEY"
			var b bytes.Buffer
			if err := Save(&b, p, o); err != nil {
				t.Fatal(err)
			}
			asked := false
			err := load(t, b.Bytes()).Unlock(func(string) []byte { asked = true; return []byte(key) })
			if err != nil || asked != (secret && key != "") {
				t.Errorf("key %q, secret %t: asked %t, %v", key, secret, asked, err)
			}
		}
	}
}

// TestSensitiveKeys: the keys of an open object are hashed with their values, whether they are in the configuration, in
// Datadog or in both, and restored from there. A key that is in neither cannot be restored, so the plan is not saved.
func TestSensitiveKeys(t *testing.T) {
	const head = `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","options":{"timeout_h":`
	for name, tt := range map[string]struct{ before, after string }{
		"changed": {head + `1,"qx1":"a"}}`, head + `2,"qx1":"b"}}`},
		"kept":    {head + `1,"qx1":"a"}}`, head + `2,"qx1":"a"}}`},
		"renamed": {head + `1,"qx1":"a"}}`, head + `2,"qx2":"a"}}`},
		"two":     {head + `1,"qx1":"a"}}`, head + `2,"qx1":"a","qx2":[1,{"qx3":2}]}}`},
		"new":     {head + `1}}`, head + `2,"qx2":"a"}}`},
	} {
		o := want(t, "monitor.a", tt.after)
		o.Schema, o.Sensitive = kind.Named("monitor"), map[string][]string{object.OpenKey(object.Path{"options"}): {"hook"}}
		for key := range o.Body["options"].(map[string]any) {
			o.Sensitive[object.Path{"options", key}.String()] = []string{"hook"}
		}
		desired, live := []*object.Object{o}, []*object.Object{owned(t, "7", "monitor.a", tt.before)}
		p := build(desired, live)
		raw := save(t, p)
		if shown := fmt.Sprint((Redactor{}).Plan(p).Plan().Changes[0].Edits); bytes.Contains(raw, []byte("qx")) || strings.Contains(shown, "qx") {
			t.Errorf("%s: a key is in %s or in %s", name, shown, raw)
		}
		restored, err := load(t, raw).Plan(desired, live)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, w := restored.Changes[0], p.Changes[0]; !reflect.DeepEqual(got.Before, w.Before) || !reflect.DeepEqual(got.After, w.After) {
			t.Errorf("%s: restored %v -> %v, want %v -> %v", name, got.Before, got.After, w.Before, w.After)
		}
		p.Changes[0].After = object.With(p.Changes[0].After, object.Path{"options"}, map[string]any{"qx9": "elsewhere"})
		var b bytes.Buffer
		if err := Save(&b, p, options()); err == nil || !strings.Contains(err.Error(), "neither in the configuration nor in Datadog") || strings.Contains(err.Error(), "qx9") {
			t.Errorf("%s, with a key from elsewhere: %v", name, err)
		}
	}
}
