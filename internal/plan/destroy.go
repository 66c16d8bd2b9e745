package plan

import (
	"fmt"
	"slices"

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
	// A block that is there says more of its object's protection than that there is none.
	diags = slices.DeleteFunc(diags, func(d *hcl.Diagnostic) bool {
		extra, _ := d.Extra.(diag.Extra)
		return extra.Code == codeProtected && slices.ContainsFunc(in.Live, func(o *object.Object) bool {
			return o.Address.String() == extra.Address && desired[o.Marker.Slug] != nil
		})
	})
	for i := range p.Changes {
		c := &p.Changes[i]
		c.Desired = desired[c.Address.Slug()]
		want, isProtected := c.Desired, c.Action == Blocked
		if want == nil || c.Deposed || !isProtected && !want.Lifecycle.PreventDestroy {
			continue
		}
		c.Action = Blocked
		how := "has lifecycle { prevent_destroy = true }. Take that away and apply it to have it destroyed"
		if !want.Lifecycle.PreventDestroy {
			how = "has been protected by prevent_destroy, and that it is no longer has not been applied yet. Apply it to have it destroyed"
		}
		d := diag.Error(codeProtected, "Object is protected", fmt.Sprintf("%s %s, or leave it out with --target.", c.Address, how), want.Range())
		d.Extra = diag.Extra{Code: codeProtected, Address: c.Address.String()}
		diags = append(diags, d)
	}
	return p, diags
}
