package monitorcheck

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/function"
	"ddmon/internal/monitor"
)

// TestUnknownFunctions: the warning about an unknown function says what to do, also if no name is similar.
func TestUnknownFunctions(t *testing.T) {
	for name, want := range map[string]string{
		"default_zer": "did you mean default_zero?",
		"ABS":         "did you mean abs?",
		"absolute":    "did you mean abs?",
		"monotonic":   "did you mean monotonic_diff?",
		"frobnicate":  "use a function from https://docs.datadoghq.com/dashboards/functions/.",
	} {
		m := monitor.FromBody(map[string]any{"type": "query alert", "query": "avg(last_5m):" + name + "(avg:a{*}) > 1"})
		found := false
		for _, p := range Check(m) {
			if p.Code == "unknown_function" {
				found = true
				if p.Severity != SeverityWarning || !strings.HasPrefix(p.Hint, want) {
					t.Errorf("%s: severity %v, hint %q, want %q", name, p.Severity, p.Hint, want)
				}
			}
		}
		if !found {
			t.Errorf("%s is not reported", name)
		}
	}
}

// TestArgumentCount: each function and modifier warns about fewer and more arguments than the catalogue has.
func TestArgumentCount(t *testing.T) {
	check := func(query string, want bool) {
		t.Helper()
		m := monitor.FromBody(map[string]any{"type": "query alert", "query": query})
		got := slices.ContainsFunc(Check(m), func(p Problem) bool { return p.Code == "argument_count" && p.Severity == SeverityWarning })
		if got != want {
			t.Errorf("%s: warns %v, want %v", query, got, want)
		}
	}
	for i := range function.All() {
		f := &function.All()[i]
		for n := range f.Args + f.Optional + 2 {
			args := strings.Repeat(", 5", max(n-1, 0))
			if n > 0 {
				args = "avg:a{*}" + args
			}
			check(fmt.Sprintf("avg(last_5m):%s(%s) > 1", f.Example(), args), !f.Algorithm && (n < f.Args || n > f.Args+f.Optional))
		}
	}
	for _, name := range function.Modifiers() {
		f := function.FindModifier(name)
		for n := range f.Args + f.Optional + 2 {
			args := strings.TrimPrefix(strings.Repeat(", 5", n), ", ")
			want := n < f.Args || n > f.Args+f.Optional
			check(fmt.Sprintf("avg(last_5m):avg:a{*}.%s(%s) > 1", name, args), want)
			check(fmt.Sprintf("avg(last_5m):abs(avg:a{*}).%s(%s) > 1", name, args), want)
		}
	}
}

// TestArgumentCountText: the warning says how many arguments are needed.
func TestArgumentCountText(t *testing.T) {
	for expression, want := range map[string]string{
		"default(avg:a{*})":         "default takes 2 arguments, not 1",
		"abs()":                     "abs takes 1 argument, not 0",
		"default_zero(avg:a{*}, 5)": "default_zero takes 1 argument, not 2",
		"top(avg:a{*})":             "top takes 2 to 4 arguments, not 1",
		"avg:a{*}.fill()":           ".fill() takes 1 to 2 arguments, not 0",
		"sum:a{*}.as_count(3)":      ".as_count() takes no arguments",
	} {
		m := monitor.FromBody(map[string]any{"type": "query alert", "query": "sum(last_5m):" + expression + " > 1"})
		if !slices.ContainsFunc(Check(m), func(p Problem) bool { return p.Message == want }) {
			t.Errorf("%s: want %q in %+v", expression, want, Check(m))
		}
	}
}
