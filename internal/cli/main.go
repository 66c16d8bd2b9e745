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

// Main runs ddmon with the process's arguments, environment and streams, and returns its exit code.
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

// endGrace is the time for an interrupted run that has changed nothing to remove its temporary files. It is too short
// for a user to notice.
const endGrace = 250 * time.Millisecond

// runUntilInterrupted runs a command until it ends or is interrupted by SIGINT, SIGTERM or SIGHUP. The first interrupt
// cancels the run's context. A run that is writing finishes its requests in flight, and the next interrupt ends the
// process, as is usual. Any other run ends immediately.
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
		_ = running.Wait() // the exit code says whether it failed
		return code
	}
	select {
	case <-running.Done():
		return end()
	case <-signals:
	}
	signal.Stop(signals)
	cancel()
	if a.writes.Load() {
		return end()
	}
	select {
	case <-running.Done():
		return end()
	case <-time.After(endGrace):
	}
	if a.writes.Load() {
		return end()
	}
	a.showError(errInterrupted)
	a.hide.flush()
	return 1
}
