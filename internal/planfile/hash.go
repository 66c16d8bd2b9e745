package planfile

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// hashedValue replaces a value of sensitive variables in a saved plan.
type hashedValue struct {
	Names []string `json:"ddmon:sensitive"` // of the variables, sorted
	Hash  string   `json:"hash"`            // see hashAt
	// Live reports that the value is on the live object, not in the configuration.
	Live bool `json:"live,omitempty"`
	// Entry reports that the value is an object with one key, which is sensitive too. Both are merged into the object
	// around them.
	Entry bool `json:"entry,omitempty"`
}

// digest returns the keyed hash of a value, or "" if it cannot be part of a body.
func digest(key []byte, v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	h := hmac.New(sha256.New, key)
	h.Write(raw)
	return hex.EncodeToString(h.Sum(nil))
}

// hashAt returns the hash that is written to a file: the digest XORed with a mask that depends on the location, so
// equal values at two locations have different hashes. Applying it to the hash returns the digest.
func hashAt(key []byte, location, digest string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("place\x00" + location)) // never returns an error
	masked, err := hex.DecodeString(digest)
	if mask := h.Sum(nil); err != nil || subtle.XORBytes(masked, masked, mask) != len(mask) {
		return ""
	}
	return hex.EncodeToString(masked)
}

// locationOf identifies a path of an object for hashAt.
func locationOf(a object.Address, p object.Path) string { return a.Slug() + "\x00" + p.String() }

// valueIndex maps digests to values. It finds a value even if its path has changed. Digests exist only in memory.
type valueIndex map[string]any

// at returns the value with a hash at a path.
func (v valueIndex) at(key []byte, a object.Address, p object.Path, hash string) (any, bool) {
	value, ok := v[hashAt(key, locationOf(a, p), hash)]
	return value, ok
}

// add adds a body with all values inside, both unchanged and as the kind normalizes it.
func (v valueIndex) add(key []byte, k *kind.Kind, body map[string]any) {
	v.value(key, body)
	if k != nil && k.Normalize != nil && body != nil {
		v.value(key, k.Normalize(body))
	}
}

func (v valueIndex) value(key []byte, value any) {
	if hash := digest(key, value); hash != "" {
		v[hash] = value
	}
	switch value := value.(type) {
	case map[string]any:
		for _, e := range value {
			v.value(key, e)
		}
	case []any:
		for _, e := range value {
			v.value(key, e)
		}
	}
}

// entries adds each key of the objects in a value, with its value, as a separate object.
func (v valueIndex) entries(key []byte, value any) {
	switch value := value.(type) {
	case map[string]any:
		for k, e := range value {
			entry := map[string]any{k: e}
			if hash := digest(key, entry); hash != "" {
				v[hash] = entry
			}
			v.entries(key, e)
		}
	case []any:
		for _, e := range value {
			v.entries(key, e)
		}
	}
}

// configIndex returns the values of a desired object, with the ids that the plan knew filled in.
func configIndex(key []byte, o *object.Object, ids map[object.Address]string) valueIndex {
	out := valueIndex{}
	if o == nil {
		return out
	}
	k := kind.Named(o.Address.Kind)
	body := o.Body
	if k != nil {
		_, body = k.Marker.Read(body)
	}
	resolved, _ := object.ResolveRefs(body, func(a object.Address) (string, bool) {
		id, ok := ids[a]
		return id, ok
	}).(map[string]any)
	out.add(key, k, resolved)
	if o.IsOpen() {
		out.entries(key, resolved)
	}
	return out
}

// hasher hashes the values of one change.
type hasher struct {
	key     []byte
	address object.Address
	secrets *object.Finder // strings by the name of the sensitive variable
	config  valueIndex     // values of the configuration
	live    valueIndex     // values in Datadog
	// hidesKey reports whether the last key of a path is as secret as the value.
	hidesKey func(object.Path) bool
	isField  func(object.Path) bool // of the kind; nil for an unknown kind
	err      error
}

