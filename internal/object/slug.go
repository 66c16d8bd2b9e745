package object

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// maxSlug keeps a marker tag, including its key, within Datadog's limit of 200 characters for a tag.
const maxSlug = 180

// Slug encodes the address so that Datadog does not change it in the value of a tag: only lower-case letters, digits,
// "_", "-", "." and "/". Every other byte, including upper-case letters (parts of Datadog fold the case of tags),
// becomes "/" and two hex digits; ":" separates the for_each key. In a module, the steps of its path are between kind
// and name, each followed by "." or, with a key, by ":", the key and ":" (monitor:shipping:eu:depth). Different
// addresses have different slugs. A slug over 180 characters is cut and ends in "//" and a hash of the whole slug.
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

// StackSlug is Slug for the name of a stack.
func StackSlug(stack string) string { return fitTag(escapeTag(stack)) }

// AddressOfSlug decodes a slug. It fails for slugs that were cut and for invalid ones.
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

// cutKind splits a slug after its kind. ok is false if it does not begin with a kind.
func cutKind(slug string) (kind, rest string, ok bool) {
	i := strings.IndexAny(slug, ".:")
	if i < 0 || !hclsyntax.ValidIdentifier(slug[:i]) {
		return "", "", false
	}
	return slug[:i], slug[i+1:], true
}

// moduleOfSlug decodes the module path after the kind, and returns the rest with the object's name and key. Names
// contain neither "." nor ":", and escaped keys no ":", so the steps are unambiguous.
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

// IsSlugOf reports whether a slug, cut or not, belongs to an object of this kind.
func IsSlugOf(kind, slug string) bool {
	of, _, ok := cutKind(slug)
	return ok && of == kind
}

// isSlug reports whether s is a valid output of Slug.
func isSlug(s string) bool {
	if _, ok := AddressOfSlug(s); ok {
		return true
	}
	_, _, ok := cutKind(s)
	return ok && IsCutSlug(s)
}

// isStackSlug reports whether s is a valid output of StackSlug.
func isStackSlug(s string) bool {
	name, ok := unescapeTag(s)
	return ok && s != "" && StackSlug(name) == s || IsCutSlug(s)
}

// IsCutSlug reports whether a slug was cut, so that it cannot be decoded. It can be compared with the slug of an
// address.
func IsCutSlug(s string) bool {
	if len(s) != maxSlug {
		return false
	}
	sum, ok := strings.CutPrefix(s[cutAt:], cutSign)
	return ok && strings.Trim(sum, hexDigits) == ""
}

// The format of a slug that was cut: its first cutAt characters, cutSign and a hash.
const (
	cutAt   = maxSlug - len(cutSign) - 2*sumBytes
	cutSign = "//"
	// sumBytes is the length of the hash, enough of a SHA-256 to avoid collisions.
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

// escapeTag escapes characters that Datadog would change in a tag. A "_" is escaped after another "_" and at the end,
// because Datadog collapses runs of underscores and drops trailing ones. The empty string becomes "/".
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
