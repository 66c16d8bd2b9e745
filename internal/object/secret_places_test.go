package object

import "testing"

// TestSecretPlaces: only the set of positions matters, without list indexes and without the keys of open objects.
func TestSecretPlaces(t *testing.T) {
	of := func(places ...string) string {
		o := &Object{Sensitive: map[string][]string{}}
		for _, p := range places {
			o.Sensitive[p] = []string{"v"}
		}
		return o.SecretPlaces()
	}
	if of() != "" || (*Object)(nil).SecretPlaces() != "" || !secretPlaces.MatchString(of("message")) {
		t.Errorf("%q, %q", of(), of("message"))
	}
	for name, tt := range map[string]struct {
		a, b []string
		same bool
	}{
		"the same":           {[]string{"message", "tags[0]"}, []string{"tags[0]", "message"}, true},
		"another index":      {[]string{"tags[0]"}, []string{"tags[3]"}, true},
		"another field":      {[]string{"message"}, []string{"name"}, false},
		"one less":           {[]string{"message", "tags[0]"}, []string{"message"}, false},
		"keys of an open":    {[]string{"options.*", "options.abc", "name"}, []string{"options.*", "options.xyz", "name"}, true},
		"opened":             {[]string{"options.*", "options.abc"}, []string{"options.abc"}, false},
		"the whole is open":  {[]string{"*", "abc", "options.*"}, []string{"*", "xyz", "options.*"}, true},
		"one of two is open": {[]string{"options.*", "abc"}, []string{"options.*", "xyz"}, false},
	} {
		if got := of(tt.a...) == of(tt.b...); got != tt.same {
			t.Errorf("%s: same %t, want %t", name, got, tt.same)
		}
	}
}
