package planfile

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

const (
	planKey = "0123456789abcdef0123456789abcdef"
	pin     = "4711"
)

// keyed saves a plan with a key.
func keyed(t *testing.T, p *plan.Plan) []byte {
	t.Helper()
	o := options()
	o.Key, o.KeyName = []byte(planKey), "THE_KEY"
	var b bytes.Buffer
	if err := Save(&b, p, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pinned(t *testing.T, value string) []*object.Object {
	return []*object.Object{want(t, "monitor.a", `{"name":"a","type":"query alert","query":"q","message":"`+value+`"}`, "message")}
}

// TestKeyIsNeeded: a plan can be applied only with the key that it was saved with. Without sensitive values it needs
// none.
func TestKeyIsNeeded(t *testing.T) {
	raw := keyed(t, build(pinned(t, pin), nil))
	for name, tt := range map[string]struct{ key, want string }{
		"right":   {planKey, ""},
		"other":   {planKey + "0", "another THE_KEY"},
		"missing": {"", "THE_KEY, which is not set"},
	} {
		s := load(t, raw)
		err := s.Unlock(func(asked string) []byte {
			if asked != "THE_KEY" {
				t.Errorf("asked for %q", asked)
			}
			return []byte(tt.key)
		})
		if (err == nil) != (tt.want == "") || err != nil && (!errors.Is(err, ErrKey) || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %v", name, err)
		}
		p, err := s.Plan(pinned(t, pin), nil)
		if tt.want != "" {
			if err == nil {
				t.Errorf("%s: the plan was restored", name)
			}
			continue
		}
		if err != nil || p.Changes[0].After["message"] != pin {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := s.Plan(pinned(t, "4712"), nil); err == nil {
			t.Errorf("%s: a rotated value was accepted", name)
		}
	}
	open := want(t, "monitor.a", `{"name":"a","type":"query alert","query":"q"}`)
	s := load(t, keyed(t, build([]*object.Object{open}, nil)))
	if err := s.Unlock(func(string) []byte { t.Error("asked for a key"); return nil }); err != nil {
		t.Error(err)
	}
}

// TestHashesResistGuessing: trying all values of four digits does not find the secret in a file, which contains the
// salt. If the plan was saved without a key, it does.
func TestHashesResistGuessing(t *testing.T) {
	found := func(raw []byte) bool {
		var e envelope
		var w planJSON
		if err := errors.Join(json.Unmarshal(raw, &e), json.Unmarshal(e.Plan, &w)); err != nil {
			t.Fatal(err)
		}
		salt, _ := hex.DecodeString(w.Salt)
		for i := range 10_000 {
			guess := fmt.Sprintf("%04d", i)
			for _, key := range [][]byte{salt, deriveKey(nil, salt), deriveKey(salt, salt), deriveKey([]byte(w.KeyCheck), salt)} {
				for _, c := range w.Changes {
					if bytes.Contains(raw, []byte(hashAt(key, locationOf(new(decoder).address(c.Address), object.Path{"message"}), digest(key, guess)))) {
						return true
					}
				}
			}
		}
		return false
	}
	if found(keyed(t, build(pinned(t, pin), nil))) {
		t.Error("the secret was guessed")
	}
	if !found(save(t, build(pinned(t, pin), nil))) {
		t.Error("the test does not find a secret saved without a key")
	}
}

// TestSecretsAtUnknownPaths: a string of a sensitive variable is kept out of the file even where it is not marked: in a
// new object, in a string with a reference, in upper case, as a number.
func TestSecretsAtUnknownPaths(t *testing.T) {
	ref := objecttest.Address(t, "monitor.other")
	head := `{"name":"a","type":"query alert","query":"q",`
	reference := want(t, "monitor.a", head+`"message":"m"}`)
	reference.Body["message"] = object.Text{{Literal: "call hunter2pass "}, {Ref: &ref}}
	for name, o := range map[string]*object.Object{
		"created":   want(t, "monitor.a", head+`"message":"call hunter2pass"}`),
		"reference": reference,
		"case":      want(t, "monitor.a", head+`"message":"call HUNTER2PASS"}`),
		"number":    want(t, "monitor.a", head+`"options":{"timeout_h":73519}}`),
		"in a list": want(t, "monitor.a", head+`"tags":["a","x:hunter2pass"]}`),
	} {
		so := options()
		so.Secrets = map[string][]string{"hook": {"hunter2pass", "73519"}}
		p := build([]*object.Object{o}, nil)
		var b bytes.Buffer
		if err := Save(&b, p, so); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if text := strings.ToLower(b.String()); strings.Contains(text, "hunter2pass") || strings.Contains(text, ":73519") {
			t.Errorf("%s: %s", name, text)
		}
		again, err := load(t, b.Bytes()).Plan([]*object.Object{o}, nil)
		if err != nil || !object.Equal(again.Changes[0].After, p.Changes[0].After) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSecretNamedAsField: a secret that equals a field name hides the values that contain it, but not the body.
func TestSecretNamedAsField(t *testing.T) {
	so := options()
	so.Secrets = map[string][]string{"hook": {"message", "type", "tags"}}
	o := want(t, "monitor.a", `{"name":"a","type":"query alert","query":"q","message":"the message","tags":["a"]}`)
	var b bytes.Buffer
	if err := Save(&b, build([]*object.Object{o}, nil), so); err != nil {
		t.Fatal(err)
	}
	if _, err := load(t, b.Bytes()).Plan([]*object.Object{o}, nil); err != nil {
		t.Error(err)
	}
}

// TestShownHidesBothSides: a single secret hides the values on both sides: in a list, an object, an empty list and a
// null.
func TestShownHidesBothSides(t *testing.T) {
	live := owned(t, "1", "monitor.a", `{"name":"a","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","message":"abc","priority":3,
		"tags":["x:abc"],"options":{"silenced":{"abc":null},"timeout_h":5,"notify_audit":true}}`)
	for _, at := range []string{"message", "priority", "tags", "tags[0]", "options", "options.timeout_h", "options.notify_audit"} {
		o := want(t, "monitor.a", `{"name":"a","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","message":"xyz","priority":4,"tags":["x:xyz"],
			"options":{"timeout_h":6,"notify_audit":false}}`, at)
		shown := Redactor{}.Plan(build([]*object.Object{o}, []*object.Object{live})).Plan()
		c := shown.Changes[0]
		path := object.Path{strings.Split(strings.Split(at, ".")[0], "[")[0]}
		if _, key, ok := strings.Cut(at, "."); ok {
			path = path.With(key)
		}
		for side, body := range map[string]map[string]any{"before": c.Before, "after": c.After} {
			v := path.In(body)
			if list, ok := v.([]any); ok {
				v = list[0]
			}
			if v != Redacted {
				t.Errorf("%s %s: %v", at, side, v)
			}
		}
		for _, e := range c.Edits {
			if o.Touches(e.Path) && (!hides(e.Before) || !hides(e.After)) {
				t.Errorf("%s: the edit of %s shows %v and %v", at, e.Path, e.Before, e.After)
			}
		}
	}
}

// TestShownHidesAtOtherIndices: in the live body, a sensitive list element can have another index.
func TestShownHidesAtOtherIndices(t *testing.T) {
	live := owned(t, "1", "monitor.a", `{"name":"a","type":"query alert","query":"q","tags":["x:abc","a"]}`)
	o := want(t, "monitor.a", `{"name":"b","type":"query alert","query":"q","tags":["a","x:abc"]}`, "tags[1]")
	c := Redactor{}.Plan(build([]*object.Object{o}, []*object.Object{live})).Plan().Changes[0]
	if tags, _ := c.Before["tags"].([]any); len(tags) == 0 || tags[0] != Redacted {
		t.Errorf("before: %v", c.Before["tags"])
	}
	if tags, _ := c.After["tags"].([]any); len(tags) < 2 || tags[0] != "a" || tags[1] != Redacted {
		t.Errorf("after: %v", c.After["tags"])
	}
}

// TestShownHidesKeys: no path, shown or saved, contains the keys of a sensitive object. Its edits are shown as one.
func TestShownHidesKeys(t *testing.T) {
	live := owned(t, "1", "monitor.a", `{"name":"a","type":"query alert","query":"q","options":{"variables":[{"name":"n","e5e":"y"}]}}`)
	o := want(t, "monitor.a", `{"name":"a","type":"query alert","query":"q","options":{"variables":[{"name":"n","w8k":{"w8k":2},"e5e":"x"}]}}`,
		"options.variables[0]")
	p := build([]*object.Object{o}, []*object.Object{live})
	if len(p.Changes[0].Edits) < 2 {
		t.Fatalf("the edits: %v", p.Changes[0].Edits)
	}
	raw, err := json.Marshal(New(Redactor{}.Plan(p), "1"))
	if err != nil {
		t.Fatal(err)
	}
	saved := string(save(t, p))
	for _, key := range []string{"w8k", "e5e"} {
		if strings.Contains(string(raw), key) || strings.Contains(saved, key) {
			t.Errorf("%s is in\n%s\n%s", key, raw, saved)
		}
	}
	if n := len(Redactor{}.Plan(p).Plan().Changes[0].Edits); n != 1 {
		t.Errorf("%d edits", n)
	}
	again, err := load(t, []byte(saved)).Plan([]*object.Object{o}, []*object.Object{live})
	if err != nil || !object.Equal(again.Changes[0].After, p.Changes[0].After) {
		t.Errorf("%v", err)
	}
}

// hides reports whether a side of an edit shows no sensitive value.
func hides(v any) bool { return v == nil || v == Redacted }

// TestEqualSecretsHaveDifferentHashes: a file does not show which of its sensitive values are equal.
func TestEqualSecretsHaveDifferentHashes(t *testing.T) {
	const source = `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","message":"4711","options":{"escalation_message":"4711"}}`
	desired := []*object.Object{want(t, "monitor.a", source, "message", "options.escalation_message"), want(t, "monitor.b", source, "message", "options.escalation_message")}
	var file struct {
		Plan struct {
			Changes []struct {
				After struct {
					Message hashedValue `json:"message"`
					Options struct {
						Escalation hashedValue `json:"escalation_message"`
					} `json:"options"`
				} `json:"after"`
			} `json:"changes"`
		} `json:"plan"`
	}
	raw := keyed(t, build(desired, nil))
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	hashes := map[string]bool{}
	for _, c := range file.Plan.Changes {
		hashes[c.After.Message.Hash], hashes[c.After.Options.Escalation.Hash] = true, true
	}
	if len(hashes) != 4 || hashes[""] {
		t.Errorf("%d different hashes, want 4, in %s", len(hashes), raw)
	}
}

// TestAddressesInFiles: an address with a module, a key or a shortened slug is restored unchanged.
func TestAddressesInFiles(t *testing.T) {
	for _, a := range []object.Address{
		objecttest.Address(t, "monitor.a"), objecttest.Address(t, `dashboard.a[""]`), objecttest.Address(t, `module.m["e.u"].module.n.monitor.a["k"]`),
		{Kind: "monitor", Name: "monitor:m:" + strings.Repeat("k", 136) + "//0123"},
	} {
		raw, err := json.Marshal(encodeAddress(a))
		if err != nil {
			t.Fatal(err)
		}
		var w addressJSON
		if err := json.Unmarshal(raw, &w); err != nil {
			t.Fatal(err)
		}
		var d decoder
		if got := d.address(w); got != a || d.err != nil {
			t.Errorf("%s is read as %#v (%v)", raw, got, d.err)
		}
	}
	var d decoder
	if d.address(addressJSON{Module: `module.m["`, Kind: "monitor", Name: "a"}); d.err == nil {
		t.Error("an incomplete module path is accepted")
	}
}
