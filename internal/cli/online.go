package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/apply"
	"ddmon/internal/ddapi"
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// validate has Datadog check what would be written and turns what it says into diagnostics at the places in the
// files. Objects that hold ids not known yet are checked by apply.
func (s *session) validate(ctx context.Context) hcl.Diagnostics {
	invalid, later := apply.ValidateAll(ctx, s.changes, s.conn, apply.Options{Kinds: kind.All(), Parallel: s.parallel})
	s.later = later
	desired := make(map[object.Address]*object.Object)
	for i := range s.changes.Changes {
		if o := s.changes.Changes[i].Desired; o != nil {
			desired[o.Address] = o
		}
	}
	var diags hcl.Diagnostics
	for _, bad := range invalid {
		diags = append(diags, refusal(desired[bad.Address], bad.Err, "validation_failed", "Datadog could not validate this")...)
	}
	return diags
}

// refusal turns an error of Datadog's about one object into diagnostics, one for each of its texts. What is no refusal
// is told under a code and a summary.
func refusal(o *object.Object, err error, code, summary string) hcl.Diagnostics {
	var refused *ddapi.APIError
	if !errors.As(err, &refused) || refused.Status != 400 || len(refused.Messages) == 0 {
		if conflict := (*plan.Conflict)(nil); errors.As(err, &conflict) {
			code, summary = "stale", "Object is not what the plan saw"
		}
		d := diag.Error(code, summary, err.Error(), o.Range())
		d.Extra = diag.Extra{Code: code, Address: o.Address.String()}
		return hcl.Diagnostics{d}
	}
	var diags hcl.Diagnostics
	for _, message := range refused.Messages {
		text := fmt.Sprintf("Datadog says of %s: %s", o.Address, strings.TrimRight(message, ". "))
		d := diag.Error("refused", "Datadog refuses this", text+".", o.Ranges.At(blame(message)))
		d.Extra = diag.Extra{Code: "refused", Address: o.Address.String()}
		diags = append(diags, d)
	}
	return diags
}
