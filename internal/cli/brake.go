package cli

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/plan"
)

// defaultMaxDeletes as a --max-deletes stands for the default brake.
const defaultMaxDeletes = -1

// manyDeletes is how many objects may go without a word, fewDeletes how many may even if they are most of a small stack.
const (
	manyDeletes = 10
	fewDeletes  = 2
)

// checkDeletes refuses a plan that deletes so much that a folder is more likely to be the wrong one, or empty by
// mistake, than the deletion to be meant. What replaces itself does not count.
func checkDeletes(p *plan.Plan, allowed int) error {
	deletes, live, stays := 0, 0, false
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.ID != "" && !c.Deposed {
			live++
		}
		switch {
		case c.Action != plan.Delete:
			stays = true
		case !c.Deposed:
			deletes++
		}
	}
	limit, why := allowed, "--max-deletes"
	if allowed == defaultMaxDeletes {
		limit, why = min(manyDeletes, max(live/2, fewDeletes)), "without a word more than 10, more than half of the stack, or all of it, is not deleted"
		if !stays {
			limit = 0
		}
	}
	if deletes <= limit {
		return nil
	}
	return fmt.Errorf("the plan deletes %d of the stack's %d objects, and that is refused (%s): nothing was changed. "+
		"Is this the right folder, and are all its files there? If it is meant, add --max-deletes %d", deletes, live, why, deletes)
}

// warnOfDeletes says ahead of an apply that it will be refused without a word.
func (s *session) warnOfDeletes() {
	if err := checkDeletes(s.changes, defaultMaxDeletes); err != nil {
		d := diag.Warning("many_deletes", "Apply refuses so many deletions", strings.ToUpper(err.Error()[:1])+err.Error()[1:]+".", hcl.Range{})
		s.diags = append(s.diags, d)
	}
}
