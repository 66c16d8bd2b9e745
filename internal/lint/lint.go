package lint

import "github.com/hashicorp/hcl/v2"

// Validate returns errors for everything that Datadog rejects, and warnings for what it may reject or silently ignore.
func Validate(in Input) hcl.Diagnostics { return run(in, (*pass).validate) }

func (p *pass) validate() {
	for _, m := range p.monitors {
		p.validateMonitor(m)
		p.validateComposite(m)
	}
	for _, d := range p.dashboards {
		p.validateDashboard(d)
	}
	p.validateQueries()
}

// Lint returns findings about valid configuration that is probably a mistake. It skips queries with syntax errors,
// which Validate reports.
func Lint(in Input) hcl.Diagnostics { return run(in, (*pass).lint) }

func (p *pass) lint() {
	for _, r := range Rules() {
		if !p.in.Options.runs(r) {
			continue
		}
		p.rule = r
		r.Run(p)
	}
}
