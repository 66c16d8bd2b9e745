package diag

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
)

func TestSortIsByPlace(t *testing.T) {
	at := func(file string, b int) hcl.Range {
		return hcl.Range{Filename: file, Start: hcl.Pos{Line: 1, Column: b, Byte: b}}
	}
	diags := hcl.Diagnostics{
		Error("e", "without a place", "", hcl.Range{}),
		Info("i", "lesser", "", at("a", 5)),
		Info("i", "lesser without a place", "", hcl.Range{}),
		Warning("w", "second", "", at("a", 5)),
		Warning("w", "warning without a place", "", hcl.Range{}),
		Error("e", "third", "", at("b", 0)),
		Error("e", "first", "", at("a", 5)),
	}
	Sort(diags)
	var got []string
	for _, d := range diags {
		got = append(got, d.Summary)
	}
	if d := cmp.Diff([]string{"first", "second", "lesser", "third", "without a place", "warning without a place", "lesser without a place"}, got); d != "" {
		t.Error(d)
	}
}

func TestDidYouMean(t *testing.T) {
	fields := []string{"message", "name", "query", "renotify_interval"}
	if got := DidYouMean("zebra", fields); got != "" {
		t.Error(got)
	}
	if got := DidYouMean("qery", fields); got != ` Did you mean "query"?` {
		t.Error(got)
	}
}

func TestCode(t *testing.T) {
	if got := Code(Error("x", "", "", hcl.Range{})); got != "x" {
		t.Error(got)
	}
	if got := Code(&hcl.Diagnostic{}); got != "hcl" {
		t.Error(got)
	}
}

func TestSeverityOf(t *testing.T) {
	tests := []struct {
		d    *hcl.Diagnostic
		want string
	}{
		{Error("c", "", "", hcl.Range{}), "error"},
		{Warning("c", "", "", hcl.Range{}), "warning"},
		{Info("c", "", "", hcl.Range{}), "info"},
		{About(Info("c", "", "", hcl.Range{}), "monitor.a"), "info"},
		{&hcl.Diagnostic{Severity: hcl.DiagError}, "error"},
		{&hcl.Diagnostic{Severity: hcl.DiagWarning}, "warning"},
		{&hcl.Diagnostic{Severity: hcl.DiagError, Extra: Extra{Info: true}}, "error"},
	}
	for _, c := range tests {
		if got := SeverityOf(c.d).String(); got != c.want {
			t.Errorf("SeverityOf(%+v) = %s, want %s", c.d, got, c.want)
		}
	}
	if SeverityError >= SeverityWarning || SeverityWarning >= SeverityInfo {
		t.Error("severities are not in order")
	}
}

func TestAbout(t *testing.T) {
	before := Info("c", "summary", "detail", hcl.Range{Filename: "f"})
	got := About(before, "monitor.a")
	if d := cmp.Diff(Extra{Code: "c", Address: "monitor.a", Info: true}, got.Extra); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(Extra{Code: "c", Info: true}, before.Extra); d != "" {
		t.Error("changed the diagnostic it was given: ", d)
	}
	if got.Summary != "summary" || got.Subject != before.Subject || Code(About(&hcl.Diagnostic{}, "")) != "hcl" {
		t.Error("lost something")
	}
}

// TestAddPlaces: a problem with a path says where it is, and one that was found several times says how often.
func TestAddPlaces(t *testing.T) {
	for _, tt := range []struct {
		extra any
		want  string
	}{
		{nil, "D."},
		{Extra{}, "D."},
		{Extra{File: "a.json", Count: 2}, "D."},
		{Extra{Path: "p"}, "D. Found at p."},
		{Extra{Path: "p", Count: 1}, "D. Found at p."},
		{Extra{Path: "p", Count: 2}, "D. Found 2 times, first at p."},
		{Extra{Path: "p", Count: 3, File: "a.json"}, "D. Found 3 times, first at p in a.json."},
		{Extra{Path: "p", File: "a.json"}, "D. Found at p in a.json."},
	} {
		d := &hcl.Diagnostic{Detail: "D.", Extra: tt.extra}
		if AddPlaces(hcl.Diagnostics{d}); d.Detail != tt.want {
			t.Errorf("%+v: %s", tt.extra, d.Detail)
		}
	}
}
