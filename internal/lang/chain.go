package lang

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Chain is what is being evaluated because something else needs it, in that order. It names a cycle in full.
type Chain struct {
	report *Reporter
	names  []string
}

// maxChain bounds how many locals may need each other in a row.
const maxChain = 1000

// Enter notes that something is being evaluated, by a name that nothing else in the session has; at is where it is asked
// for. It is false, and the cycle reported, if it is being evaluated already.
func (c *Chain) Enter(name string, at hcl.Range) bool {
	if len(c.names) >= maxChain {
		c.report.Error(CodeLimit, "Chain of references too long", fmt.Sprintf("%s is at the end of a chain of more than %d locals that need each other. Shorten the chain.",
			name, maxChain), at)
		return false
	}
	first := slices.Index(c.names, name)
	if first < 0 {
		c.names = append(c.names, name)
		return true
	}
	names := append(slices.Clone(c.names[first:]), name)
	c.report.Error("reference_cycle", "Cycle of references", strings.Join(names, " needs ")+". Break the circle: one of them has to be written "+
		"without the others.", at)
	return false
}

// Leave ends what the last Enter began.
func (c *Chain) Leave() { c.names = c.names[:len(c.names)-1] }
