package lint

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// pass is one run of Validate or Lint: the objects in the form that rules look at, and what was found.
type pass struct {
	in         Input
	facts      *Facts
	ids        *placeholders
	monitors   []*monitor
	dashboards []*dashboard
	// texts are the queries, formulas and searches of dashboards and of monitors' variables.
	texts []*text
	// byID finds an object that exists by Datadog's id.
	byID      map[string]*object.Object
	byAddress map[object.Address]*monitor
	// memberOf holds, by the address of a monitor, the composites that it is a member of.
	memberOf map[object.Address][]*monitor

	rule  Rule // that runs now
	found []finding
}

func newPass(in Input) *pass {
	p := &pass{in: in, facts: in.Facts, byID: map[string]*object.Object{}, byAddress: map[object.Address]*monitor{}, memberOf: map[object.Address][]*monitor{}}
	if p.facts == nil {
		p.facts = DefaultFacts()
	}
	p.ids = newPlaceholders(in.Objects)
	for _, o := range in.Objects {
		if o.ID != "" {
			p.byID[o.ID] = o
		}
		switch o.Address.Kind {
		case "monitor":
			m := p.newMonitor(o)
			p.monitors = append(p.monitors, m)
			p.byAddress[o.Address] = m
			p.texts = append(p.texts, m.variables...)
		case "dashboard":
			d := p.newDashboard(o)
			p.dashboards = append(p.dashboards, d)
			p.texts = append(p.texts, d.texts...)
		}
	}
	for _, m := range p.monitors {
		for _, member := range p.members(m) {
			if member.known {
				p.memberOf[member.address] = append(p.memberOf[member.address], m)
			}
		}
	}
	return p
}

// finding is a diagnostic before the instances of one block are told as one.
type finding struct {
	o    *object.Object
	diag *hcl.Diagnostic
}

// find reports what the running rule found. The summary has at most eight words and no full stop; the detail says in
// full sentences what to do.
func (p *pass) find(s spot, summary, detail string, args ...any) {
	p.add(p.rule.Code, p.rule.Severity, s, summary, fmt.Sprintf(detail, args...))
}

func (p *pass) add(code string, severity Severity, s spot, summary, detail string) {
	build := diag.Warning
	if severity == Error {
		build = diag.Error
	}
	d := build(code, summary, detail, p.place(s))
	d.Extra = diag.Extra{Code: code, Address: s.o.Address.String()}
	p.found = append(p.found, finding{s.o, d})
}

// result returns what was found, in the order of the files. What several instances of one block share is told once.
func (p *pass) result() hcl.Diagnostics {
	type key struct {
		code, summary, block string
		at                   hcl.Range
	}
	first, more := map[key]*hcl.Diagnostic{}, map[*hcl.Diagnostic]int{}
	var diags hcl.Diagnostics
	for _, f := range p.found {
		a := f.o.Address
		if a.Keyed && f.diag.Subject != nil {
			k := key{diag.Code(f.diag), f.diag.Summary, a.Kind + "." + a.Name, *f.diag.Subject}
			if told := first[k]; told != nil {
				more[told]++
				continue
			}
			first[k] = f.diag
			f.diag.Detail += " (First seen in " + a.String() + ".)"
		}
		diags = append(diags, f.diag)
	}
	diag.Sort(diags)
	return diags
}
