package cli

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/pflag"

	"ddmon/internal/config"
	"ddmon/internal/diag"
)

// variableFlags collects --var and --var-file in the order in which they stand on the command line.
type variableFlags struct {
	inputs []config.Input
}

func (v *variableFlags) register(f *pflag.FlagSet) {
	f.Var(inputFlag{v, false}, "var", "set a variable, `NAME=VALUE`; may be repeated, later wins")
	f.Var(inputFlag{v, true}, "var-file", "read variables from `FILE`; may be repeated, later wins")
}

// inputFlag is one of the two flags as pflag wants it.
type inputFlag struct {
	all  *variableFlags
	file bool
}

func (i inputFlag) String() string { return "" }
func (i inputFlag) Type() string   { return "string" }

func (i inputFlag) Set(s string) error {
	input := config.Input{Var: s}
	if i.file {
		input = config.Input{File: s}
	}
	i.all.inputs = append(i.all.inputs, input)
	return nil
}

// load reads the stack in the working directory. Diagnostics come back sorted.
func (a *App) load(v *variableFlags) (*config.Stack, hcl.Diagnostics) {
	stack, diags := config.Load(config.Options{Dir: a.flags.dir, Inputs: v.inputs, Environ: a.Environ, Context: a.context})
	diag.Sort(diags)
	a.hide.learnStack(stack)
	return stack, diags
}
