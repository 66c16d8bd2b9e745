package object

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestFinder: sensitive strings and numbers are found in other notations. Numbers are found only as a whole.
func TestFinder(t *testing.T) {
	var f Finder
	for _, secret := range []string{"Quiet-River", "73519", "12345678", "1234.5", "correct horse\nbattery", "straße", "abc", "abcd", "true", "42", "1e15"} {
		f.Add("v", secret)
	}
	for text, want := range map[string]string{
		"quiet-river QUIET-RIVER":             "[] []",
		"xquiet-rivery":                       "x[]y",
		"73519":                               "[]",
		"above 73,519, or 73519.0 of 73,519.": "above [], or [] of [].",
		"173519 735190 73519.5 1.73519 x73519 73519x": "173519 735190 73519.5 1.73519 x73519 73519x",
		"-73519 (73519) [73519,2] =73519;":            "-[] ([]) [[],2] =[];",
		"id12345678x 912345678":                       "id[]x 912345678",
		"1234.5 1,234.5 1234.50":                      "[] [] []",
		"CORRECT\u00a0\n  horse":                      "[]",
		"Battery":                                     "[]",
		"STRAßE":                                      "[]",
		"xabcdx abce":                                 "x[]x abce",
		"abc true 42 null":                            "abc true 42 null",
		"1e15 1000000000000000 1,000,000,000,000,000 1.000E+15": "1e15 [] [] []",
		"7.3519e+04 73519.00 073519 73519,000 73519,12 1,73519": "[] [] [] [],000 [],12 1,[]",
		"1.2.73519 73519.1.2 1.73519":                           "1.2.73519 73519.1.2 1.73519",
		"":                                                      "",
		"\xff\xfequiet-river\xff":                               "\xff\xfe[]\xff",
	} {
		if got := replaced(&f, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	var short Finder
	for _, secret := range []string{"abc", "5", "x"} {
		short.AddShort("v", secret)
	}
	if got := replaced(&short, `"abc" abcd 5 55 1.5 ABC x xy`); got != `"[]" abcd [] 55 1.5 [] [] xy` {
		t.Error(got)
	}
}

// TestFinderRepeatedText: if the secret and the string repeat a pattern, the string is redacted as a whole, and
// quickly.
func TestFinderRepeatedText(t *testing.T) {
	for _, length := range []int{2_000, 100_000} {
		var f Finder
		f.Add("other", "Quiet-River")
		f.Add("v", strings.Repeat("f", length))
		text := "before " + strings.Repeat("F", length-1)
		if got := replaced(&f, text+"f"); strings.ContainsAny(got, "fF") && got != "before []" {
			t.Errorf("%d: %.100q", length, got)
		}
		if got := replaced(&f, "quiet-river of "+strings.Repeat("f", 500)); got != "[] of "+strings.Repeat("f", 500) {
			t.Errorf("%d: %.100q", length, got)
		}
		echo := f.FindEchoes(text)
		if n := len(echo); n == 0 || echo[n-1].To != len(text) || echo[n-1].Tag != "v" {
			t.Errorf("%d: %v", length, echo[:min(n, 3)])
		}
	}
}

func replaced(f *Finder, s string) string {
	var b strings.Builder
	done := 0
	for _, found := range f.Find(s) {
		if found.From >= done {
			b.WriteString(s[done:found.From] + "[]")
		}
		done = max(done, found.To)
	}
	return b.String() + s[done:]
}

// FuzzFinder: a secret is found with arbitrary text around it and with arbitrarily escaped characters.
func FuzzFinder(f *testing.F) {
	f.Add("before ", "Hunter2 <x> ä", " after", uint64(1))
	f.Add("", "0a\"b\\c\nZweite Zeile", "\x00", uint64(2))
	f.Fuzz(func(t *testing.T, before, secret, after string, seed uint64) {
		if new(Finder).number("v", strings.TrimSpace(secret), 1) || len(strings.TrimSpace(secret)) < ShortestSecret || isLiteral(secret) {
			t.Skip()
		}
		var find Finder
		find.Add("v", secret)
		random := rand.New(rand.NewPCG(seed, 1))
		written := strings.Map(func(r rune) rune {
			if 'a' <= r && r <= 'z' && random.IntN(2) == 0 {
				return r - 'a' + 'A'
			}
			return r
		}, strings.TrimSpace(secret))
		text := before + written + after
		for _, found := range find.Find(text) {
			if found.From <= len(before) && found.To >= len(before)+len(written) {
				return
			}
		}
		t.Errorf("%q is not found in %q", secret, text)
	})
}
