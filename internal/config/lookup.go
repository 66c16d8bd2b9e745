package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// reference checks what a traversal says about a monitor or dashboard, and returns the value that it begins with:
// an object with an id or, for a block with for_each, a map of them by key.
func (l *loader) reference(t hcl.Traversal, kindName, name string) (cty.Value, bool) {
	b := l.blocks[blockName{kindName, name}]
	if b == nil {
		var known []string
		for other := range l.blocks {
			if other.kindName == kindName {
				known = append(known, other.name)
			}
		}
		l.unknownName(t, kindName, name, known, "To refer to an object that exists, it has to be part of this stack.")
		return cty.NilVal, false
	}
	in := l.instancesOf(b, t.SourceRange())
	if in == nil {
		return cty.DynamicVal, true // its for_each is wrong, and reported
	}
	address := kindName + "." + name
	rest := t[2:]
	if in.keyed {
		if len(rest) == 0 || isIndex(rest[0]) || isSplat(rest[0]) {
			return in.references(b, l.refs), l.onlyID(t, rest, 1, address+`["KEY"]`)
		}
		l.error("unknown_name", "Key missing", fmt.Sprintf("%s has for_each, so it is several objects: write %s[\"KEY\"].id.%s",
			address, address, in.examples()), t.SourceRange())
		return cty.NilVal, false
	}
	if len(rest) > 0 && isIndex(rest[0]) {
		l.error("unknown_name", "Key on a single object", fmt.Sprintf("%s has no for_each, so it has no keys: write %s.id.", address, address), t.SourceRange())
		return cty.NilVal, false
	}
	if len(rest) == 0 {
		l.error("unknown_name", "Only the id can be used", fmt.Sprintf("%s by itself is no value: write %s.id.", address, address), t.SourceRange())
		return cty.NilVal, false
	}
	return cty.ObjectVal(map[string]cty.Value{"id": l.refs.id(object.Address{Kind: kindName, Name: name})}), l.onlyID(t, rest, 0, address)
}

// onlyID checks that the step after an object, at rest[at], is its id. A traversal that ends before it is continued
// by an expression, which evaluation checks.
func (l *loader) onlyID(t, rest hcl.Traversal, at int, address string) bool {
	if len(rest) <= at {
		return true
	}
	step, ok := rest[at].(hcl.TraverseAttr)
	if ok && step.Name == "id" && len(rest) == at+1 {
		return true
	}
	l.error("unknown_name", "Only the id can be used", fmt.Sprintf("The one thing that can be said of another object is its id: write %s.id. "+
		"Put a value that two objects share into locals.", address), t.SourceRange())
	return false
}

func isIndex(step hcl.Traverser) bool { _, ok := step.(hcl.TraverseIndex); return ok }

func isSplat(step hcl.Traverser) bool { _, ok := step.(hcl.TraverseSplat); return ok }

// reportEvaluation takes over the library's diagnostics of one evaluation, the ones that ddmon can explain better
// in its own words.
func (l *loader) reportEvaluation(x *expression, diags hcl.Diagnostics) {
	for i, d := range diags {
		withoutSecretKey(d)
		if call, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallDiagExtra](d); ok {
			var known *functionError
			if errors.As(call.FunctionCallError(), &known) {
				at := *d.Subject
				if e, ok := d.Expression.(*hclsyntax.FunctionCallExpr); ok && known.arg > 0 && known.arg <= len(e.Args) {
					at = e.Args[known.arg-1].Range()
				}
				diags[i] = diag.Error(known.code, known.summary, known.detail, at)
				continue
			}
		}
		if d.Summary == "Invalid index" {
			if better := l.missingKey(x, d); better != nil {
				diags[i] = better
			}
		}
	}
	l.report(diags)
}

// missingKey explains an index that failed on a block with for_each.
func (l *loader) missingKey(x *expression, d *hcl.Diagnostic) *hcl.Diagnostic {
	for _, t := range x.Variables() {
		address, _, ok := object.AddressOf(t)
		b := l.blocks[blockName{address.Kind, address.Name}]
		if !ok || b == nil || b.instances == nil || !b.instances.keyed || d.Subject == nil {
			continue
		}
		at := t.SourceRange()
		if d.Context != nil && d.Context.Start.Byte == at.Start.Byte || at.Overlaps(*d.Subject) {
			written := ""
			if address.Keyed {
				written = diag.DidYouMean(address.Key, b.instances.keys)
			}
			address.Keyed = false
			return diag.Error("unknown_name", "Unknown key", fmt.Sprintf("%s has no object with this key.%s%s", address, written, b.instances.examples()), *d.Subject)
		}
	}
	return nil
}

// examples names a few keys.
func (in *instances) examples() string {
	const most = 5
	switch {
	case len(in.keys) == 0:
		return " Its for_each is empty."
	case len(in.keys) > most:
		return fmt.Sprintf(" It has %d keys, among them %s.", len(in.keys), strings.Join(listed(in.keys[:most]), ", "))
	}
	return " Its keys: " + strings.Join(listed(in.keys), ", ") + "."
}

func listed(keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = fmt.Sprintf("%q", k)
	}
	return out
}
