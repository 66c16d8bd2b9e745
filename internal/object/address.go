package object

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Address names one object of a stack: monitor.queue_depth or, made by for_each, monitor.queue_depth["returns"], or, in a
// module, module.shipping["eu"].monitor.queue_depth. It is comparable and serves as a map key.
type Address struct {
	Module Module // where the block is; the zero value is the root of the stack
	Kind   string // "monitor", "dashboard"
	Name   string // the block's label
	Key    string // the for_each key; meaningful only if Keyed
	Keyed  bool   // whether the block has for_each; an empty Key is a legal key
}

// String writes the address as a reference in HCL would be written.
func (a Address) String() string {
	if a.Kind == "" {
		return string(a.Module)
	}
	s := a.Kind + "." + a.Name
	if a.Keyed {
		s += "[" + quoteHCL(a.Key) + "]"
	}
	if a.Module != "" {
		s = string(a.Module) + "." + s
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

// Compare orders addresses by module, kind, name and key, for output that does not depend on map order.
func (a Address) Compare(b Address) int {
	return cmp.Or(a.Module.Compare(b.Module), strings.Compare(a.Kind, b.Kind), strings.Compare(a.Name, b.Name),
		compareKeys(a.Key, a.Keyed, b.Key, b.Keyed))
}

// ParseAddress reads an address as a person writes it: monitor.NAME or monitor.NAME["KEY"], with the path of a module
// ahead of it where the block is in one.
func ParseAddress(s string) (Address, error) {
	if traversal, err := parseTraversal(s); err == nil {
		if a, rest, ok := AddressOf(traversal); ok && len(rest) == 0 {
			return a, nil
		}
	}
	return Address{}, fmt.Errorf("%q is no address: write monitor.NAME, dashboard.NAME or monitor.NAME[\"KEY\"]", s)
}

// ParseTarget reads what --target names: an address, or the path of a module, which is an Address without kind and name.
func ParseTarget(s string) (Address, error) {
	if m, err := ParseModule(s); err == nil && m != "" {
		return Address{Module: m}, nil
	}
	return ParseAddress(s)
}

// Covers reports whether a target means an object: its own address, that of its block without the key, or a module that
// it is in. A module without the key of its for_each means all of its instances.
func (a Address) Covers(o Address) bool {
	if a.Kind == "" {
		return a.Module != "" && a.Module.covers(o.Module)
	}
	return a == o || !a.Keyed && a.Module == o.Module && a.Kind == o.Kind && a.Name == o.Name
}

func parseTraversal(s string) (hcl.Traversal, error) {
	traversal, diags := hclsyntax.ParseTraversalAbs([]byte(s), "address", hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}
	return traversal, nil
}

// AddressOf takes the address off the front of a traversal such as monitor.a["k"].id and returns what follows it.
func AddressOf(t hcl.Traversal) (a Address, rest hcl.Traversal, ok bool) {
	if t.IsRelative() {
		return Address{}, nil, false
	}
	a.Module, _, rest = moduleOf(t)
	if len(rest) < 2 {
		return Address{}, nil, false
	}
	name, ok := rest[1].(hcl.TraverseAttr)
	if a.Kind = rootName(rest[0]); !ok || a.Kind == "" {
		return Address{}, nil, false
	}
	a.Name = name.Name
	rest = rest[2:]
	if a.Key, a.Keyed = keyOf(rest); a.Keyed {
		rest = rest[1:]
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
