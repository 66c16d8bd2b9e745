package function

import (
	"slices"
	"strings"
	"testing"
)

func TestLookup(t *testing.T) {
	for name, want := range map[string]string{
		"abs": "abs", "ewma_3": "ewma_", "ewma_20": "ewma_", "median_9": "median_", "top": "top", "top10": "top", "bottom5_mean": "bottom",
	} {
		if f := Lookup(name); f == nil || f.Name != want {
			t.Errorf("%s is %v", name, f)
		}
	}
	for _, name := range []string{"", "Abs", "ewma", "ewma_", "ewma_4", "ewma_03", "ewma_3x", "median_20", "topx", "bottom", "absolute"} {
		if f := Lookup(name); f != nil {
			t.Errorf("%s is %s", name, f.Name)
		}
	}
	if FindModifier("rollup") == nil || FindModifier("rolup") != nil {
		t.Error("modifiers are confused")
	}
}

// TestCatalogue: Lookup finds every entry by its example, and its description has the required placeholders.
func TestCatalogue(t *testing.T) {
	names := Names()
	for i := range All() {
		f := &All()[i]
		if Lookup(f.Example()) != f {
			t.Errorf("%s is not found by %s", f.Name, f.Example())
		}
		if f.Args < 1 || f.Args < 2 && strings.Contains(f.Words, "%n") || f.Words != "" && !strings.Contains(f.Words, "%s") {
			t.Errorf("%s: %d arguments, %q", f.Name, f.Args, f.Words)
		}
		if many := f.family == nil || f.family.numbers != nil; many != slices.Contains(names, f.Example()) {
			t.Errorf("%s is among the names: %v", f.Example(), !many)
		}
	}
	if sorted := slices.Sorted(slices.Values(names)); len(slices.Compact(sorted)) != len(names) {
		t.Error("a name is given twice")
	}
}
