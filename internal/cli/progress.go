package cli

import (
	"slices"
	"sync"
	"time"

	"ddmon/internal/apply"
	"ddmon/internal/object"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
	"ddmon/internal/routine"
)

// waitingEvery is the time between reports about objects in flight.
const waitingEvery = 10 * time.Second

// progress prints the events of a run: a line each, or a JSON object each with --json.
type progress struct {
	app      *App
	mu       sync.Mutex // events and ticks come from two goroutines
	began    map[int]time.Time
	inFlight map[object.Address]apply.Event
	err      error
	finished chan struct{}
	ticking  *routine.Task
}

func (a *App) newProgress() *progress {
	p := &progress{app: a, began: make(map[int]time.Time), inFlight: map[object.Address]apply.Event{}, finished: make(chan struct{})}
	p.ticking = routine.Start(func() error {
		for {
			select {
			case <-a.After(waitingEvery):
				p.tick()
			case <-p.finished:
				return nil
			}
		}
	})
	return p
}

func (p *progress) event(e apply.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.app.Now()
	if e.Phase == apply.Started {
		if _, ok := p.began[e.Index]; !ok {
			p.began[e.Index] = now
		}
		p.inFlight[e.Address] = e
	} else {
		delete(p.inFlight, e.Address)
	}
	took := time.Duration(0)
	if began, ok := p.began[e.Index]; ok {
		took = now.Sub(began)
	}
	if p.app.flags.json {
		p.keep(p.app.writeLine(machine.NewEvent(e, took)))
		return
	}
	p.keep(terminal.Event(p.app.Stdout, e, took, p.app.style()))
}

// tick reports the objects that have been in flight for some time.
func (p *progress) tick() {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.app.Now()
	var waiting []apply.Event
	for _, e := range p.inFlight {
		if now.Sub(p.began[e.Index]) >= waitingEvery {
			waiting = append(waiting, e)
		}
	}
	slices.SortFunc(waiting, func(x, y apply.Event) int { return x.Index - y.Index })
	for _, e := range waiting {
		took := now.Sub(p.began[e.Index])
		if p.app.flags.json {
			p.keep(p.app.writeLine(machine.NewProgress(e, took)))
			continue
		}
		p.keep(terminal.Waiting(p.app.Stdout, e, took, p.app.style()))
	}
}

func (p *progress) keep(err error) {
	if p.err == nil {
		p.err = err
	}
}

// close returns the first error of writing to Stdout. Such an error does not stop the run.
func (p *progress) close() error {
	close(p.finished)
	_ = p.ticking.Wait() // it has no error
	return p.err
}
