package operation

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// codeUnknownTarget is the code of a target that matches nothing.
const codeUnknownTarget = "unknown_target"

// ParseTargets parses the addresses and modules that limit a plan.
func ParseTargets(texts []string) ([]object.Address, error) {
	var targets []object.Address
	for _, text := range texts {
		address, err := object.ParseTarget(text)
		if err != nil {
			return nil, err
		}
		targets = append(targets, address)
	}
	return targets, nil
}

// chosen limits a plan and its diagnostics to the targets.
func chosen(targets []object.Address, p *plan.Plan, diags hcl.Diagnostics) (*plan.Plan, hcl.Diagnostics) {
	if len(targets) == 0 {
		return p, diags
	}
	part, unknown := p.Target(targets)
	for _, t := range unknown {
		diags = append(diags, diag.Error(codeUnknownTarget, "Target matches nothing", "--target "+t.String()+
			" matches no object in the configuration or in Datadog. Run `ddmon render` to list the addresses.", hcl.Range{}))
	}
	return part, onlyOf(part, diags)
}

// onlyOf leaves out diagnostics about objects that are not targeted.
func onlyOf(p *plan.Plan, diags hcl.Diagnostics) hcl.Diagnostics {
	in := make(map[string]bool, len(p.Changes))
	for i := range p.Changes {
		in[p.Changes[i].Address.String()] = true
	}
	var out hcl.Diagnostics
	for _, d := range diags {
		if extra, ok := d.Extra.(diag.Extra); !ok || extra.Address == "" || in[extra.Address] {
			out = append(out, d)
		}
	}
	return out
}
