package operation

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/apply"
	"ddmon/internal/ddapi"
	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// The codes of what Datadog says of an object before and while it is written.
const (
	codeRefused          = "refused"
	codeValidationFailed = "validation_failed"
	codeFailed           = "failed"
)

// Failure is the diagnostic of a change that failed.
func (p *Planned) Failure(o *apply.Outcome) hcl.Diagnostics {
	for i := range p.Changes.Changes {
		if c := &p.Changes.Changes[i]; c.Address == o.Address && c.Desired != nil {
			return refusal(c.Desired, o.Err, codeFailed, "Change failed")
		}
	}
	d := diag.Error(codeFailed, "Change failed", fmt.Sprintf("%s: %s", o.Address, o.Err), hcl.Range{})
	return hcl.Diagnostics{d}
}

// refusal converts an error about one object to diagnostics, one for each message of Datadog. Errors other than
// rejections get the given code and summary.
func refusal(o *object.Object, err error, code, summary string) hcl.Diagnostics {
	var refused *ddapi.APIError
	if !errors.As(err, &refused) || refused.Status != 400 || len(refused.Messages) == 0 {
		if conflict := (*plan.Conflict)(nil); errors.As(err, &conflict) {
			code, summary = "stale", "Object changed after the plan was made"
		}
		d := diag.Error(code, summary, err.Error(), o.Range())
		d.Extra = diag.Extra{Code: code, Address: o.Address.String()}
		return hcl.Diagnostics{d}
	}
	var diags hcl.Diagnostics
	for _, message := range refused.Messages {
		text := fmt.Sprintf("Datadog rejected %s: %s", o.Address, strings.TrimRight(message, ". "))
		d := diag.Error(codeRefused, "Rejected by Datadog", text+".", o.Ranges.At(fieldNamedIn(message)))
		d.Extra = diag.Extra{Code: codeRefused, Address: o.Address.String()}
		diags = append(diags, d)
	}
	return diags
}
