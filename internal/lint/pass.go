package lint

import (
	"fmt"
	"strconv"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// pass is one run of Validate or Lint: the objects in the form that rules look at, and what was found.
type pass struct {
	in         Input
	facts      *Facts
	ids        *placeholders
	monitors   []*stackMonitor
	dashboards []*dashboard
	// texts are the queries, formulas and searches of dashboards and of monitors' variables.
	texts []*text
	// byID finds an object that exists by Datadog's id.
	byID      map[string]*object.Object
	byAddress map[object.Address]*stackMonitor
	// memberOf holds, by the address of a monitor, the composites that it is a member of.
	memberOf map[object.Address][]*stackMonitor

	rule  Rule // that runs now
	found []finding
}

func newPass(in Input) *pass {
	p := &pass{in: in, facts: in.Facts, byID: map[string]*object.Object{}, byAddress: map[object.Address]*stackMonitor{}, memberOf: map[object.Address][]*stackMonitor{}}
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
	path object.Path
	diag *hcl.Diagnostic
}

// find reports what the running rule found. The summary has at most eight words and no full stop; the detail says in
// full sentences what to do.
func (p *pass) find(s spot, summary, detail string, args ...any) {
	p.add(p.rule.Code, p.rule.Severity, s, summary, fmt.Sprintf(detail, args...))
}

func (p *pass) add(code string, severity diag.Severity, s spot, summary, detail string) {
	build := diag.Warning
	switch severity {
	case diag.SeverityError:
		build = diag.Error
	case diag.SeverityInfo:
		build = diag.Info
	default:
	}
	d := diag.About(build(code, summary, detail, p.place(s)), s.o.Address.String())
	p.found = append(p.found, finding{s.o, s.path, d})
}

// sharedPlace is a finding that several instances of one block may share.
type sharedPlace struct {
	code, summary, block string
	at                   hcl.Range
}

// result returns what was found, in the order of the files. What several instances of one block share is told once.
func (p *pass) result() hcl.Diagnostics {
	instances := map[sharedPlace][]*hcl.Diagnostic{}
	var diags hcl.Diagnostics
	for _, f := range p.found {
		a := f.o.Address
		if a.Keyed && f.diag.Subject != nil {
			k := sharedPlace{diag.Code(f.diag), f.diag.Summary, a.Kind + "." + a.Name, *f.diag.Subject}
			instances[k] = append(instances[k], f.diag)
			if len(instances[k]) > 1 {
				continue
			}
		}
		diags = append(diags, f.diag)
	}
	for _, shared := range instances {
		extra, _ := shared[0].Extra.(diag.Extra)
		shared[0].Detail += " (Found in " + extra.Address
		if more := len(shared) - 1; more > 0 {
			shared[0].Detail += " and " + strconv.Itoa(more) + " more"
		}
		shared[0].Detail += ".)"
	}
	diag.Sort(diags)
	return diags
}
