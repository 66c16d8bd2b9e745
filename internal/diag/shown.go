package diag

import "github.com/hashicorp/hcl/v2"

// Shown are diagnostics as they may be shown: their texts may quote what Datadog said or what a configuration holds, and
// were checked for sensitive values. Only Show makes them, and all that shows diagnostics accepts no others.
type Shown struct{ list hcl.Diagnostics }

// Show returns diagnostics to show. hide returns a text without what is sensitive.
func Show(diags hcl.Diagnostics, hide func(string) string) Shown {
	out := make(hcl.Diagnostics, len(diags))
	for i, d := range diags {
		clean := *d
		clean.Summary, clean.Detail = hide(d.Summary), hide(d.Detail)
		out[i] = &clean
	}
	return Shown{out}
}

// List returns the diagnostics to read.
func (s Shown) List() hcl.Diagnostics { return s.list }
