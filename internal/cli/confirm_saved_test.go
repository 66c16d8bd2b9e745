package cli_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestSavedPlanIsConfirmed: after a saved plan was applied, its objects are compared with the files again. If the files
// have changed since, in any field, the object has remaining changes.
func TestSavedPlanIsConfirmed(t *testing.T) {
	const threshold = `monitor "a" {
  name  = "a"
  type  = "query alert"
  query = "avg(last_5m):avg:app.queue{*} > 5"
  options {
    thresholds { warning = $ }
  }
}
`
	const tag = `monitor "a" {
  name  = "a"
  type  = "query alert"
  query = "avg(last_5m):avg:app.queue{*} > 5"
  tags  = ["n:$", "team:b"]
}
`
	const board = `dashboard "a" {
  title       = "a"
  layout_type = "ordered"
  group "g" {
    widget "note" { content = "$" }
  }
}
`
	for name, source := range map[string]string{"a number": threshold, "an element": tag, "a nested widget": board} {
		t.Run(name, func(t *testing.T) {
			dir, host := t.TempDir(), box(t).URL
			saved := filepath.Join(dir, "saved.json")
			say := func(value string) { writeStack(t, dir, strings.ReplaceAll(source, "$", value)) }
			for _, step := range []struct {
				value string
				args  []string
				code  int
				want  string
			}{
				{"1", []string{"apply", "--auto-approve"}, 0, "Apply complete!"},
				{"2", []string{"plan", "--out", saved}, 0, "1 to change"},
				{"3", []string{"apply", saved}, 1, "All changes of the plan were applied."},
				{"2", []string{"plan", "--detailed-exitcode"}, 0, "No changes."},
				{"3", []string{"plan", "--detailed-exitcode"}, 2, "1 to change"},
			} {
				say(step.value)
				code, stdout, stderr := against(t, dir, host, nil, step.args...)
				if code != step.code || !strings.Contains(stdout+stderr, step.want) {
					t.Fatalf("%q with %s: exit code %d, want %d and %q\n%s%s", step.args, step.value, code, step.code, step.want, stdout, stderr)
				}
			}
		})
	}
}
