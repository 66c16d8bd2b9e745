package plan

import (
	"slices"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Write returns the body to send for a Create, Update or Replace: After with ids filled in and with the marker. It also
// returns the addresses whose ids are unknown. If there are any, the body must not be sent, and has no fingerprint.
func (c *Change) Write(k *kind.Kind, stack string, id func(object.Address) (string, bool)) (map[string]any, []object.Address) {
	body := withIDs(k, c.After, id)
	missing := dependsOn(body)
	m := object.Marker{Stack: object.StackSlug(stack), Slug: c.Address.Slug(), Protected: c.PreventDestroy}
	if len(missing) == 0 {
		m.Fingerprint = Fingerprint(k, body, c.Ignore, c.Written) + unreadDigest(k, body, c.overwritten(), c.notSent())
	}
	return k.Marker.Write(body, m), missing
}

// overwritten returns the live body that a write changes; nil for a new object.
func (c *Change) overwritten() map[string]any {
	if c.Action != Update {
		return nil
	}
	return c.Before
}

// HasUnknown reports whether a body to write has values that the tables do not know. Only a read after the write shows
// whether Datadog returns them.
func (c *Change) HasUnknown(k *kind.Kind, body map[string]any) bool {
	return newUnread(k, body, nil, c.notSent()).unknown > 0
}

// Settle returns the marker that an object must have after a write: the marker that was sent with a body, corrected by
// what Datadog then has.
func (c *Change) Settle(k *kind.Kind, m object.Marker, body map[string]any, stored *object.Object) object.Marker {
	fingerprint, _ := splitFingerprint(m.Fingerprint)
	m.Fingerprint = fingerprint + unreadDigest(k, body, stored.Body, c.notSent())
	if m.Written == 0 {
		return m
	}
	// A wrong Date header would make the object look like a clone, or hide that a later one is.
	created, err := time.Parse(time.RFC3339Nano, k.CreatedAt(stored.Body))
	if err == nil && created.Sub(time.Unix(m.Written, 0)).Abs() > CloneAge {
		m.Written = created.Unix()
	}
	return m
}

// WrittenAt returns the date for the marker of an object that is written at a time of the server. For a live object that
// is its creation: only Datadog sets it, and every clone is younger, whatever the Date header of the update says.
func WrittenAt(k *kind.Kind, live map[string]any, at time.Time) time.Time {
	if created, err := time.Parse(time.RFC3339Nano, k.CreatedAt(live)); err == nil {
		return created
	}
	return at
}

// notSent returns the paths of the body whose values do not come from the configuration.
func (c *Change) notSent() []object.Path {
	paths := slices.Clone(c.Ignore)
	for _, n := range c.Notes {
		paths = append(paths, n.Path)
	}
	return paths
}

// WriteReplaced returns the update that marks the old object of a Replace. After that, the next run can finish an
// interrupted one: the address is free, and the old object is known.
func (c *Change) WriteReplaced(k *kind.Kind, stack string) map[string]any {
	m := object.Marker{Stack: object.StackSlug(stack), Slug: c.Address.Slug(), Replaced: true}
	marked := k.Marker.Write(c.Before, m)
	if !k.UpdateMerges {
		return marked
	}
	changed := make(map[string]any)
	for key, v := range marked {
		if !object.Equal(v, c.Before[key]) {
			changed[key] = v
		}
	}
	return changed
}
