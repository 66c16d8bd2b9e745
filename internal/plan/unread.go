package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Some values are never in a response: fields that can only be written, and fields that neither the tables nor Datadog
// know, which Datadog accepts and drops. A missing value means nothing then. The marker of an object therefore has a
// digest of the values that were sent to it and are not returned, behind the fingerprint: while the configuration has the
// same values and the same ones are missing, none of them is an edit. A value that Datadog returned is not covered, so its
// removal in Datadog is an edit.

// digestBytes is the length of a digest. It is short because it only decides whether an unreadable value is sent again.
const digestBytes = 4

// fingerprintLength is the length of a fingerprint without a digest: a version, a dash and a hash.
const fingerprintLength = 2*versionBytes + 1 + 2*hashBytes

// splitFingerprint separates a marker's fingerprint from the digest behind it.
func splitFingerprint(text string) (fingerprint, digest string) {
	if len(text) < fingerprintLength {
		return text, ""
	}
	return text[:fingerprintLength], text[fingerprintLength:]
}

// wasSent reports whether the values of a desired body that a live object does not have are those that the last write
// sent and Datadog did not return.
func wasSent(k *kind.Kind, body map[string]any, have *object.Object, ignore []object.Path) bool {
	fingerprint, digest := splitFingerprint(have.Marker.Fingerprint)
	return fingerprint != "" && digest == unreadDigest(k, body, have.Body, ignore)
}

// Unproven returns the fields of a desired body that the tables do not know and that a listed object does not have, unless
// Datadog did not return them after the last write either. Lists can lack fields that a read by id returns.
func Unproven(k *kind.Kind, want, have *object.Object) []string {
	var fields []string
	for _, key := range object.SortedKeys(want.Body) {
		if _, has := have.Body[key]; !has && !isEmpty(want.Body[key]) && k.Body.Field(key, want.Body) == nil {
			fields = append(fields, key)
		}
	}
	if len(fields) == 0 || wasSent(k, want.Body, have, ignored(k, want, want.Body)) {
		return nil
	}
	return fields
}

// unreadDigest returns the digest of the values of a body that responses may not have and that a live body does not
// have, or "" without any. It does not cover the paths in except.
func unreadDigest(k *kind.Kind, body, live map[string]any, except []object.Path) string {
	u := newUnread(k, body, live, except)
	if u.found == 0 {
		return ""
	}
	hash := sha256.Sum256(u.out)
	return hex.EncodeToString(hash[:digestBytes])
}

// unread collects the unreadable values of a body in canonical form.
type unread struct {
	canonicalWriter
	except map[string]bool
	found  int
	// unknown counts those that the tables do not know, so that only a response shows whether Datadog returns them.
	unknown int
}

func newUnread(k *kind.Kind, body, live map[string]any, except []object.Path) *unread {
	u := &unread{except: make(map[string]bool, len(except))}
	for _, p := range except {
		u.except[p.String()] = true
	}
	u.object(k.Body, normalized(k, body), normalized(k, live), nil)
	return u
}

func (u *unread) object(t *kind.Type, o, live map[string]any, p object.Path) {
	t = t.Resolve(o)
	for _, key := range object.SortedKeys(o) {
		f, at := t.Field(key, o), p.With(key)
		have, has := live[key]
		switch {
		case isDefault(f, o[key]) || u.except[at.String()] || f != nil && f.ReadOnly:
		case f == nil && has: // compared like any other value
		case f == nil || f.WriteOnly:
			if u.found++; f == nil {
				u.unknown++
			}
			u.out = append(append(u.out, at.String()...), '=')
			u.value(f, typeOf(f), o[key], at)
		default:
			u.inside(f.Type, o[key], have, at)
		}
	}
}

// inside looks for unreadable values in a value of a known field.
func (u *unread) inside(t *kind.Type, v, live any, p object.Path) {
	switch v := v.(type) {
	case map[string]any:
		have, _ := live.(map[string]any)
		if t = t.Resolve(v); t == nil || t.Shape != kind.Any {
			u.object(t, v, have, p)
		}
	case []any:
		have, _ := live.([]any)
		elem := elemOf(t.Resolve(v))
		for i, e := range v {
			var at any
			if i < len(have) {
				at = have[i]
			}
			u.inside(elem, e, at, p.With(i))
		}
	}
}

// codeDropped is the code of the warning about fields that Datadog accepted and did not store.
const codeDropped = "dropped_field"

// maxDropped is how many dropped fields of an object are named.
const maxDropped = 5

// warnOfDropped warns about fields of an object that Datadog accepted and did not store. They are not edits: sending
// them again would change nothing.
func (b *builder) warnOfDropped(want *object.Object, dropped []object.Path) {
	if len(dropped) == 0 {
		return
	}
	var names []string
	at := want.Range()
	for i, p := range dropped {
		shown := want.ShownPath(p)
		if found := want.Ranges.At(shown); i == 0 && found.Filename != "" {
			at = found
		}
		names = append(names, shown.String())
	}
	if more := len(names) - maxDropped; more > 0 {
		names = append(names[:maxDropped], fmt.Sprintf("%d more", more))
	}
	d := diag.Warning(codeDropped, "Field not stored by Datadog", fmt.Sprintf(
		"Datadog accepted %s, but does not return it: %s. ddmon does not know the field either, so it probably has no effect. "+
			"Check its name and place, or remove it.", want.Address, strings.Join(names, ", ")), at)
	d.Extra = diag.Extra{Code: codeDropped, Address: want.Address.String()}
	b.diags = append(b.diags, d)
}
