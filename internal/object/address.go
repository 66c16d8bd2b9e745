package object

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Address names one object of a stack: monitor.queue_depth, with for_each monitor.queue_depth["returns"], in a module
// module.shipping["eu"].monitor.queue_depth. It is comparable and can be a map key.
type Address struct {
	Module Module // of the block; the zero value is the root module
	Kind   string // "monitor", "dashboard"
	Name   string // the block's label
	Key    string // the for_each key; meaningful only if Keyed
	Keyed  bool   // whether the block has for_each; an empty Key is valid
}

// String formats the address like a reference in HCL.
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

// MarshalText encodes an address as a string in JSON, also as a map key.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText decodes the output of MarshalText.
func (a *Address) UnmarshalText(text []byte) error {
	parsed, err := ParseAddress(string(text))
	if err == nil {
		*a = parsed
	}
	return err
}

// Compare orders addresses by module, kind, name and key, for deterministic output.
func (a Address) Compare(b Address) int {
	return cmp.Or(a.Module.Compare(b.Module), strings.Compare(a.Kind, b.Kind), strings.Compare(a.Name, b.Name),
		compareKeys(a.Key, a.Keyed, b.Key, b.Keyed))
}

// ParseAddress parses an address: KIND.NAME or KIND.NAME["KEY"], after the path of a module if the block is in one.
func ParseAddress(s string) (Address, error) {
	if traversal, err := parseTraversal(s); err == nil {
		if a, rest, ok := AddressOf(traversal); ok && len(rest) == 0 {
			return a, nil
		}
	}
	return Address{}, fmt.Errorf("%q is not a valid address: use KIND.NAME or KIND.NAME[\"KEY\"], such as monitor.cpu or slo.checkout[\"eu\"]", s)
}

// ParseTarget parses a --target: an address, or the path of a module, which is an Address without kind and name.
func ParseTarget(s string) (Address, error) {
	if m, err := ParseModule(s); err == nil && m != "" {
		return Address{Module: m}, nil
	}
	return ParseAddress(s)
}

// Covers reports whether a target includes an object: its address, its address without the key, or a module that
// contains it. A module with for_each but without a key includes all instances.
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

// AddressOf splits a traversal such as monitor.a["k"].id into the address and the rest.
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

// quoteHCL quotes s as an HCL string literal, so that printed addresses can be parsed.
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
