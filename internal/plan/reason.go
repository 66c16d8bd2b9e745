package plan

import (
	"fmt"
	"strings"

	"ddmon/internal/object"
)

// CodeDuplicates is the code of diagnostics about several objects at one address.
const CodeDuplicates = "duplicates"

// The codes of the other reasons not to touch objects with the stack's marker.
const (
	codeClone     = "clone"
	codeNewer     = "newer_marker"
	codeContested = "contested"
	codeCut       = "cut_address"
)

// reasonDisputed is the Reason of the addresses of an object with several ownership markers.
const reasonDisputed = "claimed by an object that also claims another address: remove the ownership markers that do not belong to it"

// reasonProtected is the Reason of protected objects that the plan would delete.
const reasonProtected = "kept because of prevent_destroy: restore its block, or remove the protection"

// maxClaimants is the number of objects that a reason names.
const maxClaimants = 5

// reasonOf is the Reason of the objects of a claim that is blocked by the cause with this code.
func reasonOf(code string, objects []*object.Object) string {
	first := objects[0]
	switch code {
	case codeNewer:
		return "last written by a newer ddmon: install that version"
	case codeClone:
		return fmt.Sprintf("%s %s is a clone, and the original was deleted: adopt it, or remove its ownership marker", first.Address.Kind, first.ID)
	}
	var ids []string
	for _, o := range objects[:min(len(objects), maxClaimants)] {
		ids = append(ids, o.ID)
	}
	if more := len(objects) - len(ids); more > 0 {
		ids = append(ids, fmt.Sprintf("%d more", more))
	}
	return fmt.Sprintf("claimed by %d objects (%s): keep one, and remove the ownership markers of the others", len(objects), strings.Join(ids, ", "))
}
