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

// Workspace is the folder of a stack with the inputs of its configuration.
type Workspace struct {
	Dir    string         // the stack's folder, for display
	Inputs []config.Input // values of variables, in order; the last value wins
	// Environ is the environment, as os.Environ returns it: DDMON_VAR_name for variables, and all of it for git.
	Environ []string
	// TempDir creates an empty folder for a git export. Base removes it.
	TempDir func() (string, error)
	// Loaded is called with every configuration that is read, before it is used. It can be nil.
	Loaded func(*config.Stack)
}

// Load reads the stack. The diagnostics are sorted.
func (w *Workspace) Load(ctx context.Context) (*config.Stack, hcl.Diagnostics) {
	return w.load(config.Options{Dir: w.Dir, Inputs: w.Inputs, Context: ctx})
}

func (w *Workspace) load(o config.Options) (*config.Stack, hcl.Diagnostics) {
	o.Environ = w.Environ
	stack, diags := config.Load(o)
	w.loaded(stack)
	return stack, diags
}

// LoadTests reads the stack with its tests. The diagnostics are sorted.
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

// Recording reads a recording of a test. It must be in the stack's folder.
func (w *Workspace) Recording(path string) (*series.Recording, hcl.Diagnostics) {
	in, err := root.Open(w.Dir)
	if err != nil {
		return nil, hcl.Diagnostics{diag.Error("unreadable_directory", "Directory cannot be read", err.Error()+".", hcl.Range{})}
	}
	defer func() { _ = in.Close() }() // read-only
	name, ok := in.Rel(path)
	if !ok {
		return nil, hcl.Diagnostics{diag.Error("outside_stack", "Recording outside the stack", path+" is outside the stack's folder, so ddmon does not read "+
			"it. Copy the recording into the stack. Only `ddmon replay` reads recordings from anywhere.", hcl.Range{})}
	}
	return withCode(series.LoadIn(in, name))
}

// withCode sets the code of a recording's diagnostics, which package series does not set.
func withCode(rec *series.Recording, diags hcl.Diagnostics) (*series.Recording, hcl.Diagnostics) {
	for _, d := range diags {
		if d.Extra == nil {
			d.Extra = diag.Extra{Code: "recording"}
		}
	}
	return rec, diags
}
