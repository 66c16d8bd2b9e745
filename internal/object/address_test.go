package object

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func TestAddressString(t *testing.T) {
	tests := []struct {
		address Address
		text    string
	}{
		{Address{Kind: "monitor", Name: "a"}, "monitor.a"},
		{Address{Kind: "monitor", Name: "a-b"}, "monitor.a-b"},
		{Address{Kind: "monitor", Name: "a", Keyed: true}, `monitor.a[""]`},
		{Address{Kind: "monitor", Name: "a", Key: "x y", Keyed: true}, `monitor.a["x y"]`},
		{Address{Kind: "dashboard", Name: "a", Key: "\"\\\n${b}%{c}", Keyed: true}, `dashboard.a["\"\\\n$${b}%%{c}"]`},
		{Address{Module: Module("").Child("m"), Kind: "monitor", Name: "a"}, "module.m.monitor.a"},
		{Address{Module: Module("").Instance("m", "e.u").Child("n"), Kind: "slo", Name: "a", Key: "k", Keyed: true},
			`module.m["e.u"].module.n.slo.a["k"]`},
	}
	for _, test := range tests {
		if got := test.address.String(); got != test.text {
			t.Errorf("%#v formats as %s, want %s", test.address, got, test.text)
		}
		if got, err := ParseAddress(test.text); err != nil || got != test.address {
			t.Errorf("%s parses as %#v (%v)", test.text, got, err)
		}
	}
	for _, bad := range []string{"", "monitor", "monitor.a.id", "monitor.a[0]", "monitor.a[", "a b", "module.m", "module.m.monitor",
		"module.m.monitor.a.id", "module.m[0].monitor.a", `module.m["k"]["l"].monitor.a`, "module[\"m\"].monitor.a"} {
		if a, err := ParseAddress(bad); err == nil {
			t.Errorf("%q parses as %v", bad, a)
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
		{Address{Module: Module("").Child("m"), Kind: "monitor", Name: "q"}, "monitor:m.q"},
		{Address{Module: Module("").Instance("m", "E.u"), Kind: "monitor", Name: "q"}, "monitor:m:/45.u:q"},
		{Address{Module: Module("").Instance("m", "").Child("n_"), Kind: "slo", Name: "q", Key: "", Keyed: true}, "slo:m:/:n/5f.q:/"},
		{Address{Module: Module("").Instance("m", long), Kind: "slo", Name: "q"}, "slo:m:" + long[:140] + "//"},
	}
	for _, test := range tests {
		got := test.address.Slug()
		if got != test.slug && !(strings.HasSuffix(test.slug, "//") && strings.HasPrefix(got, test.slug)) {
			t.Errorf("slug of %s is %s, want %s", test.address, got, test.slug)
		}
		back, ok := AddressOfSlug(got)
		if cut := strings.Contains(got, "//"); ok == cut || ok && back != test.address {
			t.Errorf("%s parses as %v, %v", got, back, ok)
		}
	}
	other := Address{Kind: "monitor", Name: "q", Key: long + "y", Keyed: true}
	if tests[5].address.Slug() == other.Slug() {
		t.Error("two long keys have the same slug")
	}
}

// TestInvalidSlugs: strings that only resemble the slug of an address in a module are not parsed as one.
func TestInvalidSlugs(t *testing.T) {
	for _, slug := range []string{
		"monitor:q", "monitor:q:k", "monitor:", "monitor:.q", "monitor:m.", "monitor:m:k:", "monitor:m..q", "monitor:m:k", ":m.q",
		"monitor:m:/4:q", "monitor:/2e.q", "monitor:m:k:q:j:", "monitor:m::q", "monitor.m:k:q", "monitor:m.q//",
	} {
		if a, ok := AddressOfSlug(slug); ok {
			t.Errorf("%s parses as %s", slug, a)
		}
	}
	for slug, want := range map[string]bool{
		"monitor.a": true, "monitor:m.a": true, "monitors.a": false, "monitor": false, "": false, "slo.monitor.a": false,
		Address{Module: Module("").Child(strings.Repeat("m", 200)), Kind: "monitor", Name: "a"}.Slug(): true,
	} {
		if IsSlugOf("monitor", slug) != want {
			t.Errorf("IsSlugOf(monitor, %s) is %v", slug, !want)
		}
	}
}

// FuzzSlug: for arbitrary keys, inside and outside of modules, a slug is a valid tag value that Datadog does not
// change, can be parsed, and belongs to only one address.
func FuzzSlug(f *testing.F) {
	f.Add("queue_depth", "a,b", "a.b", "m.n", uint8(0))
	f.Add("Q", "", "\u00e4__", "", uint8(1))
	f.Add("x", "/2c", ",", ":n:", uint8(2))
	f.Add("x", "k", "n.x:k", "k:n.x", uint8(7))
	f.Fuzz(func(t *testing.T, name, key, otherKey, step string, shape uint8) {
		if !hclsyntax.ValidIdentifier(name) || !utf8.ValidString(name) {
			t.Skip()
		}
		// Each bit of shape adds a part to the address.
		addressOf := func(key string, shape uint8) Address {
			a := Address{Kind: "monitor", Name: name, Keyed: shape&1 != 0}
			if a.Keyed {
				a.Key = key
			}
			if shape&2 != 0 {
				a.Module = a.Module.Instance("m", asKey(step))
			}
			if shape&4 != 0 {
				a.Module = a.Module.Child("n")
			}
			if shape&8 != 0 {
				a.Module = a.Module.Instance("n", asKey(key))
			}
			return a
		}
		a := addressOf(key, shape)
		slug := a.Slug()
		// checkSlug checks that Datadog accepts a slug in a tag and does not change it.
		checkSlug(t, slug)
		back, ok := AddressOfSlug(slug)
		if ok && back != a || ok == strings.Contains(slug, "//") {
			t.Errorf("slug %s of %s parses as %#v", slug, a, back)
		}
		if !IsSlugOf("monitor", slug) || IsSlugOf("slo", slug) {
			t.Errorf("%s is not recognized as the slug of a monitor", slug)
		}
		if parsed, err := ParseAddress(a.String()); err != nil || parsed != a && asKey(key) == key {
			t.Errorf("%s parses as %#v (%v)", a, parsed, err)
		}
		for other := range uint8(16) {
			if b := addressOf(otherKey, other); (slug == b.Slug()) != (a == b) {
				t.Errorf("%s has slug %s, %s has %s", a, slug, b, b.Slug())
			}
		}
	})
}

// asKey returns a string that can be a key in a configuration: HCL strings are valid and normalized UTF-8.
func asKey(s string) string { return cty.StringVal(strings.ToValidUTF8(s, "?")).AsString() }

// checkSlug reports what Datadog would refuse or change in a tag.
func checkSlug(t *testing.T, slug string) {
	if len(TagID+slug) > 200 {
		t.Errorf("%d characters", len(TagID+slug))
	}
	for _, r := range slug {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789_.:/-", r) {
			t.Errorf("%q in %s", r, slug)
		}
	}
	if strings.Contains(slug, "__") || strings.HasSuffix(slug, "_") {
		t.Errorf("Datadog would change %s", slug)
	}
}

