package lint

import "github.com/hashicorp/hcl/v2"

// Validate returns what Datadog would refuse, as errors, and what it may refuse or would silently not do, as warnings.
func Validate(in Input) hcl.Diagnostics { return report(in, (*pass).validate) }

func (p *pass) validate() {
	for _, m := range p.monitors {
		p.validateMonitor(m)
		p.validateComposite(m)
	}
	for _, d := range p.dashboards {
		p.validateDashboard(d)
	}
	p.validateTexts()
}

// Lint returns what is legal and probably wrong. It passes over queries that do not parse, which Validate reports.
func Lint(in Input) hcl.Diagnostics { return report(in, (*pass).lint) }

func (p *pass) lint() {
	for _, r := range Rules() {
		if !p.in.Options.runs(r) {
			continue
		}
		p.rule = r
		r.Run(p)
	}
}