// hash replaces the sensitive values in v, which is at p. names returns the variables that a value comes from. If
// possible, it replaces whole objects and lists, to hide their keys and lengths too. Objects and lists that mix values
// of the configuration and of Datadog are hashed value by value.
func (s *hasher) hash(v any, p object.Path, names func(object.Path) []string) any {
	placed := names(p)
	from := placed
	// The top-level keys of a body are field names.
	if _, isObject := v.(map[string]any); len(from) == 0 && (!isObject || len(p) > 0) {
		from = s.named(v, p)
	}
	if len(from) > 0 && v != nil {
		hash := digest(s.key, v)
		if _, ok := s.config[hash]; ok {
			return hashedValue{Names: from, Hash: hashAt(s.key, locationOf(s.address, p), hash)}
		}
		if _, ok := s.live[hash]; ok {
			return hashedValue{Names: from, Hash: hashAt(s.key, locationOf(s.address, p), hash), Live: true}
		}
	}
	switch v := v.(type) {
	case map[string]any:
		if v == nil {
			return v
		}
		if len(placed) == 0 && len(from) > 0 && s.err == nil {
			s.err = fmt.Errorf("%s has a sensitive key, but is neither in the configuration nor in Datadog, so apply could not "+
				"restore it", p)
		}
		out := make(map[string]any, len(v))
		hidden := 0
		for _, k := range object.SortedKeys(v) {
			at := p.With(k)
			if from := names(at); len(from) > 0 && s.hidesKey(at) {
				hidden++
				out[fmt.Sprintf("%s %d", Redacted, hidden)] = s.hashEntry(map[string]any{k: v[k]}, p, from)
				continue
			}
			out[k] = s.hash(v[k], at, names)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = s.hash(e, p.With(i), names)
		}
		return out
	case nil:
		return nil
	}
	if len(placed) > 0 && v != "" && s.err == nil {
		s.err = fmt.Errorf("%s has a sensitive value that is neither in the configuration nor in Datadog, so apply could not "+
			"restore it", p)
	}
	return v
}

// hashEntry hashes a key of the object at p with its value.
func (s *hasher) hashEntry(entry map[string]any, p object.Path, from []string) hashedValue {
	content := digest(s.key, entry)
	out := hashedValue{Names: from, Hash: hashAt(s.key, locationOf(s.address, p), content), Entry: true}
	if _, ok := s.config[content]; ok {
		return out
	}
	out.Live = true
	if _, ok := s.live[content]; !ok && s.err == nil {
		s.err = fmt.Errorf("%s has a sensitive key whose value is neither in the configuration nor in Datadog, so apply could "+
			"not restore it", cmp.Or(p.String(), "the body"))
	}
	return out
}

// named returns the sensitive variables whose strings are in a string, or in a key of an object. Known field names are
// never sensitive.
func (s *hasher) named(v any, p object.Path) []string {
	var text string
	switch v := v.(type) {
	case map[string]any:
		for _, key := range object.SortedKeys(v) {
			if s.isField == nil || !s.isField(p.With(key)) {
				text += key + "\n"
			}
		}
	case string:
		if len(p) > 0 && isTerm(p[len(p)-1]) {
			return nil
		}
		text = v
	case object.Text:
		text = v.String()
	case json.Number:
		text = object.CanonicalNumber(v)
	default:
		return nil
	}
	var out []string
	for _, f := range s.secrets.Find(text) {
		if !slices.Contains(out, f.Tag) {
			out = append(out, f.Tag)
		}
	}
	slices.Sort(out)
	return out
}

// restorer restores the values of one change.
type restorer struct {
	key          []byte
	address      object.Address
	config, live valueIndex
	// missing is called for values that cannot be restored.
	missing func(hashedValue, object.Path)
}

// restore returns v with the values of the indexes restored. Other values stay hashed.
func (u *restorer) restore(v any, p object.Path) any {
	switch v := v.(type) {
	case hashedValue:
		from := u.config
		if v.Live {
			from = u.live
		}
		at := p
		if v.Entry {
			at = p[:len(p)-1] // the object around the key
		}
		if value, ok := from.at(u.key, u.address, at, v.Hash); ok {
			return value
		}
		u.missing(v, p)
	case map[string]any:
		if v == nil {
			return v
		}
		out := make(map[string]any, len(v))
		for _, k := range object.SortedKeys(v) {
			value := u.restore(v[k], p.With(k))
			if s, ok := v[k].(hashedValue); ok && s.Entry {
				if entry, ok := value.(map[string]any); ok {
					maps.Copy(out, entry)
					continue
				}
			}
			out[k] = value
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = u.restore(e, p.With(i))
		}
		return out
	}
	return v
}

// hasHashed reports whether v contains a hashed value.
func hasHashed(v any) bool {
	switch v := v.(type) {
	case hashedValue:
		return true
	case map[string]any:
		for _, e := range v {
			if hasHashed(e) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, hasHashed)
	}
	return false
}
