package config

import (
	"slices"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

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
	if c.kind.Check != nil {
		problems = append(problems, c.kind.Check(body)...)
	}
	// Finding each took looking for what was meant. The same again in thousands of objects would take minutes.
	if len(problems) > 0 && r.scope.Report.Meter.Spend(problemSteps*len(problems), 0) != nil {
		r.scope.Report.Spend(1, 0, c.source.DefRange())
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
		if isQuoted(o, p) {
			detail = withoutValue(p)
		}
		build := diag.Error
		if p.Severity == kind.Warning {
			build = diag.Warning
		}
		r.scope.Report.Add(build(p.Code, p.Summary, detail, at))
	}
}

// isQuoted reports whether a problem may quote something sensitive: the value, or the name of a field inside of one.
func isQuoted(o *object.Object, p kind.Problem) bool {
	at := withoutExtra(p.Path)
	switch p.Code {
	case kind.CodeUnknownField, kind.CodeReadOnlyField, kind.CodeDeprecatedField, kind.CodeDuplicateField:
		return o.IsSensitive(at[:max(0, len(at)-1)]) || o.IsSensitive(at) && o.HidesKey(at)
	}
	return o.Touches(at)
}

// withoutValue says what is wrong with a sensitive value, which kind.Check may quote.
func withoutValue(p kind.Problem) string {
	switch p.Code {
	case kind.CodeInvalidValue:
		return "The value is sensitive and not shown. See ddmon schema for those that are allowed."
	case kind.CodeUnknownField:
		return "The field is part of a sensitive value, so its name is not shown. See ddmon schema for the fields that ddmon knows."
	case kind.CodeMissingField:
		return p.Detail
	}
	return "The value is sensitive, so what is wrong with it is not shown. See ddmon schema for what is allowed."
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
