package routine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// panicOf calls f and returns what it panics with.
func panicOf(t *testing.T, f func()) (p *Panic) {
	t.Helper()
	defer func() {
		var ok bool
		if p, ok = recover().(*Panic); !ok {
			t.Error("no *Panic reached the waiting goroutine")
		}
	}()
	f()
	return nil
}

// boom panics like code with a bug.
func boom() error {
	list := make([]error, 0)
	return list[len(list)]
}

// TestPanicsReachWaiter: however a goroutine is started, the goroutine that waits for it panics too, with the stack of
// the original panic.
func TestPanicsReachWaiter(t *testing.T) {
	fails := errors.New("an error")
	for name, wait := range map[string]func(){
		"task":  func() { _ = Start(boom).Wait() },
		"group": func() { g := NewGroup(0); g.Go(boom); _ = g.Wait() },
		"group with a limit": func() {
			g := NewGroup(2)
			for i := range 20 {
				g.Go(func() error {
					if i == 13 {
						return boom()
					}
					return nil
				})
			}
			_ = g.Wait()
		},
		"group after an error": func() {
			g := NewGroup(1)
			g.Go(func() error { return fails })
			g.Go(boom)
			_ = g.Wait()
		},
		"group within a group": func() {
			outer := NewGroup(0)
			outer.Go(func() error { inner := NewGroup(0); inner.Go(boom); return inner.Wait() })
			_ = outer.Wait()
		},
		"task that waits for a task": func() { _ = Start(func() error { return Start(boom).Wait() }).Wait() },
		"panic with nil":             func() { _ = Start(func() error { panic(nil) }).Wait() },
	} {
		p := panicOf(t, wait)
		if p == nil {
			continue
		}
		if text := p.Error(); strings.Contains(text, "\n") || !strings.HasPrefix(text, "internal error, this is a bug in ddmon: ") {
			t.Errorf("%s: %q", name, text)
		}
		if name != "panic with nil" && !strings.Contains(string(p.Stack), "routine.boom") {
			t.Errorf("%s: the stack is not of the original panic:\n%s", name, p.Stack)
		}
	}
}

// TestPanicCancelsContext: a panic cancels the context of the group.
func TestPanicCancelsContext(t *testing.T) {
	g, ctx := WithContext(context.Background(), 0)
	g.Go(func() error { <-ctx.Done(); return ctx.Err() })
	g.Go(boom)
	panicOf(t, func() { _ = g.Wait() })
}

func TestErrors(t *testing.T) {
	want := errors.New("an error")
	g, ctx := WithContext(t.Context(), 3)
	g.Go(func() error { return want })
	g.Go(func() error { <-ctx.Done(); return nil })
	if err := g.Wait(); !errors.Is(err, want) {
		t.Error(err)
	}
	task := Start(func() error { return want })
	<-task.Done()
	if err := task.Wait(); !errors.Is(err, want) {
		t.Error(err)
	}
	if err := Try(func() error { return want }); !errors.Is(err, want) {
		t.Error(err)
	}
	// A panic that Try returned as an error does not panic again.
	if err := Start(func() error { return Try(boom) }).Wait(); err == nil {
		t.Error("no error")
	}
}

func TestTry(t *testing.T) {
	cause := errors.New("cause")
	err := Try(func() error { panic(fmt.Errorf("wrapped: %w", cause)) })
	var p *Panic
	if !errors.As(err, &p) || !errors.Is(err, cause) || err.Error() != "internal error, this is a bug in ddmon: wrapped: cause" {
		t.Error(err)
	}
}
