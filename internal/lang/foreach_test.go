package lang

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
)

func TestForEach(t *testing.T) {
	for text, want := range map[string]string{
		`{ b = 1, a = 2 }`:          "a b",
		`toset(["y", "x"])`:         "x y",
		`{}`:                        "",
		`toset([])`:                 "",
		`{ a = var.s }`:             "a",
		`{ a = monitor.o.id }`:      "a",
		`tomap({ a = "1" })`:        "a",
		`["a"]`:                     "!must be a map, such as",
		`5`:                         "!must be a map, such as",
		`toset([1])`:                "!must be a map, such as",
		`null`:                      "!is null",
		`toset([null, "a"])`:        "!Key of for_each is null",
		`{ (var.s) = 1 }`:           "!Sensitive for_each",
		`toset([var.s])`:            "!Sensitive for_each",
		`sensitive({ a = 1 })`:      "!Sensitive for_each",
		`toset(["${var.s}-x"])`:     "!Sensitive for_each",
		`{ a = 1, b = [], c = "" }`: "a b c",
	} {
		s := newTestScope(nil)
		value, diags := evaluateIn(t, s, text)
		if len(diags) > 0 {
			t.Fatalf("%s: %s", text, describe(diags))
		}
		in := ForEach(value, s.Report, hcl.Range{})
		problems := describe(s.Report.Diagnostics())
		if says, wrong := strings.CutPrefix(want, "!"); wrong {
			if in != nil || !strings.Contains(problems, says) {
				t.Errorf("%s: want %q, got %v %s", text, says, in, problems)
			}
			continue
		}
		if in == nil || strings.Join(in.Keys, " ") != want || len(in.Values) != len(in.Keys) || !in.Keyed || problems != "" {
			t.Errorf("%s: want %s, got %v %s", text, want, in, problems)
		}
	}
}

func TestEach(t *testing.T) {
	if SingleInstance().Each(0) != nil {
		t.Error("a block without for_each has no each")
	}
	each := UnknownInstances().Each(0)["each"]
	if each.GetAttr("key").IsKnown() || each.GetAttr("value").IsKnown() {
		t.Errorf("each is %#v", each)
	}
	s := newTestScope(nil)
	value, _ := evaluateIn(t, s, `{ a = 3, b = sensitive(4) }`)
	in := ForEach(value, s.Report, hcl.Range{})
	if each := in.Each(1)["each"]; each.GetAttr("key").AsString() != "b" || !HasSensitive(each) || HasSensitive(in.Each(0)["each"]) {
		t.Errorf("each is %#v", each)
	}
}

func TestExamples(t *testing.T) {
	for want, n := range map[string]int{"Its for_each is empty.": 0, `Its keys: "k", "k".`: 2, `It has 6 keys, including "k", "k", "k", "k", "k".`: 6} {
		in := &Instances{Keyed: true, Keys: slices.Repeat([]string{"k"}, n)}
		if got := in.Examples(); got != " "+want {
			t.Errorf("%d keys: %s", n, got)
		}
	}
}

// TestDynamic checks which values a dynamic block can be repeated over.
func TestDynamic(t *testing.T) {
	for text, code := range map[string]string{
		`["a"]`: "", `{ a = 1 }`: "", `toset(["a"])`: "", `[]`: "", `[monitor.o.id, var.s]`: "",
		`5`: "invalid_for_each", `null`: "invalid_for_each", `sensitive(["a"])`: "invalid_for_each",
	} {
		value, diags := evaluateIn(t, newTestScope(nil), text)
		if len(diags) > 0 {
			t.Fatalf("%s: %s", text, describe(diags))
		}
		if fault := DynamicFault(value); (fault == nil) != (code == "") || fault != nil && fault.Code != code {
			t.Errorf("%s: want %q, got %+v", text, code, fault)
		}
	}
}
