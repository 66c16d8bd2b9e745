package lang

import "testing"

// TestIndexMarks checks that values selected by a sensitive key are sensitive, however they are selected. var.s is "a".
func TestIndexMarks(t *testing.T) {
	files := folderOf(t, map[string]string{"index.tmpl": "see ${o[k]}", "open.tmpl": "see ${o.a}"})
	for text, sensitive := range map[string]bool{
		`local.o[var.s]`: true, `local.map[var.s]`: true, `local.deep[var.s].x`: true, `[for k in [var.s] : local.o[k]][0]`: true, `lookup(local.o, var.s)`: true,
		`{ for k, v in local.o : v => k if k == var.s }["first"]`: true, `try(local.o[var.s], "x")`: true, `can(local.o[var.s]) ? "first" : "second"`: true,
		`templatefile("index.tmpl", { o = local.o, k = var.s })`: true, `templatefile("open.tmpl", { o = local.o, k = var.s })`: false,
		`local.o["a"]`: false, `local.o.b`: false, `[for k in ["a"] : local.o[k]][0]`: false,
	} {
		s := newTestScope(files)
		withLocals(t, s, map[string]string{
			"o": `{ a = "first", b = "second" }`, "map": `tomap({ a = "first", b = "second" })`, "deep": `{ a = { x = "first" }, b = { x = "second" } }`,
		})
		value, diags := evaluateIn(t, s, text)
		if len(diags) > 0 || HasSensitive(value) != sensitive {
			t.Errorf("%s: sensitive %t, want %t\n%s", text, HasSensitive(value), sensitive, describe(diags))
		}
	}
}
