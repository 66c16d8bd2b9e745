package planfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// TestRoundTrip: a loaded plan equals the saved one, except for the bodies of no-ops.
func TestRoundTrip(t *testing.T) {
	desired, live := everything(t)
	for name, p := range map[string]*plan.Plan{"build": build(desired, live), "empty": {Stack: "s", Changes: []plan.Change{}}} {
		t.Run(name, func(t *testing.T) {
			s := load(t, save(t, p))
			got, err := s.Plan(desired, live)
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Stale(live, kind.All())) > 0 {
				t.Errorf("stale: %v", s.Stale(live, kind.All()))
			}
			for i := range p.Changes {
				w, g := p.Changes[i], got.Changes[i]
				if w.Action == plan.NoOp {
					w.Before, w.After = nil, nil
				}
				// DeepEqual distinguishes null from an empty list.
				if !reflect.DeepEqual(w.Before, g.Before) || !reflect.DeepEqual(w.After, g.After) || !reflect.DeepEqual(w.Edits, g.Edits) {
					t.Errorf("%s: bodies differ:\n%s", w.Address, cmp.Diff(w, g, cmpopts.IgnoreFields(plan.Change{}, "Desired")))
				}
				if diff := cmp.Diff(w, g, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(object.Object{}, "Ranges")); diff != "" {
					t.Errorf("saved -, loaded +:\n%s", diff)
				}
			}
		})
	}
}

func TestEveryActionIsCovered(t *testing.T) {
	desired, live := everything(t)
	got := map[plan.Action]bool{}
	ops := map[plan.Op]bool{}
	for _, c := range build(desired, live).Changes {
		got[c.Action] = true
		for _, e := range c.Edits {
			ops[e.Op] = true
		}
	}
	if len(got) != 5 || len(ops) != 4 {
		t.Errorf("actions %v, edits %v", got, ops)
	}
}

// TestDestroy: the plan of a destroy takes sensitive paths from the configuration, and respects prevent_destroy.
func TestDestroy(t *testing.T) {
	desired, live := everything(t)
	desired[0].Lifecycle.PreventDestroy = true
	p, _ := plan.BuildDestroy(plan.Input{Stack: "s", Kinds: kind.All(), Desired: desired, Live: live})
	got, err := load(t, save(t, p)).Plan(desired, live)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("saved -, loaded +:\n%s", diff)
	}
}

// TestSecretsStayOut: the file contains no part of a sensitive value, at known and at unknown paths.
func TestSecretsStayOut(t *testing.T) {
	desired, live := everything(t)
	raw := save(t, build(desired, live))
	for _, text := range []string{secret, "s3cr3t", "hook.example"} {
		if bytes.Contains(raw, []byte(text)) {
			t.Errorf("%q is in %s", text, raw)
		}
	}
	if n := bytes.Count(raw, []byte(markSensitive)); n < 10 {
		t.Errorf("only %d values are hashed: %s", n, raw)
	}
	other := options()
	other.Salt = []byte("fedcba9876543210")
	var again bytes.Buffer
	if err := Save(&again, build(desired, live), other); err != nil {
		t.Fatal(err)
	}
	key := deriveKey(nil, salt())
	hash := hashAt(key, locationOf(objecttest.Address(t, "monitor.replace"), object.Path{"name"}), digest(key, secret))
	if !bytes.Contains(raw, []byte(hash)) || bytes.Contains(again.Bytes(), []byte(hash)) {
		t.Error("the hashes do not depend on the salt")
	}
}

func TestMismatch(t *testing.T) {
	desired, live := everything(t)
	s := load(t, save(t, build(desired, live)))
	tests := []struct {
		name          string
		desired, live []*object.Object
		want          []string
	}{
		{"another value", changed(t, desired, "call other"), live, []string{
			"monitor.update: message uses the sensitive variable hook, whose value changed after the plan was made"}},
		{"no live objects", desired, nil, []string{
			"monitor.gone: message has a sensitive value in Datadog that changed", "monitor.replace: name has a sensitive value in Datadog that changed"}},
		{"no configuration", nil, live, []string{"monitor.composite: message uses", "dashboard.d: widgets[1].definition uses"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := s.Plan(tt.desired, tt.live)
			var mismatch *MismatchError
			if !errors.As(err, &mismatch) {
				t.Fatalf("got %v", err)
			}
			for _, text := range tt.want {
				if !strings.Contains(err.Error(), text) {
					t.Errorf("no %q in %v", text, err)
				}
			}
			if strings.Contains(err.Error(), secret) {
				t.Errorf("the error contains the secret: %v", err)
			}
		})
	}
}

// changed sets the message of monitor.update in the configuration only.
func changed(t *testing.T, desired []*object.Object, message string) []*object.Object {
	t.Helper()
	out := append([]*object.Object(nil), desired...)
	o := *out[3]
	o.Body = object.With(o.Body, object.Path{"message"}, message)
	out[3] = &o
	return out
}

