package config

import (
	"slices"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// check checks the body against the fields of its kind. An unknown field written in HCL is an error. In exported JSON
// it is only a warning, because Datadog can have added the field since.
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
	// Every problem cost a search for similar names. Without a limit, thousands of objects with the same problem would
	// take minutes.
	if len(problems) > 0 && r.scope.Report.Meter.Spend(problemSteps*len(problems), 0) != nil {
		r.scope.Report.Spend(1, 0, c.source.DefRange())
	}
	found := findings{c: c, r: r, o: o}
	for _, p := range problems {
		if r.followsFailure(p) {
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
		switch {
		case p.Code == kind.CodeDeprecatedField && !has(written, p.Path):
			// An export can have a hundred of them, and its user wrote none: only lint reports them.
			build = diag.Info
		case p.Severity == kind.Warning:
			build = diag.Warning
		}
		found.report(written, p, build(p.Code, p.Summary, detail, at))
	}
}

// isQuoted reports whether a problem can quote something sensitive: the value, or the name of a field inside a
// sensitive value.
func isQuoted(o *object.Object, p kind.Problem) bool {
	at := withoutExtra(p.Path)
	switch p.Code {
	case kind.CodeUnknownField, kind.CodeReadOnlyField, kind.CodeDeprecatedField, kind.CodeDuplicateField:
		return o.IsSensitive(at[:max(0, len(at)-1)]) || o.IsSensitive(at) && o.HidesKey(at)
	}
	return o.Touches(at)
}

// withoutValue describes a problem with a sensitive value without quoting the value, as kind.Check can.
func withoutValue(p kind.Problem) string {
	switch p.Code {
	case kind.CodeInvalidValue:
		return "The value is not allowed. It is sensitive and not shown. Run `ddmon schema` for the allowed values."
	case kind.CodeUnknownField:
		return "The field is part of a sensitive value, so its name is not shown. Run `ddmon schema` for the supported fields."
	case kind.CodeMissingField:
		return p.Detail
	}
	return "The value is sensitive, so details are not shown. Run `ddmon schema` for the allowed values."
}

func has(body map[string]any, p object.Path) bool {
	if len(p) == 0 {
		return false
	}
	_, ok := body[p[0].(string)]
	return ok
}

// followsFailure reports whether a problem is only a consequence of a value that could not be evaluated. The name of
// such a value is checked all the same.
func (r *run) followsFailure(p kind.Problem) bool {
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
