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
	links  []link
}

type link struct {
	name string
	at   hcl.Range // where it is asked for
}

// maxChain bounds how many locals may need each other in a row.
const maxChain = 1000

// Enter notes that name is being evaluated. It is false, and the cycle reported, if it is already.
func (c *Chain) Enter(name string, at hcl.Range) bool {
	if len(c.links) >= maxChain {
		c.report.Error(CodeLimit, "Chain of references too long", fmt.Sprintf("%s is at the end of a chain of more than %d locals that need each other. Shorten the chain.",
			name, maxChain), at)
		return false
	}
	first := slices.IndexFunc(c.links, func(s link) bool { return s.name == name })
	if first < 0 {
		c.links = append(c.links, link{name, at})
		return true
	}
	var names []string
	for _, s := range c.links[first:] {
		names = append(names, s.name)
	}
	c.report.Error("reference_cycle", "Cycle of references", strings.Join(append(names, name), " needs ")+". Break the circle: one of them has to be written "+
		"without the others.", at)
	return false
}

// Leave ends what the last Enter began.
func (c *Chain) Leave() { c.links = c.links[:len(c.links)-1] }
