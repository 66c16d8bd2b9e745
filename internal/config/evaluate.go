package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// compiled is a block ready to be evaluated for each of its instances.
type compiled struct {
	*block
	body      *objectNode
	json      *attribute // json = jsondecode(...), the body that the fields of the block are laid over; or nil
	lifecycle object.Lifecycle
}

func (l *loader) compile(b *block, in *instances) compiled {
	var inner []string
	if in.keyed {
		inner = []string{"each"}
	}
	c := &compiler{loader: l, kind: b.kind}
	out := compiled{block: b, body: c.root(b, inner), lifecycle: l.lifecycle(b)}
	if a := b.source.Body.Attributes["json"]; a != nil {
		out.json = c.attribute(a.Expr, a.NameRange, inner)
		out.json.keepNulls = true
	}
	return out
}

// evaluateBlock returns the objects that a block stands for, in the order of their keys.
func (l *loader) evaluateBlock(b *block) []*object.Object {
	in := l.instancesOf(b, b.source.DefRange())
	known := in != nil && len(in.keys) > 0
	if !known {
		// Without instances the body is checked even so, with nothing known of each.
		in = &instances{keyed: true, keys: []string{"?"}, values: []cty.Value{cty.DynamicVal}}
	}
	c := l.compile(b, in)
	var (
		objects   []*object.Object
		shared    *positions
		seen      = map[problemKey]bool{}
		relocates = relocates(c.body)
	)
	for i, key := range in.keys {
		if !l.spend(1, objectBytes, b.source.DefRange()) {
			return nil
		}
		before := len(l.diags)
		r := &run{loader: l, inner: in.each(i), positions: shared, locate: shared == nil || relocates}
		if r.locate {
			shared = &positions{object.Ranges{}, object.Ranges{}}
			r.positions = shared
		}
		a := object.Address{Kind: b.kindName, Name: b.name, Key: key, Keyed: in.keyed}
		objects = append(objects, c.evaluate(r, a))
		if !l.spend(r.weight, 0, b.source.DefRange()) {
			return nil
		}
		a.Keyed = a.Keyed && known
		name := ""
		if a.Keyed {
			name = a.String()
		}
		l.keepNew(before, name, seen)
		for _, d := range l.diags[before:] {
			d.Extra = diag.Extra{Code: diag.Code(d), Address: a.String()}
		}
	}
	if !known {
		return nil
	}
	return objects
}

func (c compiled) evaluate(r *run, a object.Address) *object.Object {
	v, _ := c.body.eval(r)
	written := v.(map[string]any)
	body := written
	if c.json != nil {
		body = c.overJSON(r, written)
	}
	o := &object.Object{Address: a, Ranges: r.positions.values, Lifecycle: c.lifecycle, Sensitive: r.sensitive}
	if o.IsOpen() {
		o.Schema, o.Body = c.kind, kind.MergeExtra(body).(map[string]any)
	}
	c.check(r, o, written, body)
	o.Body = c.finish(r, body)
	o.Sensitive = r.sensitive
	return o
}

// problemKey tells problems of one block apart, whichever instance has them.
type problemKey struct {
	at      hcl.Range
	summary string
}

// keepNew drops the diagnostics of an instance that an earlier instance of the block had as well, and says of the
// others whose they are. The name is empty if the block has no instances.
func (l *loader) keepNew(before int, name string, seen map[problemKey]bool) {
	kept := l.diags[:before]
	for _, d := range l.diags[before:] {
		key := problemKey{summary: d.Summary}
		if d.Subject != nil {
			key.at = *d.Subject
		} else {
			key.summary += d.Detail
		}
		if name != "" && seen[key] {
			continue
		}
		seen[key] = true
		if name != "" {
			d.Detail += " (First seen in " + name + ".)"
		}
		kept = append(kept, d)
	}
	l.diags = kept
}
