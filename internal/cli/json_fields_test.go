package cli_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/behaviour"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
	"ddmon/internal/render/machine"
)

// jsonSections are the sections of the reference with the types that they describe.
var jsonSections = map[string]any{
	"plan": machine.Plan{}, "change": planfile.Change{}, "behaviour": behaviour.Report{}, "effect": behaviour.Effect{},
	"verdict": behaviour.Verdict{}, "start": machine.Start{}, "plan_line": machine.PlanLine{}, "event": machine.Event{},
	"diagnostic_line": machine.DiagnosticLine{}, "remaining": machine.Remaining{}, "result": machine.Result{},
	"drift": machine.Drift{}, "validation": machine.Validation{}, "tests": render.TestRun{}, "replay": machine.Replay{},
	"monitor_run": render.Replayed{}, "explanation": machine.Explanation{}, "bodies": machine.Bodies{},
	"formatted": machine.Formatted{}, "names": machine.Names{}, "schema": machine.Schema{}, "fields": machine.SchemaJSON{}, "field": machine.FieldJSON{},
	"rule": machine.Rule{}, "serving": machine.Serving{}, "version": machine.Version{}, "failure": machine.Failure{},
	"verification": render.Verification{}, "span": render.SpanShown{}, "conclusion": render.Conclusion{}, "step": render.VerificationStep{},
	"error": machine.Error{}, "diagnostic": machine.Diagnostic{}, "range": planfile.Range{},
}

// TestReference: the reference lists exactly the fields of the output, with their types.
func TestReference(t *testing.T) {
	documented := parseReference(machine.Reference)
	if got, want := slices.Sorted(maps.Keys(documented)), slices.Sorted(maps.Keys(jsonSections)); !slices.Equal(got, want) {
		t.Fatalf("sections: %s", cmp.Diff(want, got))
	}
	for name, v := range jsonSections {
		fields := map[string]string{}
		walkFields(reflect.TypeOf(v), "", true, fields)
		got := map[string]string{}
		for _, f := range documented[name] {
			got[f.Path] = f.Type
			if f.Text == "" {
				t.Errorf("%s: %s has no text", name, f.Path)
			}
		}
		if d := cmp.Diff(fields, got); d != "" {
			t.Errorf("%s (-output +reference):\n%s", name, d)
		}
	}
}

// walkFields collects the fields of a type. Types with a section of their own are not entered.
func walkFields(t reflect.Type, path string, top bool, into map[string]string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if kind := leaf(t); kind != "" {
		into[path] = kind
		return
	}
	if !top {
		for name, v := range jsonSections {
			if reflect.TypeOf(v) == t {
				into[path] = name
				return
			}
		}
	}
	switch t.Kind() {
	case reflect.Slice:
		walkFields(t.Elem(), path+"[]", false, into)
	case reflect.Struct:
		for name, f := range fieldsOf(t) {
			walkFields(f.Type, strings.TrimPrefix(path+"."+name, "."), false, into)
		}
	default:
		panic(fmt.Sprintf("%s is a %s", path, t))
	}
}

// leaf names the JSON type of a type without fields.
func leaf(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[time.Time](), t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return "string"
	case t.Implements(reflect.TypeFor[json.Marshaler]()), t.Kind() == reflect.Interface:
		return "any"
	case t.Kind() == reflect.Map:
		return "object"
	case t.Kind() == reflect.Bool:
		return "bool"
	case t.Kind() == reflect.String:
		return "string"
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64:
		return "number"
	}
	return ""
}

// fieldsOf returns the fields as encoding/json finds them: those of embedded structs are hidden by outer ones.
func fieldsOf(t reflect.Type) map[string]reflect.StructField {
	out := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" || name == "-" {
			continue
		}
		if name == "" {
			name = f.Name
		}
		if outer, ok := out[name]; !ok || len(f.Index) < len(outer.Index) {
			out[name] = f
		}
	}
	return out
}
