package operation

import (
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// CodeRegression is the code of errors about monitors that would do worse.
const CodeRegression = "regression"

// RegressionErrors returns an error for each monitor that would do worse on recorded incidents, and one if that cannot
// be ruled out because a test or a recording could not be read. option is the name of what makes them errors.
func (p *Planned) RegressionErrors(option string) hcl.Diagnostics {
	var out hcl.Diagnostics
	if p.Incomplete {
		out = append(out, diag.Error("regressions_unknown", "Regressions cannot be ruled out", "A test or a recording cannot be "+
			"read, so "+option+" cannot rule out regressions. Fix the problems reported for them.", hcl.Range{}))
	}
	if p.Effects == nil {
		return out
	}
	ranges := make(map[object.Address]hcl.Range)
	for i := range p.Changes.Changes {
		if c := &p.Changes.Changes[i]; c.Configured() {
			ranges[c.Address] = c.Desired.Range()
		}
	}
	var addresses []object.Address // in the order of the recordings; the zero Address is the stack
	effects := make(map[object.Address][]behaviour.Effect)
	for _, e := range p.Effects.Regressions() {
		if effects[e.Address] == nil {
			addresses = append(addresses, e.Address)
		}
		effects[e.Address] = append(effects[e.Address], e)
	}
	for _, a := range addresses {
		if a.Kind == "" && len(addresses) > 1 {
			continue // follows from the monitors
		}
		out = append(out, regressionError(a, effects[a], option, ranges[a]))
	}
	return out
}

func regressionError(a object.Address, effects []behaviour.Effect, option string, at hcl.Range) *hcl.Diagnostic {
	var lines []string
	for i := range effects {
		lines = append(lines, effects[i].Text+".")
	}
	lines = append(lines, "Accept the change by running without "+option+".")
	d := diag.Error(CodeRegression, "Regression against a recorded incident", strings.Join(lines, "\n"), at)
	d.Extra = diag.Extra{Code: CodeRegression}
	if a.Kind != "" {
		d.Extra = diag.Extra{Code: CodeRegression, Address: a.String()}
	}
	return d
}
