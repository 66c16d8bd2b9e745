package object

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// maxSlug keeps a marker tag, its key included, within the 200 characters that Datadog allows a tag.
const maxSlug = 180

// Slug writes the address so that it survives as a tag's value: lower-case letters, digits, "_", "-", "." and "/"
// only. Every other byte, an upper-case letter too (parts of Datadog fold the case of tags), becomes "/" and two
// hex digits; ":" sets the for_each key apart. In a module, the steps of its path are between kind and name, each with
// "." behind it or, with a key, ":" and the key and ":" (monitor:shipping:eu:depth). Different addresses have different
// slugs; one over 180 characters is cut and ends in "//" and a hash of the whole.
func (a Address) Slug() string {
	s := a.Kind + "."
	if a.Module != "" {
		s = a.Kind + ":"
		for _, step := range a.Module.Steps() {
			if s += escapeTag(step.Name); step.Keyed {
				s += ":" + escapeTag(step.Key) + ":"
			} else {
				s += "."
			}
		}
	}
	s += escapeTag(a.Name)
	if a.Keyed {
		s += ":" + escapeTag(a.Key)
	}
	return fitTag(s)
}

// StackSlug does for a stack's name what Slug does for an address.
func StackSlug(stack string) string { return fitTag(escapeTag(stack)) }

// AddressOfSlug reads a slug back. It fails for a slug that was cut and for what Slug never writes.
func AddressOfSlug(slug string) (Address, bool) {
	kind, rest, ok := cutKind(slug)
	if !ok || strings.Contains(rest, cutSign) {
		return Address{}, false
	}
	a := Address{Kind: kind}
	if strings.HasPrefix(slug, kind+":") {
		if a.Module, rest, ok = moduleOfSlug(rest); !ok {
			return Address{}, false
		}
	}
	name, key, keyed := strings.Cut(rest, ":")
	var okName, okKey bool
	a.Name, okName = unescapeTag(name)
	a.Key, okKey = unescapeTag(key)
	a.Keyed = keyed
	if !okName || !okKey || !hclsyntax.ValidIdentifier(a.Name) || a.Slug() != slug {
		return Address{}, false
	}
	return a, true
}

// cutKind splits a slug behind its kind. ok is false if it does not begin with one.
func cutKind(slug string) (kind, rest string, ok bool) {
	i := strings.IndexAny(slug, ".:")
	if i < 0 || !hclsyntax.ValidIdentifier(slug[:i]) {
		return "", "", false
	}
	return slug[:i], slug[i+1:], true
}

// moduleOfSlug reads the steps of a module's path off what follows the kind, and returns the object's name and key. A
// name holds neither "." nor ":", and an escaped key no ":", so that each step ends where the text says.
func moduleOfSlug(s string) (m Module, rest string, ok bool) {
	for {
		i := strings.IndexAny(s, ".:")
		if i < 0 {
			return m, s, m != "" // the object's name
		}
		name, ok := unescapeTag(s[:i])
		if !ok || !hclsyntax.ValidIdentifier(name) {
			return "", "", false
		}
		if s[i] == '.' {
			m, s = m.Child(name), s[i+1:]
			continue
		}
		escaped, after, more := strings.Cut(s[i+1:], ":")
		if !more {
			return m, s, m != "" // the object's name and key
		}
		key, ok := unescapeTag(escaped)
		if !ok {
			return "", "", false
		}
		m, s = m.Instance(name, key), after
	}
}

// IsSlugOf reports whether a slug, cut or not, is of an object of this kind.
func IsSlugOf(kind, slug string) bool {
	of, _, ok := cutKind(slug)
	return ok && of == kind
}

// isSlug reports whether Slug could have written s.
func isSlug(s string) bool {
	if _, ok := AddressOfSlug(s); ok {
		return true
	}
	_, _, ok := cutKind(s)
	return ok && IsCutSlug(s)
}

// isStackSlug reports whether StackSlug could have written s.
func isStackSlug(s string) bool {
	name, ok := unescapeTag(s)
	return ok && s != "" && StackSlug(name) == s || IsCutSlug(s)
}

// IsCutSlug reports whether a slug was cut, so that no address can be read off it. It may be compared with the slug of
// an address.
func IsCutSlug(s string) bool {
	if len(s) != maxSlug {
		return false
	}
	sum, ok := strings.CutPrefix(s[cutAt:], cutSign)
	return ok && strings.Trim(sum, hexDigits) == ""
}

// A slug that is cut is this long without the sign and the hash that take the place of its end.
const (
	cutAt   = maxSlug - len(cutSign) - 2*sumBytes
	cutSign = "//"
	// sumBytes of a SHA-256 keep two long addresses apart.
	sumBytes  = 16
	hexDigits = "0123456789abcdef"
)

func fitTag(s string) string {
	if len(s) <= maxSlug {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return s[:cutAt] + cutSign + hex.EncodeToString(sum[:sumBytes])
}

// escapeTag escapes what Datadog would change in a tag. A "_" is escaped where another one stands before it or
// nothing after it, because Datadog folds runs of underscores and drops one at the end; the empty text is "/".
func escapeTag(s string) string {
	if s == "" {
		return "/"
	}
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		plain := c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' ||
			c == '_' && i+1 < len(s) && (i == 0 || s[i-1] != '_')
		if plain {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('/')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}
	return b.String()
}

func unescapeTag(s string) (string, bool) {
	if s == "/" {
		return "", true
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '/' {
			b.WriteByte(s[i])
			continue
		}
		if i+3 > len(s) {
			return "", false
		}
		raw, err := hex.DecodeString(s[i+1 : i+3])
		if err != nil {
			return "", false
		}
		b.Write(raw)
		i += 2
	}
	return b.String(), true
}
