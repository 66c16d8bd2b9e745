package testfile

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/config"
)

// Stack is a stack with its tests.
type Stack struct {
	*config.Stack
	// Tests are in the order of the files and their blocks. A test with for_each appears once per key.
	Tests []Test
}

// Load reads the stack in o.Dir and its test files. As with config.Load, only Files is usable if there are errors.
func Load(o config.Options) (*Stack, hcl.Diagnostics) {
	var tests []Test
	stack, diags := config.LoadWith(o, func(e *config.Evaluation, files []*hclsyntax.Body) {
		r := &reader{stack: e, report: e.Scope.Report, stackValid: !e.Scope.Report.HasErrors()}
		tests = r.read(files)
	})
	return &Stack{stack, tests}, diags
}
