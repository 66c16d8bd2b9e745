package cli

import (
	"time"

	"ddmon/internal/apply"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
)

// progress prints the events of a run: a line each, or a JSON object each with --json.
type progress struct {
	app   *App
	began map[int]time.Time
	err   error
}

func (a *App) newProgress() *progress {
	return &progress{app: a, began: make(map[int]time.Time)}
}

func (p *progress) event(e apply.Event) {
	now := p.app.Now()
	if e.Phase == apply.Started {
		if _, ok := p.began[e.Index]; !ok {
			p.began[e.Index] = now
		}
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

func (p *progress) keep(err error) {
	if p.err == nil {
		p.err = err
	}
}

// close returns the first error of writing to Stdout. Such an error does not stop the run.
func (p *progress) close() error { return p.err }
