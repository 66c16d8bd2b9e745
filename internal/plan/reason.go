package plan

import (
	"fmt"
	"strings"
)

// reasonDisputed is the Reason of the addresses of an object with several ownership markers.
const reasonDisputed = "claimed by an object that also claims another address: remove the ownership markers that do not belong to it"

// reasonProtected is the Reason of protected objects that the plan would delete.
const reasonProtected = "kept because of prevent_destroy: restore its block, or remove the protection"

// maxClaimants is the number of objects that a reason names.
const maxClaimants = 5

// reason is the Reason of the changes of a blocked claim.
func (c *claim) reason() string {
	first := c.objects[0]
	switch c.blockedBy {
	case codeNewer:
		return "last written by a newer ddmon: install that version"
	case codeClone:
		return fmt.Sprintf("%s %s is a clone, and the original was deleted: adopt it, or remove its ownership marker", first.Address.Kind, first.ID)
	}
	var ids []string
	for _, o := range c.objects[:min(len(c.objects), maxClaimants)] {
		ids = append(ids, o.ID)
	}
	if more := len(c.objects) - len(ids); more > 0 {
		ids = append(ids, fmt.Sprintf("%d more", more))
	}
	return fmt.Sprintf("claimed by %d objects (%s): keep one, and remove the ownership markers of the others", len(c.objects), strings.Join(ids, ", "))
}
