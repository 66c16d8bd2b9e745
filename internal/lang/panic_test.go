package lang

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty/function"
)

// oddValues are values of all types, and some at the limits of what functions expect.
var oddValues = []string{
	`null`, `true`, `-1`, `1.5`, `"a"`, `"%s%d%v%#v%[9]q"`, `"[{"`, `[]`, `{}`, `[null]`, `[["a"], {}]`, `{ a = null, b = [] }`, `tolist(["b"])`, `toset([1, 2])`, `tomap({})`,
	`tolist(null)`, `tostring(null)`, `var.s`, `sensitive([1])`, `sensitive(null)`, `monitor.o.id`, `[monitor.o.id]`, `{ (var.s) = 1 }`, `1 / 0`,
}

// panicsInLibrary are the functions of package cty that panic for some of these values.
var panicsInLibrary = map[string]bool{"indent": true, "log": true, "merge": true, "pow": true, "zipmap": true}

// TestNothingPanics: functions and operators either work or return an error without a Go stack, whatever their arguments.
func TestNothingPanics(t *testing.T) {
	var calls []string
	for name := range testLibrary().functions(nil) {
		calls = append(calls, name+"()")
		for _, a := range oddValues {
			calls = append(calls, name+"("+a+")", name+"("+a+"...)", name+"("+a+", "+a+", "+a+")")
			for _, b := range oddValues {
				calls = append(calls, name+"("+a+", "+b+")")
			}
		}
	}
	for _, a := range oddValues {
		for _, format := range []string{
			`-A`, `!A`, `"${A}"`, `"x${A}y"`, `A[*]`, `A.*.a`, `A.a`, `[for k, v in A : k]`, `[for v in A : v if v]`, `{ for v in A : v => 1 }`,
			`{ for k, v in A : k => v... }`, `{ (A) = 1 }`, `"%{ if A }x%{ endif }"`, `"%{ for v in A }x${v}%{ endfor }"`,
		} {
			calls = append(calls, strings.ReplaceAll(format, "A", "("+a+")"))
		}
		for _, b := range oddValues {
			for _, format := range []string{`A[B]`, `A == B`, `A < B`, `A + B`, `A / B`, `A % B`, `A && B`, `A ? B : null`, `true ? A : B`} {
				calls = append(calls, strings.NewReplacer("A", "("+a+")", "B", "("+b+")").Replace(format))
			}
		}
	}
	folder := folderOf(t, functionFiles)
	s := newTestScope(folder)
	for _, call := range calls {
		_, diags := evaluateIn(t, s, call)
		name, _, _ := strings.Cut(call, "(")
		if text := describe(diags); strings.Contains(text, "panic") || strings.Contains(text, ".go:") || strings.Contains(text, "support these values") && !panicsInLibrary[name] {
			t.Errorf("%s: %.200s", call, text)
		}
		if s.Report.Meter.Err() != nil || s.Report.Len() > maxProblems/2 {
			s = newTestScope(folder)
		}
	}
}

// TestPanicOfLibrary: if a function of the library panics, the error shows neither its values nor a Go stack.
func TestPanicOfLibrary(t *testing.T) {
	s := newTestScope(nil)
	panicked := function.PanicError{Value: "hunter2", Stack: []byte("goroutine 1 [running]:\nmain.go:1")}
	s.Report.AddHCL(hcl.Diagnostics{{Severity: hcl.DiagError, Summary: "Error in function call", Detail: "Call to function \"f\" failed: " + panicked.Error()}})
	const want = "Call to function \"f\" failed: It does not support these values."
	if diags := s.Report.Diagnostics(); len(diags) != 1 || diags[0].Detail != want {
		t.Errorf("%s", describe(diags))
	}
}
