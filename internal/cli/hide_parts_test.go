package cli

import "testing"

// TestPartsOfSecrets: a text from Datadog is shown unchanged, or not at all if it contains part of a secret.
func TestPartsOfSecrets(t *testing.T) {
	h := newHider(nil, nil)
	h.learnEncoded(map[string][]string{"a": {"Quiet-River-4471-Lamp"}, "b": {"Zq7Xv9Kw3Jp5"}, "c": {"short"}})
	for said, shown := range map[string]bool{
		"near 'er-4471-lamp} > 1'": false, "parse error at 4471-lamp": false, "...Xv9Kw3Jp5": false, "quiet_river_4471_lamp": false,
		"QUIET RIVER 4471 LAMP": false, "Zq7\x1b[Xv9Kw3Jp5": false, "Z.q.7.X.v.9.K.w.3": false,
		"The value provided for parameter 'query' is invalid": true, "quiet": true, "a river": true, "short": true, "": true,
	} {
		if got := h.answer(said); (got == said) != shown {
			t.Errorf("%q: %q", said, got)
		}
	}
}
