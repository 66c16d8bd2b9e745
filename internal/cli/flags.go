package cli

import (
	"github.com/spf13/pflag"
	"time"

	"ddmon/internal/config"
)

// variableFlags collects --var and --var-file in their order on the command line.
type variableFlags struct {
	inputs []config.Input
}

func (v *variableFlags) register(f *pflag.FlagSet) {
	f.Var(inputFlag{v, false}, "var", "set a variable: `NAME=VALUE`; can be repeated, the last one wins")
	f.Var(inputFlag{v, true}, "var-file", "read variables from `FILE`; can be repeated, the last one wins")
}

// inputFlag is one of the two flags as a pflag.Value.
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

// connectFlags select the Datadog to connect to.
type connectFlags struct {
	sandbox bool
	// readOnly is set by commands that only read; it is not a flag.
	readOnly bool
	// timeout limits a request with its retries; 0 is the client's default. Only verify has the flag.
	timeout time.Duration
}

func (c *connectFlags) register(f *pflag.FlagSet) {
	f.BoolVar(&c.sandbox, "sandbox", false, "use the embedded sandbox instead of Datadog (also: DDMON_SANDBOX=1)")
}

// defaultParallel is the default of --parallelism.
const defaultParallel = 10

// planFlags are the flags of every command that plans.
type planFlags struct {
	vars    variableFlags
	connect connectFlags
	targets []string
	// parallelism is the maximum number of requests in flight.
	parallelism int
	// base is the configuration to compare with; only plan and diff have the flag.
	base string
	// failOnRegression makes regressions against recorded incidents exit code 1.
	failOnRegression bool
}

func (p *planFlags) register(f *pflag.FlagSet) {
	p.registerOffline(f)
	p.connect.register(f)
	f.IntVar(&p.parallelism, "parallelism", defaultParallel, "maximum number of concurrent requests")
}

// registerOffline registers the flags that need no connection.
func (p *planFlags) registerOffline(f *pflag.FlagSet) {
	p.vars.register(f)
	f.StringArrayVar(&p.targets, "target", nil, "limit to `ADDRESS` and its dependencies; can be repeated")
}

// reviewFlags are the flags of the commands whose output is reviewed: plan and diff.
type reviewFlags struct {
	planFlags
	detailed bool
	out      string // only for plan
	markdown string
}

func (r *reviewFlags) register(f *pflag.FlagSet) {
	f.BoolVar(&r.failOnRegression, "fail-on-regression", false,
		"exit 1 if a recorded incident would be detected later or not at all, or if there are new false alarms")
	f.StringVar(&r.markdown, "markdown", "", "write a pull request comment to `FILE`; - prints the comment instead of the plan")
	f.StringVar(&r.base, "base", "", "compare with the configuration at the merge base with `REF`, or in a folder: ./DIR")
	f.BoolVar(&r.detailed, "detailed-exitcode", false, "exit 0 without changes, 1 on errors, 2 with changes")
}
