package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode"

	"ddmon/internal/diag"
	"ddmon/internal/render/machine"
)

// github writes what GitHub Actions reads from a step: workflow commands, outputs and the job summary. Outside of
// GitHub Actions it does nothing.
type github struct {
	environ environment
	hide    *hider
	on      bool
	log     io.Writer // for workflow commands
	out     io.Writer // Stdout, for a ddmon command whose whole output is workflow commands
}

// newGitHub returns the writers to use from now on. They prevent GitHub from reading ordinary output as workflow
// commands; only github writes those. They go to Stderr, so that Stdout is the same as outside of GitHub Actions. json
// reports whether the output is a JSON document; it is read with every write.
func newGitHub(environ environment, hide *hider, json *bool) (g *github, stdout, stderr io.Writer) {
	g = &github{environ: environ, hide: hide, on: environ.first("GITHUB_ACTIONS") == "true", log: hide.stderr, out: hide.stdout}
	if !g.on {
		return g, hide.stdout, hide.stderr
	}
	return g, &escapingWriter{to: hide.stdout, document: json}, &escapingWriter{to: hide.stderr, document: new(bool)}
}

// command writes a workflow command.
func (g *github) command(text string) { _, _ = io.WriteString(g.log, text) } // there is nothing left to report to

// escapingWriter prevents output from being read as workflow commands: lines that begin with "::" and, in the older
// syntax, anything after "##[". Every write must begin a line or continue one.
type escapingWriter struct {
	to io.Writer
	// document reports whether the output is JSON, whose meaning must not change. None of its lines begin with "::".
	document *bool
	mu       sync.Mutex // goroutines report their own requests
	within   bool       // whether the current line has text other than spaces
}

func (w *escapingWriter) Write(p []byte) (int, error) {
	if *w.document {
		_, err := w.to.Write(bytes.ReplaceAll(p, []byte("##["), []byte(`#\u0023[`)))
		return len(p), err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	var b strings.Builder
	for line := range strings.Lines(string(p)) {
		if text := strings.TrimLeftFunc(line, unicode.IsSpace); !w.within && strings.HasPrefix(text, "::") {
			line = line[:len(line)-len(text)] + ": :" + text[2:]
		}
		w.within = !strings.HasSuffix(line, "\n") && (w.within || strings.TrimSpace(line) != "")
		b.WriteString(strings.ReplaceAll(line, "##[", "## ["))
	}
	_, err := io.WriteString(w.to, b.String())
	return len(p), err
}

// group folds output under a title.
func (g *github) group(title string, write func() error) error {
	if !g.on {
		return write()
	}
	begin, end := machine.Group(title)
	g.command(begin)
	defer g.command(end)
	return write()
}

// annotate shows diagnostics at their lines in the pull request.
func (g *github) annotate(diags diag.Shown) error {
	if !g.on || len(diags.List()) == 0 {
		return nil
	}
	var text strings.Builder
	if err := machine.Annotations(&text, diags, g.fromWorkspace); err != nil {
		return err
	}
	g.command(text.String())
	return nil
}

// fromWorkspace returns a file's path relative to the repository's root, as GitHub names it.
func (g *github) fromWorkspace(name string) string {
	workspace := g.environ.first("GITHUB_WORKSPACE")
	absolute, err := filepath.Abs(name)
	if workspace == "" || err != nil {
		return name
	}
	if inside, err := filepath.Rel(workspace, absolute); err == nil && filepath.IsLocal(inside) {
		return inside
	}
	return name
}

// outputs writes step outputs, which later steps read as steps.ID.outputs.NAME.
func (g *github) outputs(pairs ...[2]string) error {
	return g.appendTo("GITHUB_OUTPUT", func(w io.Writer) error { return machine.StepOutputs(w, pairs) })
}

// summary adds to the job summary.
func (g *github) summary(write func(io.Writer) error) error {
	return g.appendTo("GITHUB_STEP_SUMMARY", write)
}

// appendTo appends to the file that an environment variable names, if it is set.
func (g *github) appendTo(variable string, write func(io.Writer) error) error {
	path := g.environ.first(variable)
	if !g.on || path == "" {
		return nil
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("%s: %w", variable, err)
	}
	clean := g.hide.writer(file)
	if err := errors.Join(write(clean), clean.flush()); err != nil {
		_ = file.Close() // the first error is the cause
		return fmt.Errorf("%s: %w", variable, err)
	}
	return file.Close()
}