// TestTargets: a target without a key covers all instances of a block or a module.
func TestTargets(t *testing.T) {
	all := []string{"monitor.a", `monitor.b["k"]`, `module.m["k"].monitor.a`, `module.m["j"].module.n.monitor.a["k"]`, "module.n.monitor.a"}
	for target, want := range map[string][]string{
		"monitor.a":                        {"monitor.a"},
		"monitor.b":                        {`monitor.b["k"]`},
		`monitor.b["k"]`:                   {`monitor.b["k"]`},
		`monitor.b["j"]`:                   nil,
		"module.m":                         {`module.m["k"].monitor.a`, `module.m["j"].module.n.monitor.a["k"]`},
		`module.m["k"]`:                    {`module.m["k"].monitor.a`},
		`module.m["j"].module.n`:           {`module.m["j"].module.n.monitor.a["k"]`},
		"module.m.module.n":                nil,
		"module.n":                         {"module.n.monitor.a"},
		`module.m["j"].module.n.monitor.a`: {`module.m["j"].module.n.monitor.a["k"]`},
	} {
		parsed, err := ParseTarget(target)
		if err != nil || parsed.String() != target {
			t.Errorf("%s parses as %s (%v)", target, parsed, err)
		}
		var got []string
		for _, text := range all {
			if a, err := ParseAddress(text); err != nil {
				t.Fatal(err)
			} else if parsed.Covers(a) {
				got = append(got, text)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s covers %q, want %q", target, got, want)
		}
	}
	for _, bad := range []string{"", "module", "module.m.x", "module.m[0]", "monitor"} {
		if a, err := ParseTarget(bad); err == nil {
			t.Errorf("%q parses as %s", bad, a)
		}
	}
}

// TestAddressOrder: sorting depends neither on the initial order of the addresses nor on how keys are escaped.
func TestAddressOrder(t *testing.T) {
	sorted := []string{"dashboard.z", "monitor.a", `monitor.a[""]`, `monitor.a["k"]`, "module.a.monitor.z", "module.a.module.b.monitor.a",
		`module.a["\"b"].monitor.a`, `module.a["A"].monitor.a`, "module.ab.monitor.a"}
	var addresses []Address
	for _, text := range sorted {
		a, err := ParseAddress(text)
		if err != nil {
			t.Fatal(err)
		}
		addresses = append(addresses, a)
	}
	for i, a := range addresses {
		for j, b := range addresses {
			if got := a.Compare(b); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%s to %s: %d", a, b, got)
			}
		}
	}
}

func TestAddressJSON(t *testing.T) {
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
