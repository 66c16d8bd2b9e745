package routine

import (
	"fmt"
	"runtime/debug"
)

// Panic is a recovered panic. Try returns it as an error, and Wait panics with it.
type Panic struct {
	Value any    // the argument of panic
	Stack []byte // the stack of the goroutine that panicked, as formatted by debug.Stack
}

// Error returns one line without the stack.
func (p *Panic) Error() string {
	return fmt.Sprintf("internal error, this is a bug in ddmon: %v", p.Value)
}

// Unwrap returns the value if it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// Caught returns a Panic for the result of recover, with the stack of the current goroutine. A *Panic is returned
// unchanged and keeps its stack. It returns nil if there was no panic.
func Caught(recovered any) *Panic {
	if recovered == nil {
		return nil
	}
	if p, ok := recovered.(*Panic); ok {
		return p
	}
	return &Panic{Value: recovered, Stack: debug.Stack()}
}

// Try calls f and returns its error, or a *Panic if it panics.
func Try(f func() error) error {
	caught, err := run(f)
	if caught != nil {
		return caught
	}
	return err
}

// run calls f and returns its panic or its error.
func run(f func() error) (caught *Panic, err error) {
	defer func() { caught = Caught(recover()) }()
	return nil, f()
}
