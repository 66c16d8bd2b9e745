package testfile

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/config"
)

// Stack is a stack with its tests.
type Stack struct {
	*config.Stack
	// Tests are in the order of the files and their blocks. A test with for_each appears once per key.
	Tests []Test
	// Problems are the diagnostics of the test files and of the variables that tests set. config.Load reports the rest.
	Problems hcl.Diagnostics
}

// Load reads the stack in o.Dir and its test files. As with config.Load, only Files is usable if there are errors.
func Load(o config.Options) (*Stack, hcl.Diagnostics) {
	var tests []Test
	known := map[*hcl.Diagnostic]bool{}
	stack, diags := config.LoadWith(o, func(e *config.Evaluation, files []*hclsyntax.Body) {
		for _, d := range e.Scope.Report.Diagnostics() {
			known[d] = d.Subject == nil || !strings.HasSuffix(d.Subject.Filename, config.TestSuffix)
		}
		r := &reader{stack: e, report: e.Scope.Report, stackValid: !e.Scope.Report.HasErrors()}
		tests = r.read(files)
	})
	return &Stack{stack, tests, slices.DeleteFunc(slices.Clone(diags), func(d *hcl.Diagnostic) bool { return known[d] })}, diags
}
