package cli

import (
	"github.com/spf13/pflag"

	"ddmon/internal/config"
)

// variableFlags collects --var and --var-file in the order of the command line.
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

// connectFlags choose which Datadog to connect to.
type connectFlags struct {
	sandbox bool
	// readOnly is no flag: a command that only reads sets it.
	readOnly bool
}

func (c *connectFlags) register(f *pflag.FlagSet) {
	f.BoolVar(&c.sandbox, "sandbox", false, "work with the embedded sandbox instead of Datadog (also: DDMON_SANDBOX=1)")
}

// defaultParallel is how many requests are in flight at once.
const defaultParallel = 10

// planFlags are the flags of every command that makes a plan.
type planFlags struct {
	vars    variableFlags
	connect connectFlags
	targets []string
	// parallelism is how many requests are in flight at once.
	parallelism int
	// base names the configuration before the change; only plan and diff have it.
	base string
	// failOnRegression makes a behaviour that gets worse an exit code.
	failOnRegression bool
}

func (p *planFlags) register(f *pflag.FlagSet) {
	p.registerOffline(f)
	p.connect.register(f)
	f.IntVar(&p.parallelism, "parallelism", defaultParallel, "how many requests are in flight at once")
}

// registerOffline registers what needs no Datadog.
func (p *planFlags) registerOffline(f *pflag.FlagSet) {
	p.vars.register(f)
	f.StringArrayVar(&p.targets, "target", nil, "limit to `ADDRESS` and what it depends on; may be repeated")
}

// reviewFlags are the flags of the commands whose output is for review: plan and diff.
type reviewFlags struct {
	planFlags
	detailed bool
	out      string // of plan alone
	markdown string
}

func (r *reviewFlags) register(f *pflag.FlagSet) {
	f.BoolVar(&r.failOnRegression, "fail-on-regression", false,
		"exit 1 if a recorded incident would be caught later or no longer, or there were new false alarms")
	f.StringVar(&r.markdown, "markdown", "", "write it as a comment for a pull request to `FILE`; - is standard output, with nothing else")
	f.StringVar(&r.base, "base", "", "compare with the configuration where this branch left a `REF`, or in a folder: ./DIR")
	f.BoolVar(&r.detailed, "detailed-exitcode", false, "exit 0 without changes, 1 on an error, 2 with changes")
}
