package routine

// Task is a function that runs in its own goroutine.
type Task struct {
	done   chan struct{}
	err    error
	caught *Panic
}

// Start calls f in a new goroutine.
func Start(f func() error) *Task {
	t := &Task{done: make(chan struct{})}
	go func() {
		defer close(t.done)
		t.caught, t.err = run(f)
	}()
	return t
}

// Done is closed when the function has returned or panicked.
func (t *Task) Done() <-chan struct{} { return t.done }

// Wait waits for the function and returns its error. It panics with a *Panic if the function panicked.
func (t *Task) Wait() error {
	<-t.done
	if t.caught != nil {
		panic(t.caught)
	}
	return t.err
}
