package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ddmon/internal/config"
	"ddmon/internal/guide"
	"ddmon/internal/operation"
)

// verifyLive runs a guide on the data in Datadog or the sandbox.
func (a *App) verifyLive(ctx context.Context, name string, stack *config.Stack, flags *verifyFlags) (done *operation.Verified, err error) {
	o := operation.LiveOptions{Guide: name, Progress: a.stepProgress(stack, name)}
	if o.At, err = absolute("--at", flags.at); err != nil {
		return nil, err
	}
	if o.Remediated, err = absolute("--remediated", flags.remediated); err != nil {
		return nil, err
	}
	if o.Control, err = operation.ParseControl(flags.control); err != nil {
		return nil, err
	}
	flags.connect.readOnly = true
	conn, err := a.connect(ctx, &flags.connect)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.close()) }()
	if o.At.IsZero() {
		if o.At, err = a.datadogTime(ctx, conn); err != nil {
			return nil, err
		}
	}
	return operation.VerifyLive(ctx, conn, stack, o)
}

// datadogTime returns Datadog's time, or that of the clock if Datadog does not say. In a sandbox that plays a recording,
// it is the time in the recording.
func (a *App) datadogTime(ctx context.Context, conn *connection) (time.Time, error) {
	at, ok, err := conn.Time(ctx)
	if err == nil && !ok {
		at = a.Now()
	}
	return at, err
}

// absolute reads an absolute time; "" is the zero time.
func absolute(flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fmt.Errorf("invalid %s %q: without --recording, use an absolute time, such as 2025-11-09T14:24:11Z", flag, text)
	}
	return at, nil
}

// stepProgress returns a function that reports each step before it runs, if Stderr is a terminal.
func (a *App) stepProgress(stack *config.Stack, name string) func(*guide.Step) {
	if !a.StderrTerminal || a.flags.json {
		return nil
	}
	total, n := 0, 0
	for _, g := range stack.Guides {
		if g.Name == name {
			total = len(g.Steps)
		}
	}
	return func(s *guide.Step) {
		n++
		a.logf("Step %d of %d: %s", n, total, s.Name)
	}
}
