package lint

import (
	"math/rand/v2"
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
