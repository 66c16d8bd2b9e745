package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/object"
)

// TestChosenBySensitiveValue: a value that a sensitive value selects is sensitive too, however it is selected.
func TestChosenBySensitiveValue(t *testing.T) {
	const stack = `
stack "s" {}
variable "k" {
  sensitive = true
  default   = "b"
}
variable "yes" {
  type      = bool
  sensitive = true
  default   = true
}
variable "n" {
  type      = number
  sensitive = true
  default   = 1
}
locals {
  o    = { a = "first", b = "second" }
  list = ["first", "second"]
  map  = tomap({ a = "first", b = "second" })
  deep = { a = { x = "first" }, b = { x = "second" } }
}
`
	files := map[string]string{
		"index.tmpl": "see ${o[k]}", "deep.tmpl": "see ${deep[k].x}", "if.tmpl": "see %{ if yes }first%{ else }second%{ endif }",
		"for.tmpl": "see %{ for key, v in o }%{ if key == k }${v}%{ endif }%{ endfor }", "open.tmpl": "see ${o.a}", "choose.tmpl": "${[for x in [k] : o[x]][0]}",
	}
	for expr, sensitive := range map[string]bool{
		`local.o[var.k]`: true, `local.map[var.k]`: true, `local.list[var.n]`: true, `local.deep[var.k].x`: true, `local.deep[var.k]["x"]`: true,
		`lookup(local.o, var.k)`: true, `lookup(local.map, var.k, "x")`: true, `element(local.list, var.n)`: true, `slice(local.list, 0, var.n)[0]`: true,
		`var.yes ? "first" : "second"`: true, `var.k == "b" ? "first" : "second"`: true, `"%{ if var.yes }first%{ else }second%{ endif }"`: true,
		`[for k, v in local.o : v if k == var.k][0]`: true, `join("", [for k, v in local.o : v if k == var.k])`: true,
		`{ for k, v in local.o : v => k if k == var.k }["second"]`: true, `[for x in [var.k] : local.o[x]][0]`: true,
		`try(local.o[var.k], "x")`: true, `can(local.o[var.k]) ? "first" : "second"`: true, `one([for k in keys(local.o) : k if k == var.k])`: true,
		`index(["a", "b"], var.k) == 1 ? "first" : "second"`: true, `contains(["b"], var.k) ? "first" : "second"`: true,
		`tostring(length(var.k))`: true, `tostring(length([var.k]) > 0)`: false, `substr(var.k, 0, 1)`: true, `tostring(startswith(var.k, "b"))`: true,
		`values({ for k, v in local.o : k => v if k == var.k })[0]`: true, `coalesce(var.k == "b" ? "first" : "", "second")`: true,
		`templatefile("index.tmpl", { o = local.o, k = var.k })`: true, `templatefile("deep.tmpl", { deep = local.deep, k = var.k })`: true,
		`templatefile("if.tmpl", { yes = var.yes })`: true, `templatefile("for.tmpl", { o = local.o, k = var.k })`: true,
		`templatefile("choose.tmpl", { o = local.o, k = var.k })`: true, `templatefile("open.tmpl", { o = local.o, k = var.k })`: false,
		`format("%s", local.o[var.k])`: true, `upper(local.o[var.k])`: true, `jsonencode({ x = local.o[var.k] })`: true, `local.o["a"]`: false,
	} {
		s, diags := loadChosen(t, stack+monitorWith("  message = "+expr), files)
		if diags != "" {
			t.Errorf("%s: %s", expr, diags)
			continue
		}
		if got := s.Objects[0].IsSensitive(object.Path{"message"}); got != sensitive {
			t.Errorf("%s: sensitive %t, want %t (%v)", expr, got, sensitive, s.Objects[0].Body["message"])
		}
	}
	// Output shows the keys of for_each, so sensitive values must not select them.
	for _, expr := range []string{
		`toset([local.o[var.k]])`, `{ for k, v in local.o : k => v if k == var.k }`, `toset([for k in ["a", "b"] : k if k == var.k])`, `toset([var.k])`,
		`{ (var.k) = 1 }`, `var.yes ? { a = 1 } : { b = 1 }`, `{ (local.o[var.k]) = 1 }`, `toset(keys({ (var.k) = 1 }))`, `zipmap([var.k], ["x"])`,
		`local.deep[var.k]`, `toset(slice(local.list, 0, var.n))`, `toset([templatefile("index.tmpl", { o = local.o, k = var.k })])`,
		`{ for x in [var.k] : local.o[x] => 1 }`, `toset(values({ x = local.o[var.k] }))`, `merge({ a = 1 }, { (local.o[var.k]) = 2 })`,
	} {
		s, diags := loadChosen(t, stack+monitorWith("  for_each = "+expr), files)
		if diags == "" || strings.Contains(diags, "second") || !strings.Contains(diags, "sensitive") {
			t.Errorf("for_each = %s: %q, %d objects", expr, diags, len(s.Objects))
		}
	}
}

func loadChosen(t *testing.T, text string, files map[string]string) (*Stack, string) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "main.hcl"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, diags := Load(Options{Dir: dir})
	if !diags.HasErrors() {
		return s, ""
	}
	return s, diags.Error()
}
