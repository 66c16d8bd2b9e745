package machine_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/render/machine"
)

func shown(diags ...*hcl.Diagnostic) diag.Shown {
	return diag.Show(diags, func(s string) string { return s })
}

// TestJSONKeepsText: control characters are escaped, and decode to the same text.
func TestJSONKeepsText(t *testing.T) {
	text := "a\x1b[31m\u202e\U000e0001é<b>"
	var b bytes.Buffer
	if err := machine.JSON(&b, []string{text}, ""); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || got[0] != text {
		t.Errorf("%q (%v)", got, err)
	}
	if strings.ContainsAny(b.String(), "\x1b\u202e\U000e0001") || !strings.Contains(b.String(), "é<b>") {
		t.Errorf("%q", b.String())
	}
}

func TestAnnotations(t *testing.T) {
	at := hcl.Range{Filename: "a,b.hcl", Start: hcl.Pos{Line: 1, Column: 2}, End: hcl.Pos{Line: 3, Column: 4}}
	var b bytes.Buffer
	err := machine.Annotations(&b, shown(diag.Error("code", "Bad: 5%", "One\ntwo", at), diag.Info("code", "Good", "x", hcl.Range{})),
		func(name string) string { return "stack/" + name })
	want := "::error file=stack/a%2Cb.hcl,line=1,endLine=3,col=2,endColumn=4,title=Bad%3A 5%25 [code]::One%0Atwo\n::notice title=Good [code]::x\n"
	if b.String() != want || err != nil {
		t.Errorf("%q, want %q (%v)", b.String(), want, err)
	}
	begin, end := machine.Group("a\nb")
	if begin != "::group::a\\nb\n" || end != "::endgroup::\n" {
		t.Errorf("%q %q", begin, end)
	}
}

func TestSARIFLevels(t *testing.T) {
	var b bytes.Buffer
	if err := machine.SARIF(&b, shown(diag.Error("a", "s", "d", hcl.Range{}), diag.Warning("b", "s", "d", hcl.Range{}), diag.Info("c", "s", "d", hcl.Range{})), "1", func(string) string { return "" }); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Runs []struct {
			Results []struct {
				Level string `json:"level"`
			} `json:"results"`
		} `json:"runs"`
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"error", "warning", "note"} {
		if level := got.Runs[0].Results[i].Level; level != want {
			t.Errorf("%q, want %q", level, want)
		}
	}
}

func TestNoDiagnosticsAreAList(t *testing.T) {
	var b bytes.Buffer
	if err := machine.JSON(&b, machine.JSONDiagnostics(diag.Shown{}), ""); err != nil || b.String() != "[]\n" {
		t.Errorf("%q (%v)", b.String(), err)
	}
}
