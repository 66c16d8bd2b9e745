package config

import "context"

// Options says what to load.
type Options struct {
	// Dir is the stack's folder, as a person would write it; diagnostics name files below it.
	Dir string
	// Inputs are the --var and --var-file flags in the order in which they were given.
	Inputs []Input
	// Environ is the environment as os.Environ has it; only DDMON_VAR_name matters.
	Environ []string
	// PassUndeclared passes over values for variables that are not declared: what is given to a newer configuration
	// may mean nothing to an older one.
	PassUndeclared bool
	// Context ends the evaluation early; nil never does.
	Context context.Context
}

// Input is one --var or --var-file; one of its fields is set.
type Input struct {
	Var  string // "name=value"
	File string // path of a file of variables: HCL, or JSON if it ends in .json
}
