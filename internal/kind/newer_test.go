package kind

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/object"
)

const newValue = "newer_than_the_tables"

// TestNewerThanTheTables: a body of an export with a value, a field or a variant that the tables do not have has
// warnings and no errors. In HCL it is one error that says how to write it, which then has no errors.
func TestNewerThanTheTables(t *testing.T) {
	tested := map[string]int{}
	for _, k := range All() {
		for _, typ := range reachable(k.Body) {
			base := minimal(typ)
			if got := Check(typ, base, CheckOptions{}); len(errorsOf(got)) > 0 {
				t.Errorf("%s %s: the smallest body %v has errors: %v", k.Name, typ.Name, base, summaries(got))
				continue
			}
			for _, name := range object.SortedKeys(typ.Fields) {
				f := typ.Fields[name]
				switch {
				case f.ReadOnly || f.Strict:
				case len(f.Type.Enum) > 0:
					tested["enum"]++
					checkNewer(t, typ, base, name, newValue)
				case f.Type.Shape == List && len(f.Type.Elem.Enum) > 0:
					tested["list"]++
					checkNewer(t, typ, base, name, []any{newValue})
				case f.Type.Shape == Union:
					for _, v := range f.Type.Variants {
						for i := range f.Type.discriminators {
							d := f.Type.discriminators[i].key
							if v.Shape != Object || v.Fields[d] == nil || len(v.Fields[d].Type.Enum) == 0 {
								continue
							}
							tested["union"]++
							body := minimal(v).(map[string]any)
							body[d] = newValue
							checkNewerVariant(t, typ, base, f, body, d)
						}
					}
				}
			}
			// A field that is new can replace those that were required.
			tested["field"]++
			problems := Check(typ, map[string]any{newValue: true}, CheckOptions{UnknownWarns: true})
			strict := 0
			for _, f := range typ.Fields {
				if f.Required && f.Strict {
					strict++
				}
			}
			if typ.elem == nil && len(errorsOf(problems)) != strict {
				t.Errorf("%s %s: only a new field: %v", k.Name, typ.Name, summaries(problems))
			}
		}
	}
	t.Log(tested)
	for what, least := range map[string]int{"enum": 300, "list": 3, "union": 100, "field": 250} {
		if tested[what] < least {
			t.Errorf("only %d of %s", tested[what], what)
		}
	}
}

// checkNewer checks an object with a new value of an enum.
func checkNewer(t *testing.T, typ *Type, base any, name string, value any) {
	t.Helper()
	body := maps.Clone(base.(map[string]any))
	body[name] = value
	exported := Check(typ, body, CheckOptions{UnknownWarns: true})
	if len(errorsOf(exported)) > 0 || len(codesOf(exported, CodeInvalidValue)) != 1 {
		t.Errorf("%s.%s in an export: %v", typ.Name, name, summaries(exported))
	}
	written := errorsOf(Check(typ, body, CheckOptions{}))
	if len(written) != 1 || !strings.Contains(written[0].Detail, "extra = { "+name+" = ... }") {
		t.Errorf("%s.%s in HCL: %v", typ.Name, name, written)
	}
	delete(body, name)
	body[extraKey] = map[string]any{name: value}
	if left := errorsOf(Check(typ, body, CheckOptions{})); len(left) > 0 {
		t.Errorf("%s.%s in extra: %v", typ.Name, name, summaries(left))
	}
}

// checkNewerVariant checks an object with a variant of a union whose discriminator d is new.
func checkNewerVariant(t *testing.T, typ *Type, base any, f *Field, variant map[string]any, d string) {
	t.Helper()
	whole := maps.Clone(base.(map[string]any))
	whole[f.Name] = variant
	exported := Check(typ, whole, CheckOptions{UnknownWarns: true})
	if len(errorsOf(exported)) > 0 || len(codesOf(exported, CodeInvalidValue)) != 1 {
		t.Errorf("%s.%s with another %s in an export: %v", typ.Name, f.Name, d, summaries(exported))
	}
	written := errorsOf(Check(typ, whole, CheckOptions{}))
	if len(written) != 1 || !strings.Contains(written[0].Detail, "extra = { "+d+" = ... }") {
		t.Errorf("%s.%s with another %s in HCL: %v", typ.Name, f.Name, d, written)
	}
	// What a newer variant consists of is not known.
	whole[f.Name] = map[string]any{d: newValue, "also": []any{true}}
	if got := errorsOf(Check(typ, whole, CheckOptions{UnknownWarns: true})); len(got) > 0 {
		t.Errorf("%s.%s with only %s in an export: %v", typ.Name, f.Name, d, summaries(got))
	}
	whole[f.Name] = map[string]any{"also": []any{true}}
	if got := errorsOf(Check(typ, whole, CheckOptions{UnknownWarns: true})); len(got) > 0 {
		t.Errorf("%s.%s of another form in an export: %v", typ.Name, f.Name, summaries(got))
	}
	whole[f.Name] = map[string]any{extraKey: map[string]any{d: newValue, "also": []any{true}}}
	if got := errorsOf(Check(typ, whole, CheckOptions{})); len(got) > 0 {
		t.Errorf("%s.%s with %s in extra: %v", typ.Name, f.Name, d, summaries(got))
	}
}

// minimal returns a value of a type with the required fields alone.
func minimal(t *Type) any {
	switch t.Shape {
	case Object:
		body := map[string]any{}
		for _, f := range t.required {
			body[f.Name] = minimal(f.Type)
		}
		return body
	case Map:
		return map[string]any{}
	case Union:
		return minimal(t.Variants[0])
	case List:
		return []any{}
	case String:
		if len(t.Enum) > 0 {
			return t.Enum[0]
		}
		return "x"
	case Number, Integer:
		return json.Number("1")
	case Bool:
		return true
	default:
		return "anything"
	}
}

func errorsOf(problems []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool { return p.Severity != Error })
}

func codesOf(problems []Problem, code string) []Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool { return p.Code != code })
}
