package routine

import (
	"fmt"
	"runtime/debug"
)

// Panic is a panic that was caught. It is both the error that Try returns and the value with which Wait panics.
type Panic struct {
	Value any    // what panic was called with
	Stack []byte // the stack of the goroutine that panicked, as debug.Stack writes it
}

// Error says in one line, without the stack, that ddmon is at fault.
func (p *Panic) Error() string {
	return fmt.Sprintf("ddmon failed because of a fault of its own: %v", p.Value)
}

// Unwrap returns the value if it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// Caught makes a Panic of what recover returned, with the stack of the goroutine that called recover. A Panic that was
// raised again keeps its own stack. It returns nil if there was no panic.
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