// TestLiveIsNotUsedForConfig: a value of the configuration is not restored from Datadog, even if Datadog has it too.
func TestLiveIsNotUsedForConfig(t *testing.T) {
	live := owned(t, "1", "monitor.a", `{"name":"a","type":"query alert","query":"q","message":"SECRET"}`)
	planned := want(t, "monitor.a", `{"name":"b","type":"query alert","query":"q","message":"SECRET"}`, "message")
	s := load(t, save(t, build([]*object.Object{planned}, []*object.Object{live})))
	rotated := want(t, "monitor.a", `{"name":"b","type":"query alert","query":"q","message":"rotated"}`, "message")
	if _, err := s.Plan([]*object.Object{rotated}, []*object.Object{live}); err == nil {
		t.Error("the old value was taken from Datadog")
	}
}

// signed returns a file with a valid checksum, to test the checks after that.
func signed(content string) string {
	return `{"ddmon_plan":"` + SavedVersion + `","checksum":"` + checksum([]byte(content)) + `","plan":` + content + "}\n"
}

func TestLoadRefuses(t *testing.T) {
	desired, live := everything(t)
	good := string(save(t, build(desired, live)))
	var e envelope
	if err := json.Unmarshal([]byte(good), &e); err != nil {
		t.Fatal(err)
	}
	content := string(e.Plan)
	if signed(content) != good {
		t.Fatal("the helper does not write what Save writes")
	}
	edit := func(old, replacement string) string {
		if !strings.Contains(content, old) {
			t.Fatalf("no %q in %s", old, content)
		}
		return signed(strings.Replace(content, old, replacement, 1))
	}
	tests := []struct {
		name, file string
		want       error
	}{
		{"empty", "", ErrNoPlan},
		{"text", "hello", ErrNoPlan},
		{"list", "[]", ErrNoPlan},
		{"output of --json", `{"format_version":"1.0","changes":[]}`, ErrNoPlan},
		{"other version", strings.Replace(good, `"ddmon_plan":"4"`, `"ddmon_plan":"3"`, 1), ErrVersion},
		{"truncated", good[:len(good)/2], ErrCorrupt},
		{"without line end", strings.TrimSuffix(good, "\n"), ErrCorrupt},
		{"edited", strings.Replace(good, `"update"`, `"delete"`, 1), ErrCorrupt},
		{"text after", good + "x", ErrCorrupt},
		{"a value after", good + "{}", ErrCorrupt},
		{"space after", good + " ", ErrCorrupt},
		{"key in the envelope", strings.Replace(good, `,"plan":`, `,"more":1,"plan":`, 1), ErrCorrupt},
		{"key twice in the envelope", strings.Replace(good, `{"ddmon_plan":"4"`, `{"ddmon_plan":"4","ddmon_plan":"4"`, 1), ErrCorrupt},
		{"other tables", edit(kind.TablesVersion(), "0000.0000"), ErrTables},
		{"unknown key", edit(`"stack":"s"`, `"stack":"s","more":1`), ErrCorrupt},
		{"key twice", edit(`"stack":"s"`, `"stack":"x","stack":"s"`), ErrCorrupt},
		{"key twice in a body", edit(`"priority":2`, `"priority":1,"priority":2`), ErrCorrupt},
		{"key in other case", edit(`"stack":"s"`, `"Stack":"s"`), ErrCorrupt},
		{"unknown action", edit(`"action":"update"`, `"action":"explode"`), ErrCorrupt},
		{"action that does not match", edit(`"action":"update"`, `"action":"create"`), ErrCorrupt},
		{"invalid module", edit(`"kind":"dashboard"`, `"module":"shipping","kind":"dashboard"`), ErrCorrupt},
		{"unknown kind", edit(`"kind":"dashboard"`, `"kind":"notebook"`), ErrCorrupt},
		{"unknown edit", edit(`"op":"change"`, `"op":"turn"`), ErrCorrupt},
		{"negative index", edit(`"op":"move","before":`, `"op":"move","before":-`), ErrCorrupt},
		{"unknown mark", edit(`{"ddmon:object":`, `{"ddmon:thing":`), ErrCorrupt},
		{"short salt", edit(`"salt":"30313233343536373839616263646566"`, `"salt":"3031"`), ErrCorrupt},
		{"damaged hash", edit(`"hash":"`, `"hash":"0`), ErrCorrupt},
		{"null", signed("null"), ErrTables},
		{"large", strings.Repeat(" ", MaxSize+1), ErrNoPlan},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Load(strings.NewReader(tt.file)); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// TestEveryByteIsChecked: a change of any byte of the file is detected.
func TestEveryByteIsChecked(t *testing.T) {
	raw := save(t, build([]*object.Object{want(t, "monitor.a", `{"name":"a","type":"query alert","query":"q"}`)}, nil))
	for i := range raw {
		raw[i] ^= 1
		if _, err := Load(bytes.NewReader(raw)); err == nil {
			t.Errorf("byte %d can be changed", i)
		}
		raw[i] ^= 1
		if _, err := Load(bytes.NewReader(raw[:i])); err == nil {
			t.Errorf("the file can be truncated at byte %d", i)
		}
	}
}

// TestEditedFileFailsTheChecksum: the error of an edited file names the checksum, not the version.
func TestEditedFileFailsTheChecksum(t *testing.T) {
	raw := save(t, &plan.Plan{Stack: "s"})
	_, err := Load(bytes.NewReader(bytes.Replace(raw, []byte(`"stack":"s"`), []byte(`"stack":"t"`), 1)))
	if err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("got %v", err)
	}
}

func TestCheck(t *testing.T) {
	s := load(t, save(t, &plan.Plan{Stack: "s"}))
	if err := s.Check("s", "1.2.3", "here"); err != nil {
		t.Error(err)
	}
	if err := s.Check("other", "1.2.3", "here"); err == nil || !strings.Contains(err.Error(), `stack "other"`) {
		t.Errorf("got %v", err)
	}
	if err := s.Check("s", "1.2.3", "there"); err == nil || !strings.Contains(err.Error(), "made for here, but this is there") {
		t.Error(err)
	}
	if err := s.Check("s", "1.2.4", "here"); err == nil || !strings.Contains(err.Error(), "ddmon 1.2.3") {
		t.Errorf("got %v", err)
	}
}

func TestSaveRefuses(t *testing.T) {
	create := func(v any) *plan.Plan {
		return &plan.Plan{Changes: []plan.Change{{Address: object.Address{Kind: "monitor", Name: "a"}, Action: plan.Create,
			After: map[string]any{"name": v}}}}
	}
	tests := []struct {
		name string
		p    *plan.Plan
		salt []byte
	}{
		{"short salt", create("x"), []byte("short")},
		{"not UTF-8", create("\xff"), salt()},
		{"unsupported type", create(1.5), salt()},
		{"the same address twice", &plan.Plan{Changes: append(create("x").Changes, create("x").Changes...)}, salt()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := options()
			o.Salt = tt.salt
			var b bytes.Buffer
			if err := Save(&b, tt.p, o); err == nil || b.Len() > 0 {
				t.Errorf("got %v and %s", err, b.String())
			}
		})
	}
}

