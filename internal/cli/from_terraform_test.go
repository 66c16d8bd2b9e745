package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"ddmon/internal/kind"
)

// TestFromTerraform: the configuration of examples/from-terraform is that of the Terraform module in the same folder,
// except for the headers of blocks and the nesting of options. TestStacks checks that it can be applied.
func TestFromTerraform(t *testing.T) {
	dir := filepath.Join(repository, "examples", "from-terraform")
	for terraform, converted := range map[string]string{
		"locals.tf": "locals.hcl", "variables.tf": "variables.hcl", "prod.auto.tfvars": "prod.auto.vars.hcl",
	} {
		if d := cmp.Diff(readText(t, dir, terraform), readText(t, dir, converted)); d != "" {
			t.Errorf("%s and %s differ (-terraform +ddmon)\n%s", terraform, converted, d)
		}
	}
	terraform, monitors := flattened(t, readText(t, dir, "main.tf"))
	converted, same := flattened(t, readText(t, dir, "main.hcl"))
	if d := cmp.Diff(terraform, converted); d != "" {
		t.Errorf("main.tf and main.hcl differ (-terraform +ddmon)\n%s", d)
	}
	if monitors != 12 || same != 12 {
		t.Errorf("%d resources in main.tf and %d monitors in main.hcl, want 12", monitors, same)
	}
}

func readText(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// terraformWords are the names of Terraform's provider that are shorter in Datadog's API.
var terraformWords = map[string]string{
	"datadog_monitor": "monitor", "monitor_thresholds": "thresholds", "monitor_threshold_windows": "threshold_windows",
}

// flattened returns all attributes of the monitors in a file as lines "monitor.NAME.PATH = EXPRESSION", with the names
// and places of Datadog's API, sorted, and the number of monitors.
func flattened(t *testing.T, source string) (lines []string, monitors int) {
	t.Helper()
	file, diags := hclwrite.ParseConfig([]byte(source), "main", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var walk func(body *hclwrite.Body, path []string)
	walk = func(body *hclwrite.Body, path []string) {
		for name, a := range body.Attributes() {
			lines = append(lines, strings.Join(append(path, name), ".")+" = "+words(a.Expr().BuildTokens(nil)))
		}
		for _, b := range body.Blocks() {
			walk(b.Body(), slices.Concat(path, []string{b.Type()}, b.Labels()))
		}
	}
	for _, b := range file.Body().Blocks() {
		walk(b.Body(), b.Labels()[len(b.Labels())-1:])
		monitors++
	}
	for i, line := range lines {
		lines[i] = inPlace(line)
	}
	slices.Sort(lines)
	return lines, monitors
}

// inPlace moves an option at the top level of a monitor into options.
func inPlace(line string) string {
	path, expression, _ := strings.Cut(line, " = ")
	steps := strings.Split(path, ".")
	for i, s := range steps {
		if shorter, ok := terraformWords[s]; ok {
			steps[i] = shorter
		}
	}
	name := steps[1]
	if name == "dynamic" {
		name = steps[2]
	}
	body := kind.Named("monitor").Body
	if body.Fields[name] == nil && body.Fields["options"].Type.Fields[name] != nil {
		steps = slices.Insert(steps, 1, "options")
	}
	return strings.Join(steps, ".") + " = " + expression
}

// words writes an expression without its indentation, and with the names of Datadog's API in references.
func words(tokens hclwrite.Tokens) string {
	var out []string
	for _, token := range tokens {
		word := string(token.Bytes)
		if shorter, ok := terraformWords[word]; ok && token.Type == hclsyntax.TokenIdent {
			word = shorter
		}
		out = append(out, word)
	}
	return strings.Join(out, " ")
}
