package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// canonicalVersion changes with the rules of this file, so fingerprints made under older rules are not compared.
const canonicalVersion = "1"

// The lengths of the two parts of a fingerprint.
const (
	versionBytes = 3
	hashBytes    = 6
)

// Fingerprint returns "version-hash" for a body without marker whose ids are all known. Two bodies that Compare finds
// equal have the same fingerprint, in particular the body that was sent and the one that Datadog returned. The version
// covers the tables, the ignored paths (ignore) and the managed optional ones (written), so that only fingerprints made
// under the same rules are compared. Values that Datadog may not return are not covered; see unreadDigest.
func Fingerprint(k *kind.Kind, body map[string]any, ignore []object.Path, written []string) string {
	body = normalized(k, body)
	version := sha256.New()
	version.Write([]byte(canonicalVersion + k.Version))
	ignored := make(map[string]bool, len(ignore))
	for _, p := range sortedPaths(ignore) {
		ignored[p] = true
		version.Write([]byte("\x00-" + p))
	}
	for _, p := range slices.Sorted(slices.Values(written)) {
		version.Write([]byte("\x00+" + p))
	}
	w := canonicalWriter{ignored: ignored, written: written}
	w.object(k.Body, withImplied(k, body), nil)
	hash := sha256.Sum256(w.out)
	return hex.EncodeToString(version.Sum(nil)[:versionBytes]) + "-" + hex.EncodeToString(hash[:hashBytes])
}

// sameVersion reports whether two fingerprints were made under the same rules and can be compared.
func sameVersion(a, b string) bool {
	va, _, _ := strings.Cut(a, "-")
	vb, _, _ := strings.Cut(b, "-")
	return va == vb
}

func sortedPaths(paths []object.Path) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = p.String()
	}
	slices.Sort(out)
	return out
}

// withImplied adds values that the server would derive to a copy of the body.
func withImplied(k *kind.Kind, body map[string]any) map[string]any {
	if k.Implied == nil {
		return body
	}
	for _, implied := range k.Implied(body) {
		body = object.With(body, implied.Path, implied.Value)
	}
	return body
}

// canonicalKey identifies a list element by its content, without values that the server adds.
func canonicalKey(t *kind.Type, v any) string {
	var w canonicalWriter
	w.value(nil, t, v, object.Path{0, 0})
	return string(w.out)
}

// canonicalWriter writes a body as JSON-like text, without values that Compare ignores.
type canonicalWriter struct {
	out     []byte
	ignored map[string]bool
	written []string
}

func (w *canonicalWriter) object(t *kind.Type, o map[string]any, p object.Path) {
	w.out = append(w.out, '{')
	t = t.Resolve(o)
	for _, key := range object.SortedKeys(o) {
		f := t.Field(key, o)
		at := p.With(key)
		if t != nil && f == nil || f != nil && w.skip(f, o[key], at) {
			continue
		}
		w.out = strconv.AppendQuote(w.out, key)
		w.out = append(w.out, ':')
		w.value(f, typeOf(f), o[key], at)
		w.out = append(w.out, ',')
	}
	w.out = append(w.out, '}')
}

// skip reports whether to leave out a value: it is not managed, or is a default.
func (w *canonicalWriter) skip(f *kind.Field, v any, at object.Path) bool {
	return f.ReadOnly || f.Volatile || f.WriteOnly || isDefault(f, v) || w.ignored[at.String()] ||
		(f.Unmanaged || f.Derived) && !slices.Contains(w.written, at.String())
}

func (w *canonicalWriter) value(f *kind.Field, t *kind.Type, v any, p object.Path) {
	switch v := v.(type) {
	case map[string]any:
		w.object(t, v, p)
	case []any:
		w.list(f, t, v, p)
	case json.Number:
		w.out = append(w.out, object.CanonicalNumber(v)...)
	case string:
		if f != nil && f.Trim {
			v = strings.TrimSpace(v)
		}
		if f != nil && f.Lower {
			v = strings.ToLower(v)
		}
		if f != nil && f.Instant {
			v = utc(v)
		}
		if t != nil {
			for _, group := range t.Equivalent {
				if slices.Contains(group, v) {
					v = group[0]
				}
			}
		}
		w.out = strconv.AppendQuote(w.out, v)
	case object.Text, object.Ref:
		w.out = strconv.AppendQuote(w.out, fmt.Sprint(v))
	case bool:
		w.out = strconv.AppendBool(w.out, v)
	default:
		w.out = append(w.out, "null"...)
	}
}

func (w *canonicalWriter) list(f *kind.Field, t *kind.Type, l []any, p object.Path) {
	elem := elemOf(t.Resolve(l))
	if f != nil {
		l = toLower(f, l)
	}
	parts := make([]string, len(l))
	for i, e := range l {
		part := canonicalWriter{ignored: w.ignored, written: w.written}
		part.value(nil, elem, e, p.With(i))
		parts[i] = string(part.out)
	}
	if f != nil && f.Set {
		slices.Sort(parts)
		parts = slices.Compact(parts)
	}
	w.out = append(w.out, '[')
	for _, part := range parts {
		w.out = append(w.out, part...)
		w.out = append(w.out, ',')
	}
	w.out = append(w.out, ']')
}