func FuzzLoad(f *testing.F) {
	t := &testing.T{}
	desired, live := everything(t)
	raw := save(t, build(desired, live))
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		f.Fatal(err)
	}
	small := save(t, build(desired[:1], nil))
	f.Add(raw)
	f.Add([]byte(e.Plan))
	f.Add(small)
	f.Add(small[bytes.Index(small, []byte(`{"ddmon_version"`)) : len(small)-2])
	f.Add([]byte(`{"format_version":"1.0"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, file := range []string{string(raw), signed(string(raw))} {
			s, err := Load(strings.NewReader(file))
			if err != nil {
				continue
			}
			for _, with := range [][]*object.Object{nil, live} {
				s.Stale(with, kind.All())
				if p, err := s.Plan(desired, with); err == nil && len(p.Changes) != len(s.changes) {
					t.Errorf("%d changes of %d", len(p.Changes), len(s.changes))
				}
			}
			again, err := s.encode()
			if err != nil || string(again) != file {
				t.Errorf("%v: loaded %s, would save %s", err, file, again)
			}
		}
	})
}

// TestSecretsInOtherForms: an object without a block contains a value in another notation, or as a key.
func TestSecretsInOtherForms(t *testing.T) {
	const body = `{"type":"query alert","query":"avg(last_5m):avg:m{*} > 5","name":"n","message":%s,"options":{"silenced":%s}}`
	for name, tt := range map[string]struct{ value, message, silenced, hidden string }{
		"trimmed":     {"hunter2pass\n", `"call hunter2pass"`, `{}`, "hunter2pass"},
		"one line":    {"first\nhunter2pass\nlast", `"call hunter2pass"`, `{}`, "hunter2pass"},
		"inside JSON": {`hunt"er2pass`, `"{\"k\":\"hunt\\\"er2pass\"}"`, `{}`, "er2pass"},
		"as a key":    {"hunter2pass", `"m"`, `{"host:hunter2pass":null}`, "hunter2pass"},
	} {
		live := owned(t, "1", "monitor.a", fmt.Sprintf(body, tt.message, tt.silenced))
		p, _ := plan.Build(plan.Input{Stack: "s", Kinds: kind.All(), Live: []*object.Object{live}})
		var out bytes.Buffer
		o := SaveOptions{Tool: "1", Salt: salt(), Secrets: map[string][]string{"hook": {tt.value}}}
		if err := Save(&out, p, o); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(out.String(), tt.hidden) {
			t.Errorf("%s: %s", name, out.String())
		}
		saved, err := Load(&out)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if again, err := saved.Plan(nil, []*object.Object{live}); err != nil || !object.Equal(again.Changes[0].Before, p.Changes[0].Before) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
