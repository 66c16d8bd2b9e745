package operation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// withoutSecretTitles redacts sensitive titles in the diagnostics of a plan, however short they are.
func withoutSecretTitles(diags hcl.Diagnostics, p *plan.Plan) hcl.Diagnostics {
	quoted := map[string]string{}
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Desired.TitleIsSensitive() && c.Title != "" {
			quoted[c.Address.String()] = strconv.Quote(c.Title)
		}
	}
	if len(quoted) == 0 {
		return diags
	}
	out := slices.Clone(diags)
	for i, d := range out {
		extra, _ := d.Extra.(diag.Extra)
		if title := quoted[extra.Address]; title != "" {
			clean := *d
			clean.Detail = strings.ReplaceAll(d.Detail, title, object.Redacted)
			out[i] = &clean
		}
	}
	return out
}
