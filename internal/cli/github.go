package cli

import (
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

// github is GitHub Actions around a run: what it reads of a step besides its exit code. Elsewhere it does nothing.
type github struct {
	environ environment
	hide    *hider
	on      bool
	log     io.Writer // where commands to the runner go
	out     io.Writer // Stdout for a command whose whole output they are
}

// newGitHub looks at the environment and returns what to write to from now on: with that, GitHub takes nothing that the run
// prints for people for a command to its runner, save what is said through github. That goes to Stderr, so that Stdout
// stays what it is elsewhere. json says whether the output is a document; it is looked at with every write.
func newGitHub(environ environment, hide *hider, json *bool) (g *github, stdout, stderr io.Writer) {
	g = &github{environ: environ, hide: hide, on: environ.first("GITHUB_ACTIONS") == "true", log: hide.stderr, out: hide.stdout}
	if !g.on {
		return g, hide.stdout, hide.stderr
	}
	return g, &inertWriter{to: hide.stdout, document: json}, &inertWriter{to: hide.stderr, document: new(bool)}
}

// command says something to the runner.
func (g *github) command(text string) { _, _ = io.WriteString(g.log, text) } // there is nothing left to report to

// inertWriter keeps text from being taken for commands to GitHub's runner, which are lines that begin with "::" and, of
// an older sort, whatever follows "##[". Every write is expected to begin a line or to go on in one.
type inertWriter struct {
	to io.Writer
	// document says that what is written is JSON: that is for programs, and stays unchanged.
	document *bool
	mu       sync.Mutex // requests are reported by the goroutines that make them
	within   bool       // whether a line has begun with something else than blanks
}

func (w *inertWriter) Write(p []byte) (int, error) {
	if *w.document {
		return w.to.Write(p)
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

// group folds what is written under a title.
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

// fromWorkspace names a file as GitHub does, from the repository's top folder.
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

// outputs are what later steps read: steps.ID.outputs.NAME.
func (g *github) outputs(pairs ...[2]string) error {
	return g.appendTo("GITHUB_OUTPUT", func(w io.Writer) error { return machine.StepOutputs(w, pairs) })
}

// summary adds to the page of the run.
func (g *github) summary(write func(io.Writer) error) error {
	return g.appendTo("GITHUB_STEP_SUMMARY", write)
}

// appendTo adds to a file that the environment names; without one there is nothing to do.
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
		_ = file.Close() // the first error tells more
		return fmt.Errorf("%s: %w", variable, err)
	}
	return file.Close()
}
