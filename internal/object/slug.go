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
// hex digits; ":" sets the for_each key apart. Different addresses have different slugs; one over 180 characters
// is cut and ends in "//" and a hash of the whole.
func (a Address) Slug() string {
	s := a.Kind + "." + escapeTag(a.Name)
	if a.Keyed {
		s += ":" + escapeTag(a.Key)
	}
	return fitTag(s)
}

// StackSlug does for a stack's name what Slug does for an address.
func StackSlug(stack string) string { return fitTag(escapeTag(stack)) }

// AddressOfSlug reads a slug back. It fails for a slug that was cut and for what Slug never writes.
func AddressOfSlug(slug string) (Address, bool) {
	kind, rest, ok := strings.Cut(slug, ".")
	if !ok || strings.Contains(rest, cutSign) {
		return Address{}, false
	}
	name, key, keyed := strings.Cut(rest, ":")
	a := Address{Kind: kind, Keyed: keyed}
	var okName, okKey bool
	a.Name, okName = unescapeTag(name)
	a.Key, okKey = unescapeTag(key)
	if !okName || !okKey || !hclsyntax.ValidIdentifier(kind) || !hclsyntax.ValidIdentifier(a.Name) || a.Slug() != slug {
		return Address{}, false
	}
	return a, true
}

// isSlug reports whether Slug could have written s.
func isSlug(s string) bool {
	if _, ok := AddressOfSlug(s); ok {
		return true
	}
	kind, _, ok := strings.Cut(s, ".")
	return ok && hclsyntax.ValidIdentifier(kind) && IsCutSlug(s)
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
