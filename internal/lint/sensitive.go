package lint

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// Findings quote values, and a rule can combine values of several objects. So if any value is sensitive, the rules run
// a second time, on objects with the sensitive values removed. A detail that both runs report does not depend on a
// sensitive value. For all other findings, only the code, the summary and the location are shown.

// run runs rules and returns their findings without sensitive values.
func run(in Input, rules func(*pass)) hcl.Diagnostics {
	p := newPass(in)
	rules(p)
	if objects, differ := object.ShownAll(in.Objects); differ && len(p.found) > 0 {
		in.Objects, in.Locate = objects, nil
		redacted := newPass(in)
		rules(redacted)
		p.redact(redacted)
	}
	return p.result()
}

// findingKey identifies a finding by its code, texts and object.
type findingKey struct {
	code, summary, detail string
	address               object.Address
}

func (f *finding) key() findingKey {
	return findingKey{diag.Code(f.diag), f.diag.Summary, f.diag.Detail, f.o.Address}
}

// redact removes the details that the run without sensitive values does not report.
func (p *pass) redact(redacted *pass) {
	safe := map[findingKey]bool{}
	for i := range redacted.found {
		safe[redacted.found[i].key()] = true
	}
	for i := range p.found {
		if f := &p.found[i]; !safe[f.key()] {
			f.diag.Detail = redactedDetail(diag.Code(f.diag))
		}
	}
}

// redactQuoted removes the details of findings about sensitive values. The checks against Datadog use it, because they
// must not send their requests twice.
func (p *pass) redactQuoted() {
	for i := range p.found {
		if f := &p.found[i]; f.o.Touches(f.path) {
			f.diag.Detail = redactedDetail(diag.Code(f.diag))
		}
	}
}

// redactedDetail replaces a detail that may contain a sensitive value.
func redactedDetail(code string) string {
	return "The detail may contain a sensitive value and is not shown. Run `ddmon lint --explain " + code + "` for the rule."
}
