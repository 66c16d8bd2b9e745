package lang

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Chain is the stack of names being evaluated, each because the one before refers to it. It detects cycles.
type Chain struct {
	report *Reporter
	names  []string
}

// maxChain limits the length of a chain of locals that refer to each other.
const maxChain = 1000

// Enter records that the evaluation of a name begins; the name is unique in the session, and at is the position of the
// reference to it. If the name is already being evaluated, Enter reports the cycle and returns false.
func (c *Chain) Enter(name string, at hcl.Range) bool {
	if len(c.names) >= maxChain {
		c.report.Error(CodeLimit, "Chain of references too long", fmt.Sprintf("%s is at the end of a chain of more than %d locals that refer to each other. Shorten the chain.",
			name, maxChain), at)
		return false
	}
	first := slices.Index(c.names, name)
	if first < 0 {
		c.names = append(c.names, name)
		return true
	}
	names := append(slices.Clone(c.names[first:]), name)
	c.report.Error("reference_cycle", "Reference cycle", strings.Join(names, " refers to ")+". Remove one of the references.", at)
	return false
}

// Leave ends the evaluation that the last Enter began.
func (c *Chain) Leave() { c.names = c.names[:len(c.names)-1] }
