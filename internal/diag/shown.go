package diag

import "github.com/hashicorp/hcl/v2"

// Shown are diagnostics without sensitive values. Messages can quote Datadog or the configuration, so output accepts
// only this type, and only Show creates it.
type Shown struct{ list hcl.Diagnostics }

// Show returns diagnostics for output. hide removes sensitive values from a string.
func Show(diags hcl.Diagnostics, hide func(string) string) Shown {
	out := make(hcl.Diagnostics, len(diags))
	for i, d := range diags {
		clean := *d
		clean.Summary, clean.Detail = hide(d.Summary), hide(d.Detail)
		if extra, ok := d.Extra.(Extra); ok {
			extra.Path, extra.File = hide(extra.Path), hide(extra.File)
			clean.Extra = extra
		}
		out[i] = &clean
	}
	return Shown{out}
}

// List returns the diagnostics.
func (s Shown) List() hcl.Diagnostics { return s.list }
