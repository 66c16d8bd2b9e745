package planfile

import (
	"strings"
	"testing"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// TestRedactor: sensitive strings are redacted in live bodies, edits and titles, but not in Datadog's own terms.
func TestRedactor(t *testing.T) {
	hide := func(s string) string { return strings.ReplaceAll(s, "hunter2", Redacted) }
	redactor := Redactor{String: hide, Mixed: func(s string) string { return s }}
	body := map[string]any{"type": "hunter2", "name": "is hunter2", "tags": []any{"hunter2"}}
	p := &plan.Plan{Changes: []plan.Change{{
		Action: plan.Delete, Title: "is hunter2", Before: body,
		Edits: []plan.Edit{{Path: object.Path{"name"}, Op: plan.Modify, Before: "hunter2", After: "x"}},
	}}}
	c := redactor.Plan(p).Plan().Changes[0]
	if c.Title != "is "+Redacted || c.Before["name"] != "is "+Redacted || c.Before["tags"].([]any)[0] != Redacted || c.Edits[0].Before != Redacted {
		t.Errorf("%+v", c)
	}
	if c.Before["type"] != "hunter2" {
		t.Error("the type is redacted, although it is a Datadog term")
	}
	if body["name"] != "is hunter2" || p.Changes[0].Title != "is hunter2" {
		t.Error("the given plan was changed")
	}
	if (Redactor{}).Plan(nil).Plan() != nil || (Redactor{}).Base(nil).Base() != nil {
		t.Error("a nil plan is shown")
	}
	base := redactor.Base(&plan.Base{Name: "main", Config: p, Drift: p})
	if base.Base().Name != "main" || base.Config().Plan().Changes[0].Title != "is "+Redacted || base.Drift().Plan().Changes[0].Title != "is "+Redacted {
		t.Errorf("%+v", base.Base())
	}
}

// TestRedactorKeepsRedacted: a secret that is part of Redacted does not change values that are already redacted.
func TestRedactorKeepsRedacted(t *testing.T) {
	redactor := Redactor{String: func(s string) string { return strings.ReplaceAll(s, "value", Redacted) }}
	desired := &object.Object{Body: map[string]any{"name": "value"}, Sensitive: map[string][]string{"name": {"v"}}}
	p := &plan.Plan{Changes: []plan.Change{{Action: plan.Update, Before: map[string]any{"name": "value"}, After: desired.Body, Desired: desired,
		Edits: []plan.Edit{{Path: object.Path{"name"}, Op: plan.Modify, Before: "value", After: "value"}}}}}
	if c := redactor.Plan(p).Plan().Changes[0]; c.Before["name"] != Redacted || c.Edits[0].Before != Redacted || c.Title != Redacted {
		t.Errorf("%+v", c)
	}
}

func TestRedactorDrift(t *testing.T) {
	hide := func(s string) string { return strings.ReplaceAll(s, "hunter2", Redacted) }
	a := object.Address{Kind: "monitor", Name: "a"}
	titled := &object.Object{Address: a, Body: map[string]any{"name": "abc"}, Sensitive: map[string][]string{"name": {"v"}, "options.silenced": {"v"}}}
	r := &plan.DriftReport{
		Drifted:  []plan.Drifted{{Address: a, Title: "abc", Paths: []string{"hunter2"}}, {Title: "hunter2"}},
		Silenced: []plan.Silenced{{Address: a, Title: "abc", Scope: "host:a"}, {Title: "b", Scope: "hunter2"}},
	}
	got := Redactor{String: hide, Mixed: hide}.Drift(r, map[object.Address]*object.Object{a: titled}).Report()
	for _, text := range []string{got.Drifted[0].Title, got.Drifted[0].Paths[0], got.Drifted[1].Title, got.Silenced[0].Title, got.Silenced[0].Scope, got.Silenced[1].Scope} {
		if text != Redacted {
			t.Errorf("%q in %+v", text, got)
		}
	}
	if got.Silenced[1].Title != "b" || r.Drifted[0].Title != "abc" || r.Drifted[0].Paths[0] != "hunter2" || r.Silenced[0].Scope != "host:a" {
		t.Errorf("%+v of %+v", got, r)
	}
}
