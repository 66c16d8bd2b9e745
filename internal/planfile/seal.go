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

// sealed stands in a saved plan for a value that came from sensitive variables.
type sealed struct {
	Names []string `json:"ddmon:sensitive"` // of the variables, sorted
	Hash  string   `json:"hash"`            // see hashAt
	// Live says that the value is to be found on the live object, not in the configuration.
	Live bool `json:"live,omitempty"`
	// Entry says that the value is an object whose one key is sensitive, too, and belongs into the object around it.
	Entry bool `json:"entry,omitempty"`
}

// digest is the keyed hash of a value of a body; "" if it is no such value.
func digest(key []byte, v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	h := hmac.New(sha256.New, key)
	h.Write(raw)
	return hex.EncodeToString(h.Sum(nil))
}

// hashAt is the hash written to a file for the value with this digest: the digest under a mask of its place, so that equal
// values at two places, or of two variables, do not have equal hashes. The hash of a hash is the digest.
func hashAt(key []byte, place, digest string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("place\x00" + place)) // a hash never fails to write
	masked, err := hex.DecodeString(digest)
	if mask := h.Sum(nil); err != nil || subtle.XORBytes(masked, masked, mask) != len(mask) {
		return ""
	}
	return hex.EncodeToString(masked)
}

// placeOf names a place in an object, for hashAt.
func placeOf(a object.Address, p object.Path) string { return a.Slug() + "\x00" + p.String() }

// vault finds values by their digest. As it goes by content, it does not matter where a value has moved to. Digests are in
// memory alone.
type vault map[string]any

// at returns the value that a hash stands for at a place.
func (v vault) at(key []byte, a object.Address, p object.Path, hash string) (any, bool) {
	value, ok := v[hashAt(key, placeOf(a, p), hash)]
	return value, ok
}

// add takes in a body as it is and as the kind compares it, with every value inside.
func (v vault) add(key []byte, k *kind.Kind, body map[string]any) {
	v.value(key, body)
	if k != nil && k.Normalize != nil && body != nil {
		v.value(key, k.Normalize(body))
	}
}

func (v vault) value(key []byte, value any) {
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

// entries takes in each key of the objects in a value, with its value, as an object of its own.
func (v vault) entries(key []byte, value any) {
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

// ownVault holds what the configuration wants of an object, with the ids filled in that the plan knew.
func ownVault(key []byte, o *object.Object, ids map[object.Address]string) vault {
	out := vault{}
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

// sealer seals the values of one change.
type sealer struct {
	key     []byte
	address object.Address
	secrets *object.Finder // texts by the name of the sensitive variable
	own     vault          // what the configuration wants
	live    vault          // what is in Datadog
	// hidesKey reports whether the last key of a path is as secret as the value.
	hidesKey func(object.Path) bool
	isField  func(object.Path) bool // of the kind; nil if that is not known
	err      error
}

// seal replaces what is sensitive in v, a value at p. names returns the variables that the value there comes from.
// It seals whole objects and lists where it can, so that their keys and lengths do not show either; those in which
// values of the configuration and of Datadog are merged, it seals value by value.
func (s *sealer) seal(v any, p object.Path, names func(object.Path) []string) any {
	placed := names(p)
	from := placed
	// The keys of a body itself are names of fields.
	if _, isObject := v.(map[string]any); len(from) == 0 && (!isObject || len(p) > 0) {
		from = s.named(v, p)
	}
	if len(from) > 0 && v != nil {
		hash := digest(s.key, v)
		if _, ok := s.own[hash]; ok {
			return sealed{Names: from, Hash: hashAt(s.key, placeOf(s.address, p), hash)}
		}
		if _, ok := s.live[hash]; ok {
			return sealed{Names: from, Hash: hashAt(s.key, placeOf(s.address, p), hash), Live: true}
		}
	}
	switch v := v.(type) {
	case map[string]any:
		if v == nil {
			return v
		}
		if len(placed) == 0 && len(from) > 0 && s.err == nil {
			s.err = fmt.Errorf("%s has a sensitive value as a key and is neither in the configuration nor in Datadog as it is, "+
				"so it cannot be filled in again", p)
		}
		out := make(map[string]any, len(v))
		hidden := 0
		for _, k := range object.SortedKeys(v) {
			at := p.With(k)
			if from := names(at); len(from) > 0 && s.hidesKey(at) {
				hidden++
				out[fmt.Sprintf("%s %d", Redacted, hidden)] = s.sealEntry(map[string]any{k: v[k]}, p, from)
				continue
			}
			out[k] = s.seal(v[k], at, names)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = s.seal(e, p.With(i), names)
		}
		return out
	case nil:
		return nil
	}
	if len(placed) > 0 && v != "" && s.err == nil {
		s.err = fmt.Errorf("%s holds a sensitive value that stands neither in the configuration nor in Datadog as it is, "+
			"so it cannot be filled in again", p)
	}
	return v
}

// sealEntry seals a key of the object at p together with its value.
func (s *sealer) sealEntry(entry map[string]any, p object.Path, from []string) sealed {
	content := digest(s.key, entry)
	out := sealed{Names: from, Hash: hashAt(s.key, placeOf(s.address, p), content), Entry: true}
	if _, ok := s.own[content]; ok {
		return out
	}
	out.Live = true
	if _, ok := s.live[content]; !ok && s.err == nil {
		s.err = fmt.Errorf("%s has a sensitive key whose value is neither in the configuration nor in Datadog as it is, "+
			"so it cannot be filled in again", cmp.Or(p.String(), "the body"))
	}
	return out
}

// named returns the sensitive variables whose texts are in a string, or in a key of an object. The names of known fields
// are words of Datadog's, whatever they are equal to.
func (s *sealer) named(v any, p object.Path) []string {
	var text string
	switch v := v.(type) {
	case map[string]any:
		for _, key := range object.SortedKeys(v) {
			if s.isField == nil || !s.isField(p.With(key)) {
				text += key + "\n"
			}
		}
	case string:
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

// unsealer fills values in again.
type unsealer struct {
	key       []byte
	address   object.Address
	own, live vault
	// missing is told of what cannot be filled in, with its place.
	missing func(sealed, object.Path)
}

// unseal returns v with what the vaults hold filled in. What they do not hold stays sealed.
func (u *unsealer) unseal(v any, p object.Path) any {
	switch v := v.(type) {
	case sealed:
		from := u.own
		if v.Live {
			from = u.live
		}
		at := p
		if v.Entry {
			at = p[:len(p)-1] // the object that the key is of
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
			value := u.unseal(v[k], p.With(k))
			if s, ok := v[k].(sealed); ok && s.Entry {
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
			out[i] = u.unseal(e, p.With(i))
		}
		return out
	}
	return v
}

// holdsSealed reports whether something in v is sealed.
func holdsSealed(v any) bool {
	switch v := v.(type) {
	case sealed:
		return true
	case map[string]any:
		for _, e := range v {
			if holdsSealed(e) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, holdsSealed)
	}
	return false
}
