package config

import "context"

// Options are the inputs of Load.
type Options struct {
	// Dir is the stack's folder as the user wrote it; diagnostics name files below it.
	Dir string
	// Inputs are the --var and --var-file flags in the order in which they were given.
	Inputs []Input
	// Environ is the environment as os.Environ has it; only DDMON_VAR_name matters.
	Environ []string
	// IgnoreUndeclared ignores values of undeclared variables: values given for a newer configuration can be unknown to
	// an older one.
	IgnoreUndeclared bool
	// Context cancels the evaluation; nil never does.
	Context context.Context
}

// Input is one --var or --var-file; one of its fields is set.
type Input struct {
	Var  string // "name=value"
	File string // path of a variables file: HCL, or JSON if it ends in .json
}
