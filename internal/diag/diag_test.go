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
		Warning("w", "second", "", at("a", 5)),
		Error("e", "third", "", at("b", 0)),
		Error("e", "first", "", at("a", 5)),
	}
	Sort(diags)
	var got []string
	for _, d := range diags {
		got = append(got, d.Summary)
	}
	if d := cmp.Diff([]string{"first", "second", "third", "without a place"}, got); d != "" {
		t.Error(d)
	}
}

func TestSuggest(t *testing.T) {
	fields := []string{"message", "name", "query", "renotify_interval"}
	tests := map[string]string{"mesage": "message", "nam": "name", "renotfy_intervall": "renotify_interval", "zebra": ""}
	for written, want := range tests {
		if got := Suggest(written, fields); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", written, got, want)
		}
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
