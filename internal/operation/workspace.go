package operation

import (
	"context"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/root"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// Workspace is the folder of a stack and what its configuration is read with.
type Workspace struct {
	Dir    string         // the stack's folder, as a person would write it
	Inputs []config.Input // values of variables in the order in which they were given; later wins
	// Environ is the environment as os.Environ has it: DDMON_VAR_name for variables, and all of it for git.
	Environ []string
	// TempDir makes an empty folder for what git holds; Base removes it.
	TempDir func() (string, error)
	// Loaded, if it is set, gets every configuration that is read, before anything else is done with it.
	Loaded func(*config.Stack)
}

// Load reads the stack. Diagnostics come back sorted.
func (w *Workspace) Load(ctx context.Context) (*config.Stack, hcl.Diagnostics) {
	return w.load(config.Options{Dir: w.Dir, Inputs: w.Inputs, Context: ctx})
}

func (w *Workspace) load(o config.Options) (*config.Stack, hcl.Diagnostics) {
	o.Environ = w.Environ
	stack, diags := config.Load(o)
	w.loaded(stack)
	return stack, diags
}

// LoadTests reads the stack with its tests. Diagnostics come back sorted.
func (w *Workspace) LoadTests(ctx context.Context) (*testfile.Stack, hcl.Diagnostics) {
	stack, diags := testfile.Load(config.Options{Dir: w.Dir, Inputs: w.Inputs, Environ: w.Environ, Context: ctx})
	w.loaded(stack.Stack)
	return stack, diags
}

func (w *Workspace) loaded(stack *config.Stack) {
	if w.Loaded != nil {
		w.Loaded(stack)
	}
}

// Recording reads a recording that a test of the stack names; it lies in the stack's folder.
func (w *Workspace) Recording(path string) (*series.Recording, hcl.Diagnostics) {
	in, err := root.Open(w.Dir)
	if err != nil {
		return nil, hcl.Diagnostics{diag.Error("unreadable_directory", "Directory cannot be read", err.Error()+".", hcl.Range{})}
	}
	defer func() { _ = in.Close() }() // it was only read
	name, ok := in.Rel(path)
	if !ok {
		return nil, hcl.Diagnostics{diag.Error("outside_stack", "Recording outside of the stack", path+" is outside of the stack's folder, and nothing outside of "+
			"it is read. Copy the recording into the stack. `ddmon replay` reads one from anywhere.", hcl.Range{})}
	}
	return withCode(series.LoadIn(in, name))
}

// withCode gives the diagnostics of a recording a code, which the package that reads it does not.
func withCode(rec *series.Recording, diags hcl.Diagnostics) (*series.Recording, hcl.Diagnostics) {
	for _, d := range diags {
		if d.Extra == nil {
			d.Extra = diag.Extra{Code: "recording"}
		}
	}
	return rec, diags
}
