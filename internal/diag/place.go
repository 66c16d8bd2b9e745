package diag

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
)

// AddPlaces adds the place of the problems that have a Path to their texts.
func AddPlaces(diags hcl.Diagnostics) {
	for _, d := range diags {
		extra, ok := d.Extra.(Extra)
		if !ok || extra.Path == "" {
			continue
		}
		place := extra.Path
		if extra.File != "" {
			place += " in " + extra.File
		}
		if extra.Count > 1 {
			d.Detail += fmt.Sprintf(" Found %d times, first at %s.", extra.Count, place)
		} else {
			d.Detail += fmt.Sprintf(" Found at %s.", place)
		}
	}
}
