package lint

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// A finding quotes what it is about, and rules look at whole objects and at several of them. So where anything is
// sensitive, they run a second time, over objects in which nothing sensitive is left. A detail that both runs give does
// not depend on a secret; of any other finding the code, the summary and the place are shown.

// report runs rules and returns what they find, as it may be shown.
func report(in Input, rules func(*pass)) hcl.Diagnostics {
	p := newPass(in)
	rules(p)
	if objects, differ := object.ShownAll(in.Objects); differ && len(p.found) > 0 {
		in.Objects, in.Locate = objects, nil
		second := newPass(in)
		rules(second)
		p.conceal(second)
	}
	return p.result()
}

// said is what a finding says of which object.
type said struct {
	code, summary, detail string
	of                    object.Address
}

func (f *finding) said() said {
	return said{diag.Code(f.diag), f.diag.Summary, f.diag.Detail, f.o.Address}
}

// conceal takes out the details that the second run does not give.
func (p *pass) conceal(second *pass) {
	open := map[said]bool{}
	for i := range second.found {
		open[second.found[i].said()] = true
	}
	for i := range p.found {
		if f := &p.found[i]; !open[f.said()] {
			f.diag.Detail = undetailed(diag.Code(f.diag))
		}
	}
}

// concealQuoted takes out the details of findings about sensitive values. It is for what Datadog is asked, which is
// asked once.
func (p *pass) concealQuoted() {
	for i := range p.found {
		if f := &p.found[i]; f.o.Touches(f.path) {
			f.diag.Detail = undetailed(diag.Code(f.diag))
		}
	}
}

// undetailed replaces a detail that may quote a sensitive value.
func undetailed(code string) string {
	return "The detail is not shown, because it may show a sensitive value. `ddmon lint --explain " + code + "` describes the rule."
}
