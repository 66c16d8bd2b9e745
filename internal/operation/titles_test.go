package operation

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// TestWithoutSecretTitles: sensitive titles are redacted in diagnostics, however short; other titles are not.
func TestWithoutSecretTitles(t *testing.T) {
	about := func(name string) *hcl.Diagnostic {
		return &hcl.Diagnostic{Detail: `There is "x" and "y".`, Extra: diag.Extra{Address: "monitor." + name}}
	}
	change := func(name, title string, sensitive map[string][]string) plan.Change {
		a := object.Address{Kind: "monitor", Name: name}
		return plan.Change{Address: a, Title: title, Desired: &object.Object{Address: a, Body: map[string]any{"name": title}, Sensitive: sensitive}}
	}
	p := &plan.Plan{Changes: []plan.Change{change("a", "x", map[string][]string{"name": {"v"}}), change("b", "y", nil)}}
	in := hcl.Diagnostics{about("a"), about("b")}
	out := withoutSecretTitles(in, p)
	if strings.Contains(out[0].Detail, `"x"`) || !strings.Contains(out[0].Detail, `"y"`) || out[1].Detail != in[1].Detail {
		t.Error(out[0].Detail, out[1].Detail)
	}
	if !strings.Contains(in[0].Detail, `"x"`) {
		t.Error("the diagnostic that was passed in is changed")
	}
}

// TestFieldNamedIn: the field of a message is the most specific one that matches.
func TestFieldNamedIn(t *testing.T) {
	for message, want := range map[string]string{
		"The value provided for parameter 'query' is invalid":                "query",
		"Alert threshold (5.0) does not match that used in the query (6.0).": "options.thresholds.critical",
		"Warning threshold (7.0) must be below":                              "options.thresholds.warning",
		"invalid evaluation_window in query":                                 "options.scheduling_options",
		"The value provided for parameter 'type' is invalid":                 "type",
		"too many tags":      "tags",
		"something is wrong": "",
	} {
		if got := fieldNamedIn(message).String(); got != want {
			t.Errorf("%s: %q, want %q", message, got, want)
		}
	}
}
