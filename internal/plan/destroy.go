package plan

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// BuildDestroy plans the deletion of everything the stack owns. The desired objects matter only for what their
// lifecycle forbids and which of their values are not to be shown.
func BuildDestroy(in Input) (*Plan, hcl.Diagnostics) {
	desired := make(map[string]*object.Object, len(in.Desired))
	for _, want := range in.Desired {
		desired[want.Address.Slug()] = want
	}
	in.Desired = nil
	p, diags := Build(in)
	for i := range p.Changes {
		c := &p.Changes[i]
		c.Desired = desired[c.Address.Slug()]
		want := c.Desired
		if want == nil || c.Deposed || !want.Lifecycle.PreventDestroy {
			continue
		}
		c.Action = Blocked
		d := diag.Error("prevent_destroy", "Object is protected", fmt.Sprintf(
			"%s has lifecycle { prevent_destroy = true }. Take that away to have it destroyed, or leave it out with "+
				"--target.", c.Address), want.Range())
		d.Extra = diag.Extra{Code: "prevent_destroy", Address: c.Address.String()}
		diags = append(diags, d)
	}
	return p, diags
}
