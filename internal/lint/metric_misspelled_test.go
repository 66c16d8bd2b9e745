package lint

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/agext/levenshtein"
)

// TestOneEdit compares oneEdit with the edit distance, over words with few letters, in which many pairs are similar.
func TestOneEdit(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		b := make([]byte, 1+random.IntN(6))
		for i := range b {
			b[i] = "abc"[random.IntN(3)]
		}
		return string(b)
	}
	similar := 0
	for range 20000 {
		a, b := word(), word()
		want := levenshtein.Distance(a, b, nil) == 1 || swapped(a, b)
		if got := oneEdit(a, b); got != want {
			t.Fatalf("oneEdit(%q, %q) = %v", a, b, got)
		}
		if want {
			similar++
		}
	}
	if similar < 100 {
		t.Errorf("only %d pairs are similar", similar)
	}
}

// swapped reports whether swapping two neighbours of a gives b.
func swapped(a, b string) bool {
	for i := 1; i < len(a); i++ {
		if a != b && a[:i-1]+string(a[i])+string(a[i-1])+a[i+1:] == b {
			return true
		}
	}
	return false
}

// TestKnownMetricsAreNotMisspelled: a known metric is correct also if another differs in one letter.
func TestKnownMetricsAreNotMisspelled(t *testing.T) {
	f := DefaultMetrics()
	for _, name := range []string{"own.order", "own.orders"} {
		f.Add(Metric{Name: name, Type: "gauge"})
	}
	neighbours := 0
	check := func(name string) {
		if similar := f.misspelled(name); similar != "" {
			t.Errorf("%s is misspelled: %s", name, similar)
		}
		if oneEdit(name, name+"s") && f.misspelled(name+"ss") == name+"s" {
			neighbours++
		}
	}
	check("own.order")
	check("own.orders")
	for line := range f.table.from("postgresql.") {
		name, _, _ := strings.Cut(line, " ")
		if !strings.HasPrefix(name, "postgresql.") {
			break
		}
		check(name)
	}
	if neighbours == 0 {
		t.Error("no two known metrics differ in one letter")
	}
}
