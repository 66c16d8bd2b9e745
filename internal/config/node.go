package config

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// A block is compiled once into nodes, which are then evaluated for each instance. Values that do not depend on the
// instance are evaluated only for the first one and shared.

// node is the source of one value of a body.
type node interface {
	// eval returns the value; false if the field is unset, as with null.
	eval(r *run) (any, bool)
	// varies reports whether the value can differ between evaluations.
	varies() bool
}

// run is the evaluation of one instance of a block.
type run struct {
	scope *lang.Scope
	inner lang.Names
	path  object.Path // of the value that is being evaluated
	// positions are recorded only if locate is set; instances share them where possible.
	positions *positions
	locate    bool
	sensitive map[string][]string
	weight    int           // the steps that checking the instance takes
	failed    []object.Path // values that could not be evaluated; the errors are reported
}

// positions maps the path of each value to the source ranges of the value and of its name.
type positions struct{ values, keys object.Ranges }

func (r *run) at(step any, f func()) {
	r.path = append(r.path, step)
	f()
	r.path = r.path[:len(r.path)-1]
}

func (r *run) setRange(value, key hcl.Range) {
	if r.locate {
		r.positions.set(r.path, value, key)
	}
}

// set records the position of a value. A value in an extra field is recorded at its own path and at the path to which
// it will be merged.
func (s *positions) set(p object.Path, value, key hcl.Range) {
	at := p.String()
	s.values[at], s.keys[at] = value, key
	if merged := withoutExtra(p); len(merged) < len(p) && p[len(p)-1] != extraField {
		at = merged.String()
		s.values[at], s.keys[at] = value, key
	}
}

// extraField is the field of any object for fields that ddmon's tables do not have.
const extraField = "extra"

// jsonField is the attribute that sets the whole body.
const jsonField = "json"

func withoutExtra(p object.Path) object.Path {
	return slices.DeleteFunc(slices.Clone(p), func(step any) bool { return step == extraField })
}

func (r *run) fail(below object.Path) {
	r.failed = append(r.failed, join(r.path, below))
}

// markSensitive records what is sensitive in the value at the current path. An extra is merged into the object that
// contains it: if it is sensitive, each of its fields is, and that object becomes open.
func (r *run) markSensitive(value any, found []lang.SensitiveAt) {
	for _, s := range found {
		p := join(r.path, s.Path)
		if p[len(p)-1] != extraField {
			r.markAt(p, s.Names)
			continue
		}
		r.mark(object.OpenKey(inBody(p)), s.Names)
		fields, _ := s.Path.In(value).(map[string]any)
		for key := range fields {
			r.markAt(p.With(key), s.Names)
		}
	}
}

// markAt marks a value at the path that it will have in the body.
func (r *run) markAt(p object.Path, names []string) { r.mark(inBody(p).String(), names) }

// inBody returns the path that a value will have in the body, without the steps extra and json.
func inBody(p object.Path) object.Path {
	if p = withoutExtra(p); len(p) > 0 && p[0] == jsonField {
		p = p[1:]
	}
	return p
}

// mark adds to an entry of Object.Sensitive.
func (r *run) mark(at string, names []string) {
	if r.sensitive == nil {
		r.sensitive = map[string][]string{}
	}
	all := slices.Concat(r.sensitive[at], names)
	slices.Sort(all)
	r.sensitive[at] = slices.Compact(all)
}

func join(p, q object.Path) object.Path {
	joined := make(object.Path, 0, len(p)+len(q))
	return append(append(joined, p...), q...)
}

// constant is a value that the structure of the blocks implies, such as the type of a widget.
type constant struct {
	value any
	rng   hcl.Range
}

func (c constant) eval(r *run) (any, bool) {
	r.setRange(c.rng, c.rng)
	return c.value, true
}

func (c constant) varies() bool { return false }

// invalid replaces a block with an error, so that the field it sets is not reported as missing as well.
type invalid struct{}

func (invalid) eval(r *run) (any, bool) {
	r.fail(nil)
	return nil, true
}

func (invalid) varies() bool { return false }

// attribute is a value given by an expression.
type attribute struct {
	expr      *lang.Expression
	name      hcl.Range
	typ       *kind.Type     // nil if unknown
	keepNulls bool           // keep nulls inside the value; otherwise a null field is unset
	inside    []lang.Located // the parts of the value whose positions are known without evaluation

	weight    int  // the steps that checking the value takes, for each instance
	evaluated bool // the fields below are the result, which does not vary
	value     any
	found     lang.Conversion
	ok        bool
}

func (a *attribute) varies() bool { return a.expr.Varies }

func (a *attribute) eval(r *run) (any, bool) {
	r.setRange(a.expr.Range(), a.name)
	if r.locate {
		for _, in := range a.inside {
			r.positions.set(join(r.path, in.Path), in.Value, in.Key)
		}
	}
	value, found, ok := a.value, a.found, a.ok
	if !a.evaluated {
		value, found, ok = a.evaluate(r)
		if !a.expr.Varies {
			a.value, a.found, a.ok, a.evaluated = value, found, ok, true
		}
	}
	r.weight += a.weight
	r.markSensitive(value, found.Sensitive)
	if !ok {
		r.fail(nil)
	}
	for _, f := range found.Faults {
		r.fail(f.Path)
	}
	// A value that failed is set all the same, so that its name is checked.
	return value, value != nil || !ok || len(found.Faults) > 0
}

func (a *attribute) evaluate(r *run) (any, lang.Conversion, bool) {
	found := r.scope.Refs.Conversion()
	if !r.scope.Report.Spend(1, valueBytes, a.expr.Range()) {
		return nil, found, false
	}
	v, ok := r.scope.Value(a.expr, r.inner)
	if !ok {
		return nil, found, false
	}
	if size, fault := r.scope.Report.Meter.Measure(v); fault == nil {
		a.weight = size.Elements + size.Bytes/checkedBytes
	}
	if !lang.IsTemplate(a.expr.Expression) {
		r.scope.Secrets.LearnField(v)
	}
	value := found.Convert(v)
	if found.Null && !a.keepNulls {
		withoutNulls(a.typ, value)
	}
	for _, f := range found.Faults {
		if f.Code != "" {
			r.scope.Report.Error(f.Code, f.Summary, f.Detail, r.positions.values.At(join(r.path, f.Path)))
		}
	}
	return value, found, true
}

// objectNode is an object written as a block or implied by the structure of the blocks.
type objectNode struct {
	fields []field
	rng    hcl.Range // of the block

	cached map[string]any
	weight int // of the cached value
}

// field is one key of an object.
type field struct {
	name  string
	value node
}

func (o *objectNode) varies() bool {
	for _, f := range o.fields {
		if f.value.varies() {
			return true
		}
	}
	return false
}

func (o *objectNode) eval(r *run) (any, bool) {
	if o.cached != nil && !r.locate {
		r.weight += o.weight
		return o.cached, true
	}
	r.setRange(o.rng, o.rng)
	failed, sensitive, weight := len(r.failed), len(r.sensitive), r.weight
	out := make(map[string]any, len(o.fields))
	for _, f := range o.fields {
		r.at(f.name, func() {
			if v, ok := f.value.eval(r); ok {
				out[f.name] = v
			}
		})
	}
	// Only a value without errors and sensitive parts can be cached: a later evaluation would not report them.
	if len(r.failed) == failed && len(r.sensitive) == sensitive && !o.varies() {
		o.cached, o.weight = out, r.weight-weight
	}
	return out, true
}
