package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/plan"
	"ddmon/internal/render"
)

// github is GitHub Actions around a run: what it reads of a step besides its exit code. Elsewhere it does nothing.
type github struct {
	app *App
	on  bool
	log io.Writer // where commands to the runner go
	out io.Writer // Stdout for a command whose whole output they are
}

// newGitHub looks at the environment. From now on GitHub takes nothing that the run prints for people for a command to
// its runner, save what is said through here. It goes to Stderr, so that Stdout stays what it is elsewhere.
func (a *App) newGitHub() *github {
	g := &github{app: a, on: a.env("GITHUB_ACTIONS") == "true", log: a.Stderr, out: a.Stdout}
	if g.on {
		a.Stdout, a.Stderr = &inertWriter{app: a, to: a.Stdout, document: true}, &inertWriter{app: a, to: a.Stderr}
	}
	return g
}

// command says something to the runner.
func (g *github) command(text string) { _, _ = io.WriteString(g.log, text) } // nobody is left to tell

// inertWriter keeps text from being taken for commands to GitHub's runner, which are lines that begin with "::" and, of
// an older sort, whatever follows "##[". Every write is expected to begin a line or to go on in one.
type inertWriter struct {
	app *App
	to  io.Writer
	// document is where --json writes: that is for programs, and stays as it is.
	document bool
	mu       sync.Mutex // requests are reported by the goroutines that make them
	within   bool       // whether a line has begun with something else than blanks
}

func (w *inertWriter) Write(p []byte) (int, error) {
	if w.document && w.app.flags.json {
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
	begin, end := render.Group(title)
	g.command(begin)
	defer g.command(end)
	return write()
}

// annotate shows diagnostics at their lines in the pull request.
func (g *github) annotate(diags hcl.Diagnostics) error {
	if !g.on || len(diags) == 0 {
		return nil
	}
	placed := make(hcl.Diagnostics, len(diags))
	for i, d := range diags {
		moved := *d
		if d.Subject != nil {
			at := *d.Subject
			at.Filename = g.fromWorkspace(at.Filename)
			moved.Subject = &at
		}
		placed[i] = &moved
	}
	var text strings.Builder
	if err := render.Annotations(&text, placed); err != nil {
		return err
	}
	g.command(text.String())
	return nil
}

// fromWorkspace names a file as GitHub does, from the repository's top folder.
func (g *github) fromWorkspace(name string) string {
	workspace := g.app.env("GITHUB_WORKSPACE")
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
	return g.appendTo("GITHUB_OUTPUT", func(w io.Writer) error { return render.StepOutputs(w, pairs) })
}

// summary adds to the page of the run.
func (g *github) summary(write func(io.Writer) error) error {
	return g.appendTo("GITHUB_STEP_SUMMARY", write)
}

// appendTo adds to a file that the environment names; without one there is nothing to do.
func (g *github) appendTo(variable string, write func(io.Writer) error) error {
	path := g.app.env(variable)
	if !g.on || path == "" {
		return nil
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("%s: %w", variable, err)
	}
	clean := g.app.hide.writer(file)
	if err := errors.Join(write(clean), clean.flush()); err != nil {
		_ = file.Close() // the first error tells more
		return fmt.Errorf("%s: %w", variable, err)
	}
	return file.Close()
}

// reviewOnGitHub tells of a plan what later steps decide by.
func (s *session) reviewOnGitHub(commentFile, planFile string) error {
	sum := s.changes.Summary()
	regressions, drifted := 0, 0
	if s.effects != nil {
		regressions = len(s.effects.Regressions())
	}
	if s.base != nil {
		drifted = len(s.base.Drift.Changes)
	}
	if err := s.app.github.outputs(
		[2]string{"has_changes", strconv.FormatBool(!s.changes.Empty())},
		[2]string{"adds", strconv.Itoa(sum.Add)}, [2]string{"changes", strconv.Itoa(sum.Change)},
		[2]string{"destroys", strconv.Itoa(sum.Destroy)}, [2]string{"blocked", strconv.Itoa(sum.Blocked)},
		[2]string{"drifted", strconv.Itoa(drifted)}, [2]string{"regressions", strconv.Itoa(regressions)},
		[2]string{"plan_file", planFile}, [2]string{"comment_file", commentFile},
	); err != nil {
		return err
	}
	return s.app.github.summary(s.comment)
}

// driftOnGitHub does the same for drift.
func (s *session) driftOnGitHub(report *plan.DriftReport) error {
	if err := s.app.github.outputs([2]string{"drifted", strconv.Itoa(len(report.Drifted))}); err != nil {
		return err
	}
	return s.app.github.summary(func(w io.Writer) error {
		return render.DriftMarkdown(w, report, render.AppLinks(s.conn.app))
	})
}
