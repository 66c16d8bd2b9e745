package object

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Address names one object of a stack: monitor.queue_depth or, made by for_each, monitor.queue_depth["returns"].
// It is comparable and serves as a map key.
type Address struct {
	Kind  string // "monitor", "dashboard"
	Name  string // the block's label
	Key   string // the for_each key; meaningful only if Keyed
	Keyed bool   // whether the block has for_each; an empty Key is a legal key
}

// String writes the address as a reference in HCL would be written.
func (a Address) String() string {
	if a.Kind == "" {
		return ""
	}
	s := a.Kind + "." + a.Name
	if a.Keyed {
		s += "[" + quoteHCL(a.Key) + "]"
	}
	return s
}

// MarshalText makes an address a string in JSON, also as the key of a map.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (a *Address) UnmarshalText(text []byte) error {
	parsed, err := ParseAddress(string(text))
	if err == nil {
		*a = parsed
	}
	return err
}

// Compare orders addresses by kind, name and key, for output that does not depend on map order.
func (a Address) Compare(b Address) int {
	if c := strings.Compare(a.Kind, b.Kind); c != 0 {
		return c
	}
	if c := strings.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	if a.Keyed != b.Keyed {
		if b.Keyed {
			return -1
		}
		return 1
	}
	return strings.Compare(a.Key, b.Key)
}

// ParseAddress reads an address as a person writes it: monitor.name or monitor.name["key"].
func ParseAddress(s string) (Address, error) {
	traversal, diags := hclsyntax.ParseTraversalAbs([]byte(s), "address", hcl.InitialPos)
	if diags.HasErrors() {
		return Address{}, fmt.Errorf("%q is no address: write monitor.NAME, dashboard.NAME or monitor.NAME[\"KEY\"]", s)
	}
	a, rest, ok := AddressOf(traversal)
	if !ok || len(rest) > 0 {
		return Address{}, fmt.Errorf("%q is no address: write monitor.NAME, dashboard.NAME or monitor.NAME[\"KEY\"]", s)
	}
	return a, nil
}

// AddressOf takes the address off the front of a traversal such as monitor.a["k"].id and returns what follows it.
func AddressOf(t hcl.Traversal) (a Address, rest hcl.Traversal, ok bool) {
	if len(t) < 2 || t.IsRelative() {
		return Address{}, nil, false
	}
	name, ok := t[1].(hcl.TraverseAttr)
	if !ok {
		return Address{}, nil, false
	}
	a = Address{Kind: t.RootName(), Name: name.Name}
	rest = t[2:]
	if len(rest) > 0 {
		if index, ok := rest[0].(hcl.TraverseIndex); ok && index.Key.Type() == cty.String && index.Key.IsKnown() && !index.Key.IsNull() {
			a.Key, a.Keyed = index.Key.AsString(), true
			rest = rest[1:]
		}
	}
	return a, rest, true
}

// quoteHCL writes s as an HCL string literal, so that a copied address parses again.
func quoteHCL(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r == 0x7f || (r >= 0x80 && r < 0xa0):
			fmt.Fprintf(&b, `\u%04x`, r)
		case (r == '$' || r == '%') && strings.HasPrefix(s[i+1:], "{"):
			b.WriteRune(r)
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
