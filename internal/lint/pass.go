package lint

import (
	"fmt"
	"strconv"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// pass is one run of Validate or Lint: the objects prepared for the rules, and the findings.
type pass struct {
	in         Input
	metrics    *Metrics
	ids        *placeholders
	monitors   []*stackMonitor
	dashboards []*dashboard
	// queries are the queries, formulas and searches of dashboards and of monitors' variables.
	queries []*embeddedQuery
	// byID holds the existing objects by their Datadog ID.
	byID      map[string]*object.Object
	byAddress map[object.Address]*stackMonitor
	// memberOf holds the composites of a member, by its address.
	memberOf map[object.Address][]*stackMonitor

	rule  Rule // the running rule
	found []finding
}

func newPass(in Input) *pass {
	p := &pass{in: in, metrics: in.Metrics, byID: map[string]*object.Object{}, byAddress: map[object.Address]*stackMonitor{}, memberOf: map[object.Address][]*stackMonitor{}}
	if p.metrics == nil {
		p.metrics = DefaultMetrics()
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
			p.queries = append(p.queries, m.variables...)
		case "dashboard":
			d := p.newDashboard(o)
			p.dashboards = append(p.dashboards, d)
			p.queries = append(p.queries, d.queries...)
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

// finding is a diagnostic for a single instance of a block, before result merges them.
type finding struct {
	o    *object.Object
	path object.Path
	diag *hcl.Diagnostic
}

// addFinding reports a finding of the running rule. The summary has at most eight words and no full stop. The detail
// says in full sentences what is wrong and what to do.
func (p *pass) addFinding(at location, summary, detail string, args ...any) {
	p.add(p.rule.Code, p.rule.Severity, at, summary, fmt.Sprintf(detail, args...))
}

func (p *pass) add(code string, severity diag.Severity, at location, summary, detail string) {
	build := diag.Warning
	switch severity {
	case diag.SeverityError:
		build = diag.Error
	case diag.SeverityInfo:
		build = diag.Info
	default:
	}
	d := diag.About(build(code, summary, detail, p.sourceRange(at)), at.o.Address.String())
	if path, file, ok := at.o.PlaceInside(at.path); ok {
		extra := d.Extra.(diag.Extra)
		extra.Path, extra.File, extra.Count = path, file, 1
		d.Extra = extra
	}
	p.found = append(p.found, finding{at.o, at.path, d})
}

// blockFinding identifies a finding that several instances of a block can share.
type blockFinding struct {
	code, summary, block string
	subject              hcl.Range
	place                string // with a path, the detail and the place: documents of instances have problems of their own
}

// result returns the findings in the order of the files. It merges a finding that several instances of a block share,
// and equal findings at several paths of a document.
func (p *pass) result() hcl.Diagnostics {
	p.found = mergePaths(p.found)
	instances := map[blockFinding][]*hcl.Diagnostic{}
	var diags hcl.Diagnostics
	for _, f := range p.found {
		a := f.o.Address
		if a.Keyed && f.diag.Subject != nil {
			k := blockFinding{diag.Code(f.diag), f.diag.Summary, a.Kind + "." + a.Name, *f.diag.Subject, ""}
			if extra, _ := f.diag.Extra.(diag.Extra); extra.Path != "" {
				k.place = f.diag.Detail
			}
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

// mergePaths counts equal findings at several paths of one object as one, and adds the places to the texts.
func mergePaths(found []finding) []finding {
	type key struct {
		o            *object.Object
		severity     hcl.DiagnosticSeverity
		code, detail string
	}
	first := map[key]*hcl.Diagnostic{}
	var merged []finding
	for _, f := range found {
		extra, _ := f.diag.Extra.(diag.Extra)
		if extra.Path == "" {
			merged = append(merged, f)
			continue
		}
		k := key{f.o, f.diag.Severity, extra.Code, f.diag.Detail}
		known := first[k]
		if known == nil {
			first[k] = f.diag
			merged = append(merged, f)
			continue
		}
		counted := known.Extra.(diag.Extra)
		counted.Count++
		known.Extra = counted
	}
	for _, f := range merged {
		diag.AddPlaces(hcl.Diagnostics{f.diag})
	}
	return merged
}
