package config

import (
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// compiled is a block that is ready to be evaluated for each instance.
type compiled struct {
	*block
	body      *objectNode
	json      *attribute // json = jsondecode(...), the body that the block's fields override; or nil
	lifecycle object.Lifecycle
	tags      []string // of the stack, for monitors
}

func compile(report *lang.Reporter, b *block, in *lang.Instances) compiled {
	var inner []string
	if in.Keyed {
		inner = []string{"each"}
	}
	c := &compiler{report: report, kind: b.kind}
	out := compiled{block: b, body: c.root(b, inner), lifecycle: lifecycle(report, b)}
	if a := b.source.Body.Attributes["json"]; a != nil {
		out.json = c.attribute(a.Expr, a.NameRange, inner)
		out.json.keepNulls = true
	}
	return out
}

// evaluateBlock returns the objects of a block, in the order of their keys. The block's for_each must be evaluated.
// tags are the stack's tags.
func evaluateBlock(s *lang.Scope, b *block, tags []string) []*object.Object {
	in := b.instances
	known := in != nil && len(in.Keys) > 0
	if !known {
		in = lang.UnknownInstances()
	}
	c := compile(s.Report, b, in)
	c.tags = tags
	var (
		objects   []*object.Object
		shared    *positions
		seen      = lang.Seen{}
		relocates = relocates(c.body)
	)
	first := s.Report.Len()
	defer func() { diag.AddPlaces(s.Report.Since(first)) }()
	for i, key := range in.Keys {
		if !s.Report.Spend(1, objectBytes, b.source.DefRange()) {
			return nil
		}
		before := s.Report.Len()
		r := &run{scope: s, inner: in.Each(i), positions: shared, locate: shared == nil || relocates}
		if r.locate {
			shared = &positions{object.Ranges{}, object.Ranges{}}
			r.positions = shared
		}
		a := object.Address{Kind: b.kindName, Name: b.name, Key: key, Keyed: in.Keyed}
		objects = append(objects, c.evaluate(r, a))
		if !s.Report.Spend(r.weight, 0, b.source.DefRange()) {
			return nil
		}
		a.Keyed = a.Keyed && known
		name := ""
		if a.Keyed {
			name = a.String()
		}
		s.Report.KeepNew(before, name, seen)
		for _, d := range s.Report.Since(before) {
			*d = *diag.About(d, a.String())
		}
	}
	if !known {
		return nil
	}
	return objects
}

func (c compiled) evaluate(r *run, a object.Address) *object.Object {
	v, _ := c.body.eval(r)
	written := c.kind.Body.Convert(v).(map[string]any)
	body := written
	if c.json != nil {
		body = c.kind.Body.Convert(c.overJSON(r, written)).(map[string]any)
	}
	o := &object.Object{Address: a, Ranges: r.positions.values, Lifecycle: c.lifecycle, Sensitive: r.sensitive, Schema: c.kind}
	if o.IsOpen() {
		o.Body = kind.MergeExtra(body).(map[string]any)
	}
	o.Decoded = c.decoded(r)
	c.check(r, o, written, body)
	o.Body = c.finish(r, body)
	o.Sensitive = r.sensitive
	return o
}
