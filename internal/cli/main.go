package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"ddmon/internal/routine"
)

// Main runs ddmon on the process's own surroundings and returns its exit code.
func Main() int {
	app := &App{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Environ: os.Environ(), Now: time.Now,
		Terminal: term.IsTerminal(int(os.Stdout.Fd())), StderrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		Interactive: term.IsTerminal(int(os.Stdin.Fd())),
	}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		app.Width = width
	}
	return app.runUntilInterrupted(os.Args[1:])
}

// endGrace is how long a run that has changed nothing may take to end by itself, so that it can remove its temporary
// files. It is too short for a person to notice.
const endGrace = 250 * time.Millisecond

// runUntilInterrupted runs a command until it ends or is interrupted: by Ctrl-C, by a request to terminate, or because
// its terminal is closed. The first interrupt ends the run's context. A run that is writing finishes what is in flight,
// and the next interrupt ends the process, as is usual; any other run ends now, whatever it is computing.
func (a *App) runUntilInterrupted(args []string) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // under nohup, the run outlives its terminal
		signal.Notify(signals, syscall.SIGHUP)
	}
	code := 0
	running := routine.Start(func() error {
		code = a.Run(ctx, args)
		return nil
	})
	end := func() int {
		_ = running.Wait() // what failed is in the code
		return code
	}
	select {
	case <-running.Done():
		return end()
	case <-signals:
	}
	signal.Stop(signals)
	cancel()
	if a.begun.Load() {
		return end()
	}
	select {
	case <-running.Done():
		return end()
	case <-time.After(endGrace):
	}
	if a.begun.Load() {
		return end()
	}
	a.showError(errInterrupted)
	a.hide.flush()
	return 1
}
