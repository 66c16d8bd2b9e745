package object

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAddressText(t *testing.T) {
	tests := []struct {
		address Address
		text    string
	}{
		{Address{Kind: "monitor", Name: "a"}, "monitor.a"},
		{Address{Kind: "monitor", Name: "a-b"}, "monitor.a-b"},
		{Address{Kind: "monitor", Name: "a", Keyed: true}, `monitor.a[""]`},
		{Address{Kind: "monitor", Name: "a", Key: "x y", Keyed: true}, `monitor.a["x y"]`},
		{Address{Kind: "dashboard", Name: "a", Key: "\"\\\n${b}%{c}", Keyed: true}, `dashboard.a["\"\\\n$${b}%%{c}"]`},
	}
	for _, test := range tests {
		if got := test.address.String(); got != test.text {
			t.Errorf("%#v is written %s, want %s", test.address, got, test.text)
		}
		if got, err := ParseAddress(test.text); err != nil || got != test.address {
			t.Errorf("%s is read as %#v (%v)", test.text, got, err)
		}
	}
	for _, bad := range []string{"", "monitor", "monitor.a.id", "monitor.a[0]", "monitor.a[", "a b"} {
		if a, err := ParseAddress(bad); err == nil {
			t.Errorf("%q is read as %v", bad, a)
		}
	}
}

func TestSlug(t *testing.T) {
	long := strings.Repeat("x", 300)
	tests := []struct {
		address Address
		slug    string
	}{
		{Address{Kind: "monitor", Name: "queue_depth"}, "monitor.queue_depth"},
		{Address{Kind: "monitor", Name: "q", Key: "a,b", Keyed: true}, "monitor.q:a/2cb"},
		{Address{Kind: "monitor", Name: "q", Key: "", Keyed: true}, "monitor.q:/"},
		{Address{Kind: "monitor", Name: "Upper"}, "monitor./55pper"},
		{Address{Kind: "monitor", Name: "a__b_"}, "monitor.a_/5fb/5f"},
		{Address{Kind: "monitor", Name: "q", Key: long, Keyed: true}, "monitor.q:" + long[:136] + "//"},
	}
	for _, test := range tests {
		got := test.address.Slug()
		if got != test.slug && !(strings.HasSuffix(test.slug, "//") && strings.HasPrefix(got, test.slug)) {
			t.Errorf("slug of %s is %s, want %s", test.address, got, test.slug)
		}
		back, ok := AddressOfSlug(got)
		if cut := strings.Contains(got, "//"); ok == cut || ok && back != test.address {
			t.Errorf("%s reads back as %v, %v", got, back, ok)
		}
	}
	other := Address{Kind: "monitor", Name: "q", Key: long + "y", Keyed: true}
	if tests[5].address.Slug() == other.Slug() {
		t.Error("two long keys share a slug")
	}
}

// FuzzSlug: whatever a key holds, its slug is a tag's value that Datadog leaves alone, and is nobody else's.
func FuzzSlug(f *testing.F) {
	f.Add("queue_depth", "a,b", "a.b")
	f.Add("Q", "", "ä__")
	f.Add("x", "/2c", ",")
	f.Fuzz(func(t *testing.T, name, key, otherKey string) {
		a := Address{Kind: "monitor", Name: name, Key: key, Keyed: true}
		slug := a.Slug()
		if len(TagID+slug) > 200 {
			t.Errorf("%d characters", len(TagID+slug))
		}
		for _, r := range slug {
			if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789_.:/-", r) {
				t.Errorf("%q in %s", r, slug)
			}
		}
		if strings.Contains(slug, "__") || strings.HasSuffix(slug, "_") {
			t.Errorf("Datadog would fold %s", slug)
		}
		if back, ok := AddressOfSlug(slug); ok && back != a {
			t.Errorf("%s reads back as %#v", slug, back)
		}
		b := Address{Kind: "monitor", Name: name, Key: otherKey, Keyed: true}
		if (slug == b.Slug()) != (key == otherKey) {
			t.Errorf("%q and %q have slugs %s and %s", key, otherKey, slug, b.Slug())
		}
	})
}

func TestAddressAsJSON(t *testing.T) {
	a := Address{Kind: "monitor", Name: "a", Key: "k", Keyed: true}
	raw, err := json.Marshal(map[Address]Address{a: a})
	if err != nil || string(raw) != `{"monitor.a[\"k\"]":"monitor.a[\"k\"]"}` {
		t.Fatalf("%s (%v)", raw, err)
	}
	var back map[Address]Address
	if err := json.Unmarshal(raw, &back); err != nil || back[a] != a {
		t.Errorf("%v (%v)", back, err)
	}
}
