package textdiff

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// patch applies spans to old, with the inserted elements from new.
func patch(old, new []string, spans []Span) (result []string, edits int) {
	for _, s := range spans {
		switch s.Op {
		case Equal:
			result = append(result, old[s.From:s.To]...)
		case Insert:
			result = append(result, new[s.From:s.To]...)
			edits += s.To - s.From
		case Delete:
			edits += s.To - s.From
		}
	}
	return result, edits
}

func TestDiff(t *testing.T) {
	tests := []struct {
		old, new string
		want     string
	}{
		{"", "", ""},
		{"a b c", "a b c", "=a b c"},
		{"avg > 70", "avg > 50", "=avg > |-70|+50"},
		{"a c", "a b c", "=a |+b |=c"},
		{"a b c", "a c", "=a |-b |=c"},
		{"x", "y", "-x|+y"},
	}
	for _, test := range tests {
		old, new := Words(test.old), Words(test.new)
		var parts []string
		for _, s := range Diff(old, new) {
			switch s.Op {
			case Equal:
				parts = append(parts, "="+strings.Join(old[s.From:s.To], ""))
			case Delete:
				parts = append(parts, "-"+strings.Join(old[s.From:s.To], ""))
			case Insert:
				parts = append(parts, "+"+strings.Join(new[s.From:s.To], ""))
			}
		}
		if got := strings.Join(parts, "|"); got != test.want {
			t.Errorf("Diff(%q, %q) = %s, want %s", test.old, test.new, got, test.want)
		}
	}
}

// TestDiffLaw compares the diff with a simple table of longest common subsequences.
func TestDiffLaw(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []string{"a", "b", "c"}
	text := func() []string {
		out := make([]string, random.IntN(12))
		for i := range out {
			out[i] = letters[random.IntN(len(letters))]
		}
		return out
	}
	for range 5000 {
		old, new := text(), text()
		got, edits := patch(old, new, Diff(old, new))
		if !slices.Equal(got, new) {
			t.Fatalf("patch(%v, Diff(%v, %v)) = %v", old, old, new, got)
		}
		if want := len(old) + len(new) - 2*common(old, new); edits != want {
			t.Fatalf("Diff(%v, %v) makes %d edits, %d are enough", old, new, edits, want)
		}
	}
}

func common(a, b []string) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := range a {
		for j := range b {
			table[i+1][j+1] = max(table[i][j+1], table[i+1][j])
			if a[i] == b[j] {
				table[i+1][j+1] = table[i][j] + 1
			}
		}
	}
	return table[len(a)][len(b)]
}

func TestDiffOfMuch(t *testing.T) {
	old, new := make([]string, 50_000), make([]string, 50_000)
	for i := range old {
		old[i], new[i] = "old", "new"
	}
	if got := Diff(old, new); len(got) != 2 {
		t.Errorf("two long sequences without common elements give %d spans, want 2", len(got))
	}
}

func TestWords(t *testing.T) {
	got := Words("sum:a.b{x:y} > 0.5\n é")
	want := []string{"sum", ":", "a.b", "{", "x", ":", "y", "}", " ", ">", " ", "0.5", "\n ", "é"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func FuzzWords(f *testing.F) {
	f.Add("sum:a{b} > 1")
	f.Fuzz(func(t *testing.T, s string) {
		if got := strings.Join(Words(s), ""); got != s {
			t.Errorf("words of %q join to %q", s, got)
		}
	})
}
