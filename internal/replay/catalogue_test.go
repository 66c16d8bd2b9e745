package replay

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/function"
)

// exampleCall returns a call of a function with the required number of arguments.
func exampleCall(f *function.Function, inner string) string {
	return f.Example() + "(" + inner + strings.Repeat(", 60", f.Args-1) + ")"
}

// TestCatalogueOfFunctions: replay implements exactly the functions that the catalogue says it does, in queries and in
// formulas.
func TestCatalogueOfFunctions(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("m", "h:1", "1x100"), nil)
	// A function that reads data before the recording is implemented, too.
	evaluates := func(query string, variables ...any) (bool, string) {
		r := replayed(t, rec, formulaOf(query, variables), Options{OnePhase: true})
		return r.Evaluated || strings.Contains(r.Reason, "is shorter than the time range of the query"), r.Reason
	}
	for i := range function.All() {
		f := &function.All()[i]
		got, reason := evaluates("avg(last_5m):" + exampleCall(f, "avg:m{*}") + " > 1")
		if want := f.Replay != function.Nowhere; got != want {
			t.Errorf("%s is evaluated: %v %s", f.Example(), got, reason)
		}
		got, reason = evaluates(`formula("`+exampleCall(f, "a")+`").last("5m") > 1`, map[string]any{"name": "a", "data_source": "metrics", "query": "avg:m{*}"})
		if want := f.Replay == function.Everywhere; got != want {
			t.Errorf("%s is evaluated in a formula: %v %s", f.Example(), got, reason)
		}
	}
	for _, name := range []string{"ewma_4", "median_4", "abss"} {
		if got, reason := evaluates("avg(last_5m):" + name + "(avg:m{*}) > 1"); got || !strings.Contains(reason, "the function "+name) {
			t.Errorf("%s is evaluated: %v %s", name, got, reason)
		}
	}
}

// formulaOf returns a metric monitor with the variables of a formula.
func formulaOf(q string, variables []any) Monitor {
	if len(variables) == 0 {
		return query(q)
	}
	return query(q, "variables", slices.Clone(variables))
}

// TestCatalogueOfModifiers: replay implements exactly the modifiers that the catalogue says it does, with every method.
func TestCatalogueOfModifiers(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("m", "h:1", "1x100"), nil)
	for _, name := range function.Modifiers() {
		m := function.FindModifier(name)
		for _, word := range append(slices.Clone(m.Methods), "")[:max(1, len(m.Methods))] {
			r := replayed(t, rec, query("avg(last_5m):avg:m{*}."+name+"("+word+") > 1"), Options{OnePhase: true})
			if r.Evaluated != m.Replay {
				t.Errorf(".%s(%s) is evaluated: %v %s", name, word, r.Evaluated, r.Reason)
			}
		}
	}
}

// TestFunctionsHaveVectors: for each function that replay evaluates, a vector shows which values it computes.
func TestFunctionsHaveVectors(t *testing.T) {
	files, err := filepath.Glob("testdata/vectors/*.test")
	if err != nil {
		t.Fatal(err)
	}
	var vectors strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "query ") || strings.HasPrefix(line, "monitor ") {
				vectors.WriteString(line)
			}
		}
	}
	for _, f := range function.All() {
		if f.Replay == function.Nowhere {
			continue
		}
		called := regexp.MustCompile(`\b` + regexp.QuoteMeta(f.Name) + `\d*(?:_\w+)?\(`)
		if !called.MatchString(vectors.String()) {
			t.Errorf("no vector in testdata/vectors calls %s", f.Example())
		}
	}
}
