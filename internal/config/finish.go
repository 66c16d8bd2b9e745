package config

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// overJSON lays the fields that are written over a body read from JSON. What only the server sets is in every
// export, and left out.
func (c compiled) overJSON(r *run, written map[string]any) map[string]any {
	body := maps.Clone(written)
	var fromJSON []string
	before := len(r.failed)
	r.at(jsonField, func() {
		v, _ := c.json.eval(r)
		from, isObject := v.(map[string]any)
		switch {
		case !isObject && len(r.failed) > before: // reported
		case !isObject:
			r.loader.error("wrong_type", "json is no object", "json is the whole "+c.kind.Name+" as Datadog's API has it. Write: json = jsondecode(file(\"exported.json\"))",
				c.json.expr.Range())
			r.fail(nil)
		default:
			from = withoutReadOnly(c.kind.Body, from).(map[string]any)
			for key, v := range from {
				if _, ok := body[key]; !ok {
					body[key] = v
					fromJSON = append(fromJSON, key)
				}
			}
		}
	})
	secrets, allSecret := r.sensitive[""]
	delete(r.sensitive, "")
	for _, key := range fromJSON {
		r.at(key, func() { r.place(c.json.expr.Range(), c.json.name) })
		if allSecret {
			r.sensitive[key] = secrets
		}
	}
	return body
}

// withoutReadOnly returns v without the fields that only the server sets.
func withoutReadOnly(t *kind.Type, v any) any {
	t = t.Resolve(v)
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, e := range v {
			f := t.Field(key, v)
			switch {
			case f == nil:
				out[key] = e
			case !f.ReadOnly:
				out[key] = withoutReadOnly(f.Type, e)
			}
		}
		return out
	case []any:
		if t == nil || t.Shape != kind.List {
			return v
		}
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = withoutReadOnly(t.Elem, e)
		}
		return out
	}
	return v
}

// check compares the body with what is known of its kind. What was written in HCL is held to it; in what was
// exported, an unknown key may be one that Datadog knows.
func (c compiled) check(r *run, o *object.Object, written, body map[string]any) {
	problems := kind.Check(c.kind.Body, written, kind.CheckOptions{})
	if c.json != nil {
		problems = slices.DeleteFunc(problems, func(p kind.Problem) bool { return !has(written, p.Path) })
		for _, p := range kind.Check(c.kind.Body, body, kind.CheckOptions{UnknownWarns: true}) {
			if !has(written, p.Path) {
				problems = append(problems, p)
			}
		}
	}
	for _, p := range problems {
		if r.excused(p) {
			continue
		}
		at := r.positions.values.At(p.Path)
		switch p.Code {
		case kind.CodeUnknownField, kind.CodeReadOnlyField, kind.CodeDeprecatedField, kind.CodeDuplicateField:
			at = r.positions.keys.At(p.Path)
		}
		detail := p.Detail
		if o.IsSensitive(p.Path) && p.Code == kind.CodeInvalidValue {
			detail = "The value is sensitive and not shown. See ddmon schema for those that are allowed."
		}
		build := diag.Error
		if p.Severity == kind.Warning {
			build = diag.Warning
		}
		r.loader.diags = append(r.loader.diags, build(p.Code, p.Summary, detail, at))
	}
}

func has(body map[string]any, p object.Path) bool {
	if len(p) == 0 {
		return false
	}
	_, ok := body[p[0].(string)]
	return ok
}

// excused reports whether a problem only follows from a value that could not be evaluated. The name of such a value
// may be wrong all the same.
func (r *run) excused(p kind.Problem) bool {
	for _, f := range r.failed {
		if len(f) > 0 && f[0] == jsonField {
			f = nil
		}
		n := min(len(f), len(p.Path))
		if p.Code == kind.CodeUnknownField && n == len(p.Path) {
			continue
		}
		if slices.Equal(f[:n], p.Path[:n]) {
			return true
		}
	}
	return false
}

// finish adds what is not written in the block itself.
func (c compiled) finish(r *run, body map[string]any) map[string]any {
	merged := kind.MergeExtra(body).(map[string]any)
	if stack := r.loader.stack; c.kind.Name == "monitor" && len(stack.Tags) > 0 {
		if own, isList := merged["tags"].([]any); isList || merged["tags"] == nil {
			merged = maps.Clone(merged)
			merged["tags"] = withTags(own, stack.Tags)
		}
	}
	for _, implied := range c.kind.Implied(merged) {
		merged = with(merged, implied.Path, implied.Value).(map[string]any)
	}
	return merged
}

// withTags appends those of the stack's tags that a monitor does not have itself.
func withTags(own []any, stack []string) []any {
	out := slices.Clone(own)
	for _, t := range stack {
		if !slices.Contains(own, any(t)) {
			out = append(out, t)
		}
	}
	return out
}

// with returns v with a value set at p, where p leads through objects only. Nothing is changed that v shares.
func with(v any, p object.Path, value any) any {
	if len(p) == 0 {
		return value
	}
	in, _ := v.(map[string]any)
	out := make(map[string]any, len(in)+1)
	maps.Copy(out, in)
	key := p[0].(string)
	out[key] = with(in[key], p[1:], value)
	return out
}

// evaluateStack evaluates the stack block. found says whether there is any file that could hold one.
func (l *loader) evaluateStack(found bool) {
	if l.stackDecl == nil {
		if found && !l.diags.HasErrors() {
			l.error("no_stack", "No stack block", "A stack needs a name, by which Datadog's objects are known to belong to it. Write into one of the files: "+
				"stack \"my-service\" {}", hcl.Range{})
		}
		return
	}
	b := l.stackDecl.source
	l.stack.Name, l.stack.Range = b.Labels[0], b.DefRange()
	l.onlyFields(b, []string{"tags"}, nil)
	a := b.Body.Attributes["tags"]
	if a == nil {
		return
	}
	value, ok := l.value(newExpression(a.Expr, nil), nil)
	if !ok || !value.IsWhollyKnown() {
		return
	}
	if hasReference(value) {
		l.unknownID(a.Expr.Range())
		return
	}
	l.stack.Tags = l.tags(value, a.Expr.Range())
}

func (l *loader) tags(value cty.Value, at hcl.Range) []string {
	if hasSensitive(value) {
		l.error("invalid_value", "Tags are sensitive", "The stack's tags go onto every monitor, where all can see them. Wrap what is not secret in nonsensitive().", at)
		return nil
	}
	var tags []string
	list, isList := (&conversion{refs: l.refs}).convert(value).([]any)
	for _, t := range list {
		s, isString := t.(string)
		if !isString {
			isList = false
			break
		}
		tags = append(tags, s)
	}
	if !isList && !value.IsNull() {
		l.error("wrong_type", "Wrong type of value", "tags is a list of strings, such as [\"team:orders\"].", at)
		return nil
	}
	return tags
}
