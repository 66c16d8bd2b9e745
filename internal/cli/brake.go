package cli

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/plan"
	"ddmon/internal/render"
)

// defaultMaxDeletes as a --max-deletes stands for the default brake.
const defaultMaxDeletes = -1

// manyDeletes is how many objects may go without a word.
const manyDeletes = 10

// checkDeletes refuses a plan that deletes so much of the live objects of its stack that a folder is more likely to be
// the wrong one, or empty by mistake, than the deletion to be meant. What is made anew under another address, as by a
// renamed block, does not count.
func checkDeletes(p *plan.Plan, live, allowed int) error {
	made := make(map[string]bool)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action == plan.Create {
			made[c.Address.Kind+" "+c.Title] = true
		}
	}
	deletes := 0
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action == plan.Delete && !c.Deposed && !made[c.Address.Kind+" "+c.Title] {
			deletes++
		}
	}
	limit, why := allowed, "--max-deletes"
	switch {
	case allowed == defaultMaxDeletes:
		limit, why = min(manyDeletes, live/2), "more than 10, or more than half of a stack, are not deleted without a word"
	case allowed < 0:
		return fmt.Errorf("--max-deletes %d is no number of objects", allowed)
	}
	if deletes <= limit {
		return nil
	}
	return fmt.Errorf("apply refuses to delete %d of the stack's %d objects (%s). Is this the right folder, and are all its "+
		"files there? If it is meant, add --max-deletes %d to apply", deletes, live, why, deletes)
}

// liveIn counts the live objects of a plan of the whole stack.
func liveIn(p *plan.Plan) int {
	n := 0
	for i := range p.Changes {
		if c := &p.Changes[i]; c.ID != "" && !c.Deposed {
			n++
		}
	}
	return n
}

// warnOfDeletes says ahead of an apply that it will be refused without a word.
func (s *session) warnOfDeletes() {
	if err := checkDeletes(s.changes, s.live, defaultMaxDeletes); err != nil {
		d := diag.Warning(render.CodeManyDeletes, "Apply refuses so many deletions", strings.ToUpper(err.Error()[:1])+err.Error()[1:]+".", hcl.Range{})
		s.diags = append(s.diags, d)
	}
}
