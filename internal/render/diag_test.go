package render_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

// TestCarets: carets are below what they mark, whatever the widths of the characters before and in it.
func TestCarets(t *testing.T) {
	for source, want := range map[string]string{
		"x = bad":                        "      1 | x = bad\n        |     ^^^\n",
		"/* 日本 */ x = bad":               "      1 | /* 日本 */ x = bad\n        |                ^^^\n",
		"/* 👩\u200d🚀 a\u0308 */ x = bad": "      1 | /* 👩\u200d🚀 a\u0308 */ x = bad\n        |                ^^^\n",
		"/* \x1b[31m */ x = bad":         "      1 | /* \\x1b[31m */ x = bad\n        |                    ^^^\n",
		"\tx = bad":                      "      1 |  x = bad\n        |      ^^^\n",
	} {
		file, _ := hclsyntax.ParseConfig([]byte(source), "f", hcl.InitialPos)
		attributes, _ := file.Body.JustAttributes()
		d := diag.Error("code", "Bad", "Detail.", attributes["x"].Expr.Range())
		var out bytes.Buffer
		if err := terminal.Diagnostics(&out, map[string]*hcl.File{"f": file}, showDiags(hcl.Diagnostics{d}), safe.Style{}); err != nil {
			t.Fatal(err)
		}
		_, got, _ := bytes.Cut(out.Bytes(), []byte("  f:1:"))
		_, got, _ = bytes.Cut(got, []byte("\n"))
		if d := cmp.Diff(want+"  Detail.\n\n", string(got)); d != "" {
			t.Errorf("%q: %s", source, d)
		}
	}
}
